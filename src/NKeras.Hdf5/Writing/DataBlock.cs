namespace NKeras.Hdf5.Writing;

/// <summary>A dataset's elements.</summary>
internal sealed class DataBlock(DatasetContent dataset) : Block
{
    public override long Size => dataset.Bytes;

    public override void Write(ByteWriter writer) => writer.Dataset(dataset);
}

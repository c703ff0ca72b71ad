namespace NKeras.Hdf5.Writing;

/// <summary>A dataset's header: dimensions, type, the value of what is not written (none), and where its elements are, all in a row.</summary>
internal sealed class DatasetHeader(DatasetContent dataset) : ObjectHeader(dataset.Attributes)
{
    private const int FillSize = 8;
    private const int LayoutSize = 18;

    /// <summary>Its elements; null if it has none.</summary>
    public DataBlock? Data { get; } = dataset.Bytes == 0 ? null : new DataBlock(dataset);

    protected override int OwnMessages => 4;

    protected override long OwnSize => ByteWriter.Padded(dataset.SpaceMessage.Length) + ByteWriter.Padded(dataset.TypeMessage.Length)
        + FillSize + ByteWriter.Padded(LayoutSize);

    protected override void WriteOwnMessages(ByteWriter writer)
    {
        WriteMessagePrefix(writer, type: 0x01, dataset.SpaceMessage.Length);
        writer.PaddedBytes(dataset.SpaceMessage);
        WriteMessagePrefix(writer, type: 0x03, dataset.TypeMessage.Length, isConstant: true);
        writer.PaddedBytes(dataset.TypeMessage);
        WriteMessagePrefix(writer, type: 0x05, FillSize, isConstant: true);
        writer.Bytes([2, 2, 2, 1, 0, 0, 0, 0]); // Version 2: space is taken late, filled if a value was set, and the default is taken, of no bytes.
        WriteMessagePrefix(writer, type: 0x08, LayoutSize);
        writer.Bytes([3, 1]); // Version 3, contiguous.
        writer.U64(Data?.Address ?? Undefined);
        writer.U64(dataset.Bytes);
        writer.Zeros(ByteWriter.Padded(LayoutSize) - LayoutSize);
    }
}

using NKeras.Hdf5;

namespace NKeras.Saving.Files;

/// <summary>A dataset of an HDF5 file.</summary>
internal sealed class Hdf5Array(Hdf5Dataset dataset) : StoredArray
{
    public override string Name => dataset.Path;

    public override IReadOnlyList<long>? Dims => dataset.Shape;

    public override DType? DType => DatasetTensors.TypeOf(dataset);

    protected override string ElementKind => $"{dataset.Type.Class}, {dataset.Type.Size} bytes";

    protected override void Read(Span<byte> destination) => dataset.Read(destination);
}

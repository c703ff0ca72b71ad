using NKeras.Npy;

namespace NKeras.Saving.Files;

/// <summary>An array of an .npz archive.</summary>
internal sealed class NpzArray(NpzFile file, string name, NpyHeader header) : StoredArray
{
    public override string Name => name;

    public override IReadOnlyList<long> Dims { get; } = [.. header.Dims.Select(d => (long)d)];

    public override DType DType => header.DType;

    protected override string ElementKind => DType.Name;

    protected override void Read(Span<byte> destination) => file.Read(name, destination);
}

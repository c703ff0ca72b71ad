namespace NKeras.Engine.Graphs;

/// <summary>A constant's content, where it is small; else the constant itself.</summary>
internal readonly struct ConstantKey(ConcreteTensor constant) : IEquatable<ConstantKey>
{
    private const int MostBytesCompared = 64;

    private readonly ConcreteTensor _constant = constant;

    public bool Equals(ConstantKey other) => _constant == other._constant
        || (_constant.Spec == other._constant.Spec && IsCompared && Bytes.SequenceEqual(other.Bytes));

    public override bool Equals(object? obj) => obj is ConstantKey other && Equals(other);

    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(_constant.Spec);
        if (IsCompared) hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    private bool IsCompared => _constant.DType.Size > 0 && _constant.Spec.ByteLength <= MostBytesCompared;

    private ReadOnlySpan<byte> Bytes => ((HostStorage)_constant.Data).Bytes;
}

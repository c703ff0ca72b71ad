namespace NKeras.Engine;

/// <summary>Where a backend keeps a tensor's elements.</summary>
internal abstract class Storage(long byteLength)
{
    /// <summary>The number of bytes held.</summary>
    public long ByteLength { get; } = byteLength;

    /// <summary>Copies the content to host memory.</summary>
    public abstract void CopyTo(Span<byte> destination);

    /// <summary>Replaces the content by host memory.</summary>
    public abstract void CopyFrom(ReadOnlySpan<byte> source);

    /// <summary>Copies elements to another storage of the same kind.</summary>
    /// <param name="start">The first element.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="targetStart">The first element there.</param>
    /// <param name="count">How many.</param>
    /// <param name="elementSize">The bytes of an element.</param>
    public abstract void CopyElements(int start, Storage target, int targetStart, int count, int elementSize);
}

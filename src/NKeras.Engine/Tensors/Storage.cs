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
}

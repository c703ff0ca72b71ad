namespace NKeras.Engine;

/// <summary>What is known of a tensor without its data.</summary>
internal readonly record struct TensorSpec(Shape Shape, DType DType)
{
    /// <summary>The bytes its data takes.</summary>
    public long ByteLength => (long)Shape.Size * DType.Size;

    public override string ToString() => $"{DType}{Shape}";
}

namespace NKeras.Engine;

/// <summary>What is known of a tensor without its data.</summary>
internal readonly record struct TensorSpec(Shape Shape, DType DType)
{
    /// <summary>The bytes its data takes.</summary>
    /// <exception cref="InvalidOperationException">A dimension is unknown, or the elements have no bytes, as strings: kernels would write past memory that has no size.</exception>
    public long ByteLength => DType.Size > 0
        ? (long)Shape.Size * DType.Size
        : throw new InvalidOperationException($"A tensor of type {DType} and shape {Shape} cannot hold data to compute with. Use a type of numbers.");

    public override string ToString() => $"{DType}{Shape}";
}

using NKeras.Engine;

namespace NKeras.Core;

/// <summary>What is known of a ragged tensor: its parts are the values, where the rows start, and the row of each value.</summary>
/// <param name="Shape"></param>
/// <param name="DType"></param>
/// <param name="Capacity"></param>
/// <param name="MaxLength">The length of the longest row, to which rows are filled up.</param>
/// <inheritdoc cref="CompositeSpec"/>
internal sealed record RaggedSpec(Shape Shape, DType DType, int Capacity, int MaxLength) : CompositeSpec(Shape, DType, Capacity)
{
    public override TensorSpec[] Parts =>
    [
        new TensorSpec(new Shape([Capacity, .. Shape.Dims[2..]]), DType),
        new TensorSpec(new Shape([Shape.Dims[0] == Shape.Unknown ? Shape.Unknown : Shape.Dims[0] + 1]), DType.Int32),
        new TensorSpec(new Shape([Capacity]), DType.Int32),
    ];

    public override CompositeTensor Build(ReadOnlySpan<Tensor> parts) => new RaggedTensor(parts[0], parts[1], parts[2], Shape, MaxLength);
}

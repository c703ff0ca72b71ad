using NKeras.Engine;

namespace NKeras.Core;

/// <summary>What is known of a sparse tensor: its parts are the coordinates along each axis, then the values.</summary>
/// <param name="Shape"></param>
/// <param name="DType"></param>
/// <param name="Capacity"></param>
/// <param name="Coalesced">Whether no place occurs twice.</param>
/// <inheritdoc cref="CompositeSpec"/>
internal sealed record SparseSpec(Shape Shape, DType DType, int Capacity, bool Coalesced) : CompositeSpec(Shape, DType, Capacity)
{
    public override TensorSpec[] Parts =>
    [
        .. Enumerable.Repeat(new TensorSpec(new Shape([Capacity]), DType.Int32), Shape.Rank),
        new TensorSpec(new Shape([Capacity]), DType),
    ];

    public override CompositeTensor Build(ReadOnlySpan<Tensor> parts) => new SparseTensor([.. parts[..^1]], parts[^1], Shape, Coalesced);
}

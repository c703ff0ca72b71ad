using NKeras.Engine;

namespace NKeras.Core;

/// <summary>What is known of a complex tensor: its parts are the real and the imaginary parts.</summary>
/// <param name="Shape"></param>
/// <param name="DType"></param>
/// <inheritdoc cref="CompositeSpec"/>
internal sealed record ComplexSpec(Shape Shape, DType DType) : CompositeSpec(Shape, DType, Shape.Dims is [var rows, ..] ? rows : 1)
{
    public override TensorSpec[] Parts
    {
        get
        {
            TensorSpec part = new(Shape, ComplexTensor.PartOf(DType));
            return [part, part];
        }
    }

    public override CompositeTensor Build(ReadOnlySpan<Tensor> parts) => new ComplexTensor(parts[0], parts[1]);
}

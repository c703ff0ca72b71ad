using NKeras.Engine;
using NKeras.Layers;

namespace NKeras;

/// <summary>The entrance of a model (<c>keras.Input</c>): the symbolic output of a new <see cref="InputLayer"/>.</summary>
public sealed class Input : KerasTensor
{
    /// <summary>Creates an input.</summary>
    /// <param name="shape">The dimensions of one sample, without the batch's; null where unknown.</param>
    /// <param name="batchSize">The number of samples, if it is fixed.</param>
    /// <param name="dtype">The element type; the floating-point default if omitted.</param>
    /// <param name="batchShape">The dimensions with the batch's, in place of <paramref name="shape"/>.</param>
    /// <param name="name">The name; <c>input_layer</c>, <c>input_layer_1</c>, … if omitted.</param>
    /// <exception cref="ArgumentException">Both or neither of the shapes are given, or a batch size with a batch shape.</exception>
    public Input(Shape? shape = null, int? batchSize = null, DType? dtype = null, Shape? batchShape = null, string? name = null)
        : this(new InputLayer(shape, batchSize, dtype, batchShape, name, connect: false))
    {
    }

    private Input(InputLayer layer)
        : base(new TensorSpec(layer.BatchShape, layer.DType), layer.Name) => layer.Connect(this);
}

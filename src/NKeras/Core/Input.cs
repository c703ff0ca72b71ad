using NKeras.Core;
using NKeras.Engine;
using NKeras.Layers;

namespace NKeras;

/// <summary>The entrance of a model (<c>keras.Input</c>): the symbolic output of a new <see cref="InputLayer"/>.</summary>
/// <example><code>
/// var x = new Input(shape: [32]);
/// var y = new Dense(16, activation: "softmax").Apply(x);
/// var model = new Model(x, y);
/// </code></example>
public sealed class Input : KerasTensor
{
    /// <summary>Creates an input.</summary>
    /// <param name="shape">The dimensions of one sample, without the batch's; null where unknown, <c>[]</c> for a number per sample.</param>
    /// <param name="batchSize">The number of samples, if it is fixed.</param>
    /// <param name="dtype">The element type; the floating-point default if omitted.</param>
    /// <param name="sparse">Whether the data will be sparse tensors. Sparse data can be given otherwise, too: it is then made dense.</param>
    /// <param name="ragged">Whether the data will be ragged tensors. Ragged data can be given otherwise, too: it is then filled up with zeros.</param>
    /// <param name="batchShape">The dimensions with the batch's, in place of <paramref name="shape"/>.</param>
    /// <param name="name">The name of the layer and the tensor; <c>input_layer</c>, <c>input_layer_1</c>, … for the layer if omitted.</param>
    /// <param name="tensor">A symbolic tensor that is to become an input, in place of a new one; other arguments must not contradict it.</param>
    /// <param name="optional">Whether null can be given for it.</param>
    /// <exception cref="ArgumentException">Arguments contradict each other, or neither a shape nor a tensor is given.</exception>
    public Input(
        Shape? shape = null,
        int? batchSize = null,
        DType? dtype = null,
        bool? sparse = null,
        bool? ragged = null,
        Shape? batchShape = null,
        string? name = null,
        KerasTensor? tensor = null,
        bool optional = false)
        : this(new InputLayer(shape, batchSize, dtype, sparse, ragged, batchShape, tensor, optional, name))
    {
    }

    // The layer's own tensor has taken the automatic name; this one is the same tensor to the user.
    private Input(InputLayer layer)
        : base(new TensorSpec(layer.BatchShape, layer.DType), layer.Output.Name, layer.Sparse, layer.Ragged)
    {
        Origin = layer.Output;
        KerasMask.Copy(Origin, this);
    }

    internal override KerasTensor Origin { get; }

    internal override KerasHistory? History
    {
        get => Origin.History;
        set => Origin.History = value;
    }
}

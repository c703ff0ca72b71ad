using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>The entrance of a model (<c>keras.layers.InputLayer</c>). Usually made by <see cref="Input"/>.</summary>
public sealed class InputLayer : Layer
{
    /// <summary>Creates an entrance and its symbolic tensor.</summary>
    /// <param name="shape">The dimensions of one sample, without the batch's; null where unknown.</param>
    /// <param name="batchSize">The number of samples, if it is fixed.</param>
    /// <param name="dtype">The element type; the floating-point default if omitted.</param>
    /// <param name="sparse">Whether the data will be sparse tensors.</param>
    /// <param name="ragged">Whether the data will be ragged tensors.</param>
    /// <param name="batchShape">The dimensions with the batch's, in place of <paramref name="shape"/>.</param>
    /// <param name="inputTensor">A symbolic tensor that is to become the entrance, in place of a new one; other arguments must not contradict it.</param>
    /// <param name="optional">Whether null can be given for it.</param>
    /// <param name="name">The name; <c>input_layer</c>, <c>input_layer_1</c>, … if omitted.</param>
    /// <exception cref="ArgumentException">Arguments contradict each other, or neither a shape nor a tensor is given.</exception>
    public InputLayer(
        Shape? shape = null,
        int? batchSize = null,
        DType? dtype = null,
        bool? sparse = null,
        bool? ragged = null,
        Shape? batchShape = null,
        KerasTensor? inputTensor = null,
        bool optional = false,
        string? name = null)
        : base(name)
    {
        if (batchSize < 0) throw Contradiction($"batchSize is {batchSize}; it cannot be negative");
        if (sparse == true && ragged == true) throw Contradiction("the data cannot be sparse and ragged at once; choose one of the two");
        if (inputTensor != null)
        {
            CheckAgainst(inputTensor, shape, batchSize, dtype, sparse, ragged, batchShape);
        }
        else
        {
            if (shape is not null && batchShape is not null) throw Contradiction("takes shape (without the batch) or batchShape (with it), not both");
            if (batchSize != null && batchShape is not null) throw Contradiction("takes batchSize with shape, not with batchShape, which has the batch size in front");
            if (shape is null && batchShape is null) throw Contradiction("takes shape (without the batch) or batchShape (with it); neither was given");
        }

        // Keras: without a name of the user's, tensor and layer are numbered on their own: "keras_tensor" and "input_layer".
        KerasTensor tensor = inputTensor?.Origin ?? new KerasTensor(
            new TensorSpec(batchShape ?? Shape.Create([batchSize, .. shape!]), dtype ?? Config.Floatx()), name, sparse == true, ragged == true);
        (BatchShape, DType, Sparse, Ragged, Optional) = (tensor.Shape, tensor.DType, tensor.Sparse, tensor.Ragged, optional);
        Connect(new CallArguments([]), tensor);
        Built = true;
    }

    /// <summary>The dimensions, the batch's included.</summary>
    public Shape BatchShape { get; }

    /// <summary>The element type.</summary>
    public override DType DType { get; }

    /// <summary>Whether the data will be sparse tensors.</summary>
    public bool Sparse { get; }

    /// <summary>Whether the data will be ragged tensors.</summary>
    public bool Ragged { get; }

    /// <summary>Whether null can be given for it.</summary>
    public bool Optional { get; }

    /// <summary>The symbolic tensor that stands for the model's input.</summary>
    public override KerasTensor Input => Output;

    private protected override bool TakesRagged => true;

    /// <summary>Refuses: an entrance has nothing to compute.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override Tensor Call(Tensor inputs, bool training = false) =>
        throw new InvalidOperationException($"Layer '{Name}' is the entrance of a model: it is not applied to anything. Its tensor is {nameof(Output)}.");

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new()
    {
        ["batch_shape"] = ConfigValue.Of(BatchShape),
        ["dtype"] = DType.Name,
        ["sparse"] = Sparse,
        ["ragged"] = Ragged,
        ["name"] = Name,
        ["optional"] = Optional,
    };

    private void CheckAgainst(KerasTensor tensor, Shape? shape, int? batchSize, DType? dtype, bool? sparse, bool? ragged, Shape? batchShape)
    {
        if (batchSize is { } size && (tensor.Rank < 1 || tensor.Shape[0] != size)) throw Incompatible("batchSize", size);
        if (shape is not null && (tensor.Rank != shape.Rank + 1 || !tensor.Shape.Dims[1..].SequenceEqual(shape.Dims))) throw Incompatible("shape", shape);
        if (batchShape is not null && batchShape != tensor.Shape) throw Incompatible("batchShape", batchShape);
        if (dtype is not null && dtype != tensor.DType) throw Incompatible("dtype", dtype);
        if (sparse is { } isSparse && isSparse != tensor.Sparse) throw Incompatible("sparse", isSparse);
        if (ragged is { } isRagged && isRagged != tensor.Ragged) throw Incompatible("ragged", isRagged);

        ArgumentException Incompatible(string argument, object value) => new($"Input '{Name}' wraps {tensor}, which {argument}: {value} contradicts. Leave {argument} out.", argument);
    }

    private ArgumentException Contradiction(string what) => new($"Input '{Name}': {what}.");
}

using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

/// <summary>A layer in one of its settings, with what is expected of it whatever it computes.</summary>
/// <remarks>The expectations are Keras's, from its documentation, its tests or a run of it; never our own output.</remarks>
internal sealed record LayerCase
{
    /// <summary>What distinguishes the setting from the layer's others; the layer's class is added in front.</summary>
    public string Setting { get; init; } = "plain";

    /// <summary>Makes a fresh layer.</summary>
    public required Func<Layer> Make { get; init; }

    /// <summary>The shape of the input, or the shapes of a list of inputs, with the batch's dimension.</summary>
    public required Shape[] Inputs { get; init; }

    /// <summary>Whether one input is given as a list.</summary>
    public bool IsList { get; init; }

    /// <summary>If not null, inputs are whole numbers from 0 to below this.</summary>
    public int? Below { get; init; }

    /// <summary>If not null, inputs are texts, each one of these.</summary>
    public string[]? Texts { get; init; }

    /// <summary>Further arguments of the call by Keras's names: a shape stands for a tensor, an array of shapes for a list of them, a boolean for itself.</summary>
    public IReadOnlyDictionary<string, object> Arguments { get; init; } = new Dictionary<string, object>();

    /// <summary>The shape of the result, or of each result.</summary>
    public required Shape[] Output { get; init; }

    /// <summary>The result's type, if it is not the one that the layer computes in.</summary>
    public DType? OutputType { get; init; }

    /// <summary>Names (paths below the layer's) and shapes of the trainable weights, in order.</summary>
    public (string Name, Shape Shape)[] Trainable { get; init; } = [];

    /// <summary>Names and shapes of the other weights, in order.</summary>
    public (string Name, Shape Shape)[] Frozen { get; init; } = [];

    /// <summary>The number of random generators whose state the layer holds.</summary>
    public int SeedStates { get; init; }

    /// <summary>The name that the first layer of its class gets.</summary>
    public string? AutoName { get; init; }

    /// <summary>The number of losses that a call adds (penalties of weights and of results).</summary>
    public int Losses { get; init; }

    /// <summary>The shape of the result's mask if the input has one, (batch, second dimension); null if the result has none.</summary>
    public Shape? Mask { get; init; }

    /// <summary>Whether masks of the shape (batch, second dimension) can travel with the inputs.</summary>
    public bool CanBeMasked { get; init; } = true;

    /// <summary>Names of weights that are not trainable, but that a step of training changes.</summary>
    public string[] Updated { get; init; } = [];

    /// <summary>Names of trainable weights on which the loss does not depend, so that a step of training leaves them as they are.</summary>
    public string[] Idle { get; init; } = [];

    /// <summary>Whether the batch's size has to be known, as for layers that keep state from batch to batch.</summary>
    public bool NeedsBatch { get; init; }

    /// <summary>Whether the layer can be a step of a model that is trained.</summary>
    public bool Trains { get; init; } = true;

    /// <summary>Whether it computes in half precision like any other.</summary>
    public bool Mixes { get; init; } = true;

    /// <summary>Whether the dimensions after the batch's may be unknown, too, apart from the last (or, with channels_first, the second).</summary>
    public bool AllowsUnknown { get; init; } = true;

    /// <summary>The data of a call.</summary>
    public CallArguments Data(bool? training = null)
    {
        int seed = 0;
        return Call(s => Numbers(s, seed++), training);
    }

    /// <summary>A call with symbolic tensors.</summary>
    /// <param name="change">Makes dimensions unknown.</param>
    /// <param name="training">Whether in training.</param>
    public CallArguments Symbols(Func<Shape, Shape> change, bool? training = null) =>
        Call(s => new KerasTensor(change(s), InputType), training);

    /// <summary>The inputs of a model, and the call with them.</summary>
    public (List<Input> Inputs, CallArguments Call) ModelInputs()
    {
        List<Input> inputs = [];
        CallArguments call = Call(s =>
        {
            inputs.Add(NeedsBatch ? new Input(batchShape: s, dtype: InputType) : new Input(batchShape: s.With(0, Shape.Unknown), dtype: InputType));
            return inputs[^1];
        }, null);
        return (inputs, call);
    }

    private DType? InputType => Texts != null ? DType.String : Below == null ? null : DType.Int32;

    private CallArguments Call(Func<Shape, Tensor> tensor, bool? training)
    {
        Tensor[] inputs = [.. Inputs.Select(tensor)];
        List<KeyValuePair<string, object?>> named = [.. Arguments.Select(a => KeyValuePair.Create(a.Key, Value(a.Value)))];
        if (training != null) named.Add(new("training", training));
        return new CallArguments([inputs.Length == 1 && !IsList ? (object)inputs[0] : Tensors.Create(inputs)], named);

        object? Value(object given) => given switch
        {
            Shape shape => tensor(shape),
            Shape[] shapes => Tensors.Create([.. shapes.Select(tensor)]),
            _ => given,
        };
    }

    private Tensor Numbers(Shape shape, int seed) => Texts != null ? Tensor.FromStrings(new Random(seed).GetItems(Texts, shape.Size), shape) : Below is { } below
        ? RandomOps.Randint(shape, 0, below, DType.Int32, seed: new SeedGenerator(seed))
        : RandomOps.Normal(shape, seed: new SeedGenerator(seed));
}

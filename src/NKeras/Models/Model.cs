using NKeras.Layers;
using NKeras.Models;

namespace NKeras;

/// <summary>A network of layers that can be trained, evaluated and used for prediction (<c>keras.Model</c>).</summary>
public partial class Model : Layer
{
    private FunctionGraph? _graph;

    /// <summary>Creates a model from its inputs and what is computed from them.</summary>
    /// <param name="inputs">One or several <see cref="Input"/>s (or other symbolic tensors to start from).</param>
    /// <param name="outputs">The results of applying layers to them.</param>
    /// <param name="name">The name; <c>functional</c>, <c>functional_1</c>, … if omitted.</param>
    /// <exception cref="ArgumentException">The outputs do not follow from the inputs, or two layers have one name.</exception>
    public Model(KerasTensors inputs, KerasTensors outputs, string? name = null)
        : base(name ?? Core.Naming.AutoName("Functional"))
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        SetGraph(new FunctionGraph(inputs.Symbolic, outputs.Symbolic));
    }

    private protected Model(string? name)
        : base(name)
    {
    }

    /// <summary>The layers, in the order of computation.</summary>
    public virtual IReadOnlyList<Layer> Layers => [.. Graph.Operations.OfType<Layer>()];

    /// <summary>The symbolic inputs.</summary>
    public IReadOnlyList<KerasTensor> Inputs => Graph.Inputs;

    /// <summary>The symbolic outputs.</summary>
    public IReadOnlyList<KerasTensor> Outputs => Graph.Outputs;

    /// <summary>The shape of the only input, the batch's dimension included.</summary>
    public Shape InputShape => Inputs.Count == 1 ? Inputs[0].Shape : throw new InvalidOperationException($"Model '{Name}' has {Inputs.Count} inputs; see Inputs.");

    /// <summary>The shape of the only output, the batch's dimension included.</summary>
    public Shape OutputShape => Outputs.Count == 1 ? Outputs[0].Shape : throw new InvalidOperationException($"Model '{Name}' has {Outputs.Count} outputs; see Outputs.");

    internal override IReadOnlyList<Layer> SubLayers => _graph == null ? [] : [.. _graph.Operations.OfType<Layer>()];

    // Keras: a model made from inputs and outputs is of the class Functional.
    internal override string ClassName => GetType() == typeof(Model) ? "Functional" : GetType().Name;

    internal FunctionGraph? GraphOrNull => _graph;

    internal FunctionGraph Graph => _graph ?? throw new InvalidOperationException(
        $"Model '{Name}' is not built: its layers do not know the shape of the input. Start it with an Input, or call Build(inputShape), Fit or Predict first.");

    /// <summary>The layer with a name, or at a position.</summary>
    /// <param name="name">The name.</param>
    /// <param name="index">The position in <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentException">There is none, or both or neither of the arguments are given.</exception>
    public Layer GetLayer(string? name = null, int? index = null)
    {
        if (name == null == (index == null)) throw new ArgumentException("GetLayer takes a name or an index: one of the two.");
        IReadOnlyList<Layer> layers = Layers;
        if (index is { } at)
        {
            return at >= 0 && at < layers.Count
                ? layers[at]
                : throw new ArgumentException($"Model '{Name}' has {layers.Count} layers; there is none at index {at}.", nameof(index));
        }

        return layers.FirstOrDefault(l => l.Name == name)
            ?? throw new ArgumentException($"Model '{Name}' has no layer '{name}'. {Suggestion.For(name!, layers.Select(l => l.Name))}", nameof(name));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Call(IReadOnlyList<Tensor> inputs, bool training) => Graph.Run(Standardize(inputs), training);

    /// <summary>Checks data against the inputs and brings it to their types.</summary>
    /// <exception cref="ArgumentException">Number or shapes differ; the message names the input.</exception>
    internal IReadOnlyList<Tensor> Standardize(IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count != Inputs.Count)
            throw new ArgumentException($"Model '{Name}' has {Inputs.Count} inputs ({string.Join(", ", Inputs.Select(i => $"'{i.Name}'"))}); {inputs.Count} were given.");
        Tensor[] result = new Tensor[inputs.Count];
        for (int i = 0; i < result.Length; i++)
        {
            KerasTensor expected = Inputs[i];
            Shape adjusted = AdjustRank(inputs[i].Shape, expected.Shape);
            if (!expected.Shape.IsCompatibleWith(adjusted))
                throw new ArgumentException($"Input '{expected.Name}' of model '{Name}' expects shape {expected.Shape}, but received {inputs[i].Shape}.");
            Tensor fitting = adjusted == inputs[i].Shape ? inputs[i] : Ops.Reshape(inputs[i], adjusted);
            result[i] = Ops.Cast(fitting, expected.DType);
        }

        return result;
    }

    /// <summary>A shape with a last dimension of one added or removed where that makes it fit, as for images without channels.</summary>
    internal static Shape AdjustRank(Shape given, Shape expected)
    {
        if (given.Rank == expected.Rank + 1 && given[-1] == 1) return new Shape(given.Dims[..^1]);
        return given.Rank == expected.Rank - 1 && expected[-1] == 1 ? new Shape([.. given.Dims, 1]) : given;
    }

    private protected void SetGraph(FunctionGraph? graph)
    {
        _graph = graph;
        Built = graph != null;
    }
}

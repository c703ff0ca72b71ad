using NKeras.Core;
using NKeras.Layers;
using NKeras.Models;

namespace NKeras;

/// <summary>A network of layers that can be trained, evaluated and used for prediction (<c>keras.Model</c>).</summary>
/// <remarks>
/// Either made of inputs and what is computed from them, or subclassed: a subclass keeps its layers in fields, lists or
/// dictionaries and overrides <c>Call</c>.
/// </remarks>
/// <example><code>
/// var inputs = new Input(shape: [37]);
/// var x = new Dense(32, activation: "relu").Apply(inputs);
/// var outputs = new Dense(5, activation: "softmax").Apply(x);
/// var model = new Model(inputs: inputs, outputs: outputs);
///
/// class MyModel : Model
/// {
///     private readonly Dense _hidden = new(32, activation: "relu"), _last = new(5, activation: "softmax");
///
///     public override Tensor Call(Tensor inputs, bool training = false) => _last.Apply(_hidden.Apply(inputs));
/// }
/// </code></example>
public partial class Model : Layer
{
    private FunctionGraph? _graph;

    /// <summary>Creates a model from its inputs and what is computed from them.</summary>
    /// <param name="inputs">
    /// One or several <see cref="Input"/>s, as a list, a tuple or by name; or other symbolic tensors to start from, which
    /// makes a model of a part of another one, with the same weights.
    /// </param>
    /// <param name="outputs">The results of applying layers to them, in any of these forms.</param>
    /// <param name="name">The name; <c>functional</c>, <c>functional_1</c>, … if omitted, or after the subclass.</param>
    /// <param name="trainable">Whether optimizers change the weights; as the layers are if omitted.</param>
    /// <exception cref="ArgumentException">The outputs do not follow from the inputs, two layers have one name, or the name of an input is not its key.</exception>
    public Model(KerasTensors inputs, KerasTensors outputs, string? name = null, bool? trainable = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        CheckKeys(inputs);
        SetGraph(new FunctionGraph(inputs, outputs));
        if (trainable is { } given) Trainable = given;
    }

    /// <summary>Sets what all subclassed models have.</summary>
    /// <param name="name">The name; the class name in snake case, numbered, if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    protected Model(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
    }

    /// <summary>The layers: in the order of computation, or of the fields of a subclassed model.</summary>
    public virtual IReadOnlyList<Layer> Layers => _graph == null ? InnerState.Of<Layer>(this) : [.. _graph.Operations.OfType<Layer>()];

    /// <summary>The symbolic inputs.</summary>
    public IReadOnlyList<KerasTensor> Inputs => Graph.Inputs;

    /// <summary>The symbolic outputs.</summary>
    public IReadOnlyList<KerasTensor> Outputs => Graph.Outputs;

    /// <summary>The only symbolic input.</summary>
    public override KerasTensor Input => Only(Inputs, "input", "takes");

    /// <summary>The only symbolic output.</summary>
    public override KerasTensor Output => Only(Outputs, "output", "has");

    /// <summary>The shape of the only input, the batch's dimension included.</summary>
    public Shape InputShape => Inputs.Count == 1 ? Inputs[0].Shape : throw new InvalidOperationException($"Model '{Name}' has {Inputs.Count} inputs; see Inputs.");

    /// <summary>The shape of the only output, the batch's dimension included.</summary>
    public Shape OutputShape => Outputs.Count == 1 ? Outputs[0].Shape : throw new InvalidOperationException($"Model '{Name}' has {Outputs.Count} outputs; see Outputs.");

    // Keras: layers that a functional model keeps in attributes are part of it, besides those of its graph.
    internal override IReadOnlyList<Layer> SubLayers => _graph == null ? Layers : [.. _graph.Operations.OfType<Layer>().Union(InnerState.Of<Layer>(this))];

    // Keras: a model made from inputs and outputs is of the class Functional.
    internal override string ClassName => GetType() == typeof(Model) ? "Functional" : GetType().Name;

    internal override bool TakesMask => _graph != null || base.TakesMask;

    internal FunctionGraph? GraphOrNull => _graph;

    internal FunctionGraph Graph => _graph ?? throw new InvalidOperationException(this is Sequential
        ? $"Model '{Name}' is not built: its layers do not know the shape of the input. Start it with an Input, or call Build(inputShape), Fit or Predict first."
        : $"Model '{Name}' is a subclassed model ({GetType().Name}): it has no symbolic inputs and outputs. Only models made of inputs and outputs have.");

    private protected override bool AutocastsInputs => _graph == null;

    private protected override bool TakesRagged => true;

    private protected override bool TakesNull => _graph != null || base.TakesNull;

    /// <summary>The layer with a name, or at a position.</summary>
    /// <param name="name">The name.</param>
    /// <param name="index">The position in <see cref="Layers"/>; a negative one counts from the end.</param>
    /// <exception cref="ArgumentException">There is none, or both or neither of the arguments are given.</exception>
    public Layer GetLayer(string? name = null, int? index = null)
    {
        if (name != null && index != null) throw new ArgumentException($"Provide only a layer name or a layer index; received index={index}, name='{name}'.");
        IReadOnlyList<Layer> layers = Layers;
        if (index is { } at)
        {
            return at >= -layers.Count && at < layers.Count
                ? layers[at < 0 ? at + layers.Count : at]
                : throw new ArgumentException($"Was asked to retrieve the layer at index {at}, but model '{Name}' has {layers.Count} layers.", nameof(index));
        }

        if (name == null) throw new ArgumentException("Provide either a layer name or a layer index to GetLayer.");
        return layers.FirstOrDefault(l => l.Name == name)
            ?? throw new ArgumentException($"No such layer: '{name}'. Existing layers of model '{Name}' are: {string.Join(", ", layers.Select(l => $"'{l.Name}'"))}. {Suggestion.For(name, layers.Select(l => l.Name))}", nameof(name));
    }

    internal override Tensors CallWith(CallArguments arguments, bool training)
    {
        if (_graph == null) return base.CallWith(arguments, training);
        IReadOnlyList<Tensor> inputs = Standardize(arguments.Inputs);
        if (arguments["mask"] is { } given)
        {
            IReadOnlyList<Tensor> masks = given is Tensors many ? many.Flat : [(Tensor)given];
            foreach ((Tensor input, Tensor mask) in inputs.Zip(masks))
            {
                if (mask is not null) KerasMask.Set(input, mask);
            }
        }

        return _graph.Run(inputs);
    }

    private protected override KerasTensors InferResults(CallArguments arguments)
    {
        InnerNames names = new();
        return _graph == null
            ? base.InferResults(arguments)
            : SymbolicCall.Infer(arguments, a => names.Collect(() => CallInScope(a)), () => names.Results);
    }

    private protected override IReadOnlyList<Shape> InferShapes(CallArguments arguments)
    {
        if (_graph == null) return base.InferShapes(arguments);
        Naming.Skip(KerasTensor.AutomaticName, arguments.Inputs.Count);
        return [.. ((IReadOnlyList<KerasTensor>)InferResults(arguments)).Select(t => t.Shape)];
    }

    internal override void BuildFor(CallArguments arguments)
    {
        if (_graph == null) base.BuildFor(arguments);
    }

    private protected override bool ConvertsInputs(CallArguments arguments) => _graph == null && base.ConvertsInputs(arguments);

    private protected void SetGraph(FunctionGraph? graph)
    {
        _graph = graph;
        Built = graph != null;
    }

    /// <summary>The name of an input given by name is the one under which data for it is given.</summary>
    private static void CheckKeys(KerasTensors inputs)
    {
        foreach (string key in inputs.Names ?? [])
        {
            string name = ((KerasTensor)inputs[key]).Name;
            if (name != key)
                throw new ArgumentException($"The model's inputs give key '{key}' to the tensor named '{name}'. The two must agree: name the input '{key}' (new Input(..., name: \"{key}\")).", nameof(inputs));
        }
    }
}

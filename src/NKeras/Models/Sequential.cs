using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Models;
using NKeras.Saving;

namespace NKeras;

/// <summary>A model that is a chain of layers, each with one input and one result (<c>keras.Sequential</c>).</summary>
/// <example><code>
/// var model = new Sequential();
/// model.Add(new Input(shape: [16]));
/// model.Add(new Dense(8));
/// </code></example>
public class Sequential : Model
{
    private readonly List<Layer> _layers = [];

    /// <summary>Creates a chain.</summary>
    /// <param name="layers">The layers, an <see cref="Input"/> in front if the shape is known. More can be added later.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="name">The name; <c>sequential</c>, <c>sequential_1</c>, … if omitted.</param>
    /// <exception cref="ArgumentException">Two layers have one name, an input is not in front, or a layer does not fit the one before it.</exception>
    public Sequential(IReadOnlyList<Layer>? layers = null, bool trainable = true, string? name = null)
        : base(name, trainable)
    {
        HashSet<string> names = [];
        foreach (Layer layer in layers ?? []) Append(layer, names);
        Change(rebuild: true);
        if (!trainable) Trainable = false;
    }

    /// <summary>The layers; the input's is not among them.</summary>
    // Keras: hides the InputLayer of a Sequential from this list.
    public override IReadOnlyList<Layer> Layers => [.. _layers.Where(l => l is not InputLayer)];

    internal override IReadOnlyList<Layer> SubLayers => _layers;

    internal override bool TakesMask => true;

    /// <summary>Adds a layer at the end.</summary>
    /// <param name="layer">The layer, or an <see cref="Input"/> if there are none yet.</param>
    /// <param name="rebuild">Whether to connect the chain anew at once if it begins with an input; otherwise that is done by <see cref="Build(Shape)"/> or the first call. Of use when many layers are added.</param>
    /// <exception cref="ArgumentException">Another layer of the chain has its name, or an input is added after other layers, or the layer does not fit.</exception>
    public void Add(Layer layer, bool rebuild = true)
    {
        (FunctionGraph? graph, IReadOnlyList<Shape>? shapes) = (GraphOrNull, BuildShapes);
        Append(layer, [.. _layers.Where(l => l != layer).Select(l => l.Name)]);
        try
        {
            Change(rebuild);
        }
        catch
        {
            // A layer that does not fit is none of the chain's.
            _layers.RemoveAt(_layers.Count - 1);
            SetGraph(graph);
            BuildShapes = shapes;
            throw;
        }
    }

    /// <summary>Removes the last layer and returns it; after all layers, the input.</summary>
    /// <param name="rebuild">Whether to connect the chain anew at once; otherwise that is done by <see cref="Build(Shape)"/> or the first call.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Layer Pop(bool rebuild = true)
    {
        if (_layers.Count == 0) throw new InvalidOperationException($"Model '{Name}' has no layer to remove.");
        Layer last = _layers[^1];
        _layers.RemoveAt(_layers.Count - 1);
        Change(rebuild);
        return last;
    }

    /// <summary>Creates the weights of all layers for an input shape.</summary>
    /// <param name="inputShape">The shape, the batch's dimension included.</param>
    /// <exception cref="ArgumentException">The chain begins with an input of another shape.</exception>
    /// <exception cref="InvalidOperationException">There are no layers.</exception>
    public override void Build(Shape inputShape)
    {
        if (_layers.Count == 0) throw new InvalidOperationException($"Model '{Name}' cannot be built because it has no layers. Call Add(layer) first.");
        if (_layers[0] is InputLayer input)
        {
            if (input.BatchShape != inputShape)
                throw new ArgumentException($"Model '{Name}' begins with an Input of shape {input.BatchShape}; it cannot be built for shape {inputShape}.", nameof(inputShape));
            if (GraphOrNull == null) Connect(input);
            return;
        }

        // Keras: the type is the one in which the first layer computes.
        InputLayer added = new(batchShape: inputShape, dtype: _layers[0].ComputeDType);
        _layers.Insert(0, added);
        try
        {
            Connect(added);
        }
        catch
        {
            _layers.RemoveAt(0);
            throw;
        }
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = new()
        {
            ["name"] = Name,
            ["trainable"] = Trainable,
            ["dtype"] = KerasSerializer.Serialize(DTypePolicy),
            ["layers"] = new JsonArray([.. _layers.Select(KerasSerializer.Serialize)]),
        };
        if (GraphOrNull != null) config["build_input_shape"] = ConfigValue.Of(((InputLayer)_layers[0]).BatchShape);
        return config;
    }

    internal override void BuildFor(CallArguments arguments)
    {
        if (arguments.Inputs.Count != 1) throw new ArgumentException($"Model '{Name}' is a chain with one input; {arguments.Inputs.Count} were given.");
        if (GraphOrNull != null) return;
        // Keras: takes the batch size of the data that happens to come first for the model's.
        Shape shape = arguments.Inputs[0].Shape;
        if (_layers is [InputLayer input, ..]) Connect(input);
        else Build(_layers.Count > 0 && shape.Rank > 0 ? shape.With(0, Shape.Unknown) : shape);
    }

    private protected override bool ConvertsInputs(CallArguments arguments) =>
        arguments.Named.Count > 0 || arguments.Positional is not [Tensor only] || only.DType != (_layers[0] is InputLayer input ? input.DType : ComputeDType);

    private void Append(Layer layer, HashSet<string> names)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer is InputLayer && _layers.Count > 0)
            throw new ArgumentException(_layers[0] is InputLayer input
                ? $"Model '{Name}' already begins with an Input of shape {input.BatchShape}; '{layer.Name}' cannot be added to it."
                : $"Model '{Name}' already begins with '{_layers[0].Name}'; an Input can only be its first layer.", nameof(layer));
        if (!names.Add(layer.Name) && !_layers.Contains(layer))
            throw new ArgumentException($"Model '{Name}' already has a layer named '{layer.Name}'. All layers of a Sequential have names of their own: set name: \"...\".", nameof(layer));
        if (layer == this || layer.AllSubLayers.Contains(this))
            throw new ArgumentException($"Model '{Name}' cannot hold '{layer.Name}', which is or holds the model itself.", nameof(layer));
        _layers.Add(layer);
    }

    /// <summary>Connects the chain anew after a change, if the input's shape is known and there is something to connect.</summary>
    private void Change(bool rebuild)
    {
        SetGraph(null);
        BuildShapes = null;
        if (!rebuild) return;
        // Keras: a model in front brings its input's shape along.
        if (_layers is [Model { GraphOrNull: { Inputs: [var only], InputStructure.IsSingle: true } }, _, ..]) _layers.Insert(0, new InputLayer(batchShape: only.Shape, dtype: only.DType));
        if (_layers is [InputLayer input, _, ..]) Connect(input);
    }

    /// <summary>Applies each layer to the result of the one before it, from the input on.</summary>
    private void Connect(InputLayer input)
    {
        object x = input.Output;
        using (CallContext.Enter(this, null))
        {
            foreach (Layer layer in _layers.Skip(1)) x = Unpack(layer.ApplyTo(new CallArguments([x])));
        }

        // Keras: a chain is run by a functional model of its own, which takes the next automatic name.
        Naming.AutoName("Functional");
        SetGraph(new FunctionGraph(input.Output, x is Tensors many ? Symbolic(many) : (Tensor)x));
        BuildShapes = [input.BatchShape];

        static object Unpack(Tensors results) => results.IsSingle ? results[0] : results;
    }
}

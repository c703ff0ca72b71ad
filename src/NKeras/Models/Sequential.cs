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
        HashSet<Layer> known = [];
        HashSet<string> names = [];
        foreach (Layer layer in layers ?? []) Append(layer, known, names);
        Rebuild();
        if (!trainable) Trainable = false;
    }

    /// <summary>The layers; the input's is not among them.</summary>
    // Keras: hides the InputLayer of a Sequential from this list.
    public override IReadOnlyList<Layer> Layers => [.. _layers.Where(l => l is not InputLayer)];

    internal override IReadOnlyList<Layer> SubLayers => _layers;

    internal override bool TakesMask => true;

    /// <summary>Adds a layer at the end.</summary>
    /// <exception cref="ArgumentException">A layer in the chain has its name, or an input is added after other layers, or the layer does not fit.</exception>
    public void Add(Layer layer)
    {
        Append(layer, [.. _layers], [.. _layers.Select(l => l.Name)]);
        try
        {
            Rebuild();
        }
        catch
        {
            // A layer that does not fit is none of the chain's.
            _layers.RemoveAt(_layers.Count - 1);
            throw;
        }
    }

    /// <summary>Removes the last layer and returns it.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Layer Pop()
    {
        if (Layers.Count == 0) throw new InvalidOperationException($"Model '{Name}' has no layer to remove.");
        Layer last = _layers[^1];
        _layers.RemoveAt(_layers.Count - 1);
        Rebuild();
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
            if (GraphOrNull == null) Rebuild();
            return;
        }

        // Keras: the type is the one in which the first layer computes.
        _layers.Insert(0, new InputLayer(batchShape: inputShape, dtype: _layers[0].ComputeDType));
        try
        {
            Rebuild();
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
        // The batch size of the data that happens to come first is not the model's.
        Shape shape = arguments.Inputs[0].Shape;
        Build(_layers.Count > 0 && shape.Rank > 0 ? shape.With(0, Shape.Unknown) : shape);
    }

    private protected override bool ConvertsInputs(CallArguments arguments) =>
        arguments.Named.Count > 0 || arguments.Positional is not [Tensor only] || only.DType != (_layers[0] is InputLayer input ? input.DType : ComputeDType);

    private void Append(Layer layer, HashSet<Layer> known, HashSet<string> names)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer is InputLayer && _layers.Count > 0)
            throw new ArgumentException($"Model '{Name}' already begins with '{_layers[0].Name}'; an Input can only be its first layer.", nameof(layer));
        if (!known.Add(layer))
            throw new ArgumentException($"Model '{Name}' already has layer '{layer.Name}'; a chain passes each layer once. Use new Model(inputs, outputs) to apply a layer several times.", nameof(layer));
        if (!names.Add(layer.Name))
            throw new ArgumentException($"Model '{Name}' already has a layer named '{layer.Name}'. All layers of a Sequential have names of their own: set name: \"...\".", nameof(layer));
        if (layer == this || layer.AllSubLayers.Contains(this))
            throw new ArgumentException($"Model '{Name}' cannot hold '{layer.Name}', which is or holds the model itself.", nameof(layer));
        _layers.Add(layer);
    }

    /// <summary>Connects the chain anew if the input's shape is known and there is something to connect.</summary>
    private void Rebuild()
    {
        SetGraph(null);
        BuildShapes = null;
        // Keras: a model in front brings its input's shape along.
        if (_layers is [Model { GraphOrNull: { Inputs: [var only], InputStructure.IsSingle: true } }, _, ..]) _layers.Insert(0, new InputLayer(batchShape: only.Shape, dtype: only.DType));
        if (_layers is not [InputLayer input, _, ..]) return;

        KerasTensor x = input.Output;
        using (CallContext.Enter(this, null))
        {
            foreach (Layer layer in _layers.Skip(1)) x = layer.Apply(x);
        }

        // Keras: a chain is run by a functional model of its own, which takes the next automatic name.
        Naming.AutoName("Functional");
        SetGraph(new FunctionGraph(input.Output, x));
        BuildShapes = [input.BatchShape];
    }
}

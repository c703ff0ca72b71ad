using NKeras.Engine;
using NKeras.Layers;
using NKeras.Models;

namespace NKeras;

/// <summary>A model that is a chain of layers, each with one input and one result (<c>keras.Sequential</c>).</summary>
public sealed class Sequential : Model
{
    private readonly List<Layer> _layers = [];

    /// <summary>Creates a chain.</summary>
    /// <param name="layers">The layers, an <see cref="Input"/> in front if the shape is known. More can be added later.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="name">The name; <c>sequential</c>, <c>sequential_1</c>, … if omitted.</param>
    public Sequential(IReadOnlyList<Layer>? layers = null, bool trainable = true, string? name = null)
        : base(name)
    {
        foreach (Layer layer in layers ?? []) Append(layer);
        Rebuild();
        if (!trainable) Trainable = false;
    }

    /// <summary>The layers; the input's is not among them.</summary>
    // Keras: hides the InputLayer of a Sequential from this list.
    public override IReadOnlyList<Layer> Layers => [.. _layers.Where(l => l is not InputLayer)];

    internal override IReadOnlyList<Layer> SubLayers => _layers;

    /// <summary>Adds a layer at the end.</summary>
    /// <exception cref="ArgumentException">A layer in the chain has its name, or an input is added after other layers.</exception>
    public void Add(Layer layer)
    {
        Append(layer);
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
    public override void Build(Shape inputShape) => BuildMany([new TensorSpec(inputShape, Config.Floatx())]);

    internal override void BuildMany(IReadOnlyList<TensorSpec> inputs)
    {
        if (inputs.Count != 1) throw new ArgumentException($"Model '{Name}' is a chain with one input; {inputs.Count} were given.");
        if (GraphOrNull != null) return;
        if (_layers.Count == 0) throw new InvalidOperationException($"Model '{Name}' has no layers; add one before it is built.");
        // The batch size of the data that happens to come first is not the model's.
        DType type = inputs[0].DType.IsFloating ? inputs[0].DType : Config.Floatx();
        _layers.Insert(0, new InputLayer(batchShape: inputs[0].Shape.With(0, Shape.Unknown), dtype: type));
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

    private void Append(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer is InputLayer && _layers.Count > 0)
            throw new ArgumentException($"Model '{Name}' already begins with '{_layers[0].Name}'; an Input can only be its first layer.", nameof(layer));
        if (_layers.Any(l => l.Name == layer.Name))
            throw new ArgumentException($"Model '{Name}' already has a layer named '{layer.Name}'. Give each layer a name of its own.", nameof(layer));
        _layers.Add(layer);
    }

    /// <summary>Connects the chain anew if the input's shape is known and there is something to connect.</summary>
    private void Rebuild()
    {
        if (_layers is not [InputLayer input, ..])
        {
            SetGraph(null);
            return;
        }

        KerasTensor x = input.Output;
        foreach (Layer layer in _layers.Skip(1))
        {
            bool own = !layer.Built;
            x = layer.Apply(x);
            // Keras: weights made while a Sequential builds carry its name in their path.
            if (own)
            {
                foreach (Variable variable in layer.Variables) variable.Path = $"{Name}/{variable.Path}";
            }
        }

        // Keras: makes a Functional inside that takes an automatic name, so the next model made without a name is functional_1.
        if (_layers.Count > 1) Core.Naming.AutoName("Functional");
        SetGraph(new FunctionGraph([input.Output], [x]));
    }
}

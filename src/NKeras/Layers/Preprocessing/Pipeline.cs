using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// Applies layers one after the other, as one layer (<c>keras.layers.Pipeline</c>): for preprocessing that is mapped over data, or begins a model.
/// </summary>
/// <remarks>Takes and gives what its layers do: one tensor, or several by name. Each layer is told whether it is in training, and gets the mask of what it takes.</remarks>
/// <example><code>
/// Pipeline augment = new([new RandomFlip("horizontal"), new RandomRotation(0.1), new Rescaling(1.0 / 255)]);
/// Tensor augmented = augment.Apply(images, training: true);
/// </code></example>
public sealed class Pipeline : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layers">The layers, at least one.</param>
    /// <param name="name">The name; <c>pipeline</c>, <c>pipeline_1</c>, … if omitted.</param>
    /// <exception cref="ArgumentException">There is no layer, or one is null.</exception>
    public Pipeline(IReadOnlyList<Layer> layers, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0 || layers.Contains(null!)) throw new ArgumentException($"Layer '{Name}': layers are one or more, and none is null.", nameof(layers));
        Layers = [.. layers];
    }

    /// <summary>The layers, in the order in which they are applied.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <inheritdoc/>
    public override Tensors Call(Tensors inputs, bool training, Tensors? mask)
    {
        foreach (Layer layer in Layers)
        {
            List<KeyValuePair<string, object?>> named = [KeyValuePair.Create("training", (object?)training)];
            if (layer.TakesMask && Given(mask) is { } given) named.Add(KeyValuePair.Create("mask", (object?)given));
            inputs = layer.ApplyTo(new CallArguments([Given(inputs)], named));
            // From here on masks travel with the tensors.
            mask = null;
        }

        return inputs;

        static object? Given(Tensors? tensors) => tensors is { IsSingle: true } ? tensors[0] : tensors;
    }

    /// <inheritdoc/>
    // Keras: neither trainable nor dtype; the layers have their own.
    public override JsonObject GetConfig() => new() { ["layers"] = ConfigValue.Array(Layers), ["name"] = Name };

    private protected override bool AutocastsInputs => false;

    private protected override bool TrainsByDefault => true;

    private protected override bool TakesRagged => true;
}

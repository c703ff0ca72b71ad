namespace NKeras.Layers;

/// <summary>What layers have in common that hold another and do something with it (<c>keras.layers.Wrapper</c>).</summary>
/// <remarks>A subclass overrides <c>Call</c>, and passes the shape that the layer inside gets to <c>Build</c> if it is not its own.</remarks>
/// <example><code>
/// sealed class Twice(Layer layer) : Wrapper(layer)
/// {
///     public override Tensor Call(Tensor inputs, bool training = false) => Layer.Apply(Layer.Apply(inputs));
/// }
/// </code></example>
public class Wrapper : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="layer">The layer to hold.</param>
    /// <param name="name">The name; that of the class in snake case, numbered, if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    public Wrapper(Layer layer, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Layer = layer;
    }

    /// <summary>The layer inside.</summary>
    public Layer Layer { get; }

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        if (!Layer.Built) BuildInner(Layer, inputShape);
        Built = true;
    }
}

namespace NKeras.Layers;

/// <summary>Gives back its input (<c>keras.layers.Identity</c>): a place holder where nothing is to be done. Any shape; the result has the input's.</summary>
/// <example><code>
/// Layer perhaps = useDropout ? new Dropout(0.5) : new Identity();
/// </code></example>
public sealed class Identity : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">The name; <c>identity</c>, <c>identity_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Identity(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        SupportsMasking = true;
        Built = true;
    }

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override Tensors Call(Tensors inputs, bool training) => inputs;
}

namespace NKeras.Layers;

/// <summary>The rectified linear unit as a layer (<c>keras.layers.ReLU</c>). Any shape; the result has the input's.</summary>
/// <example><code>
/// Tensor y = new ReLU(maxValue: 6, negativeSlope: 0.1).Apply(x);
/// </code></example>
public sealed class ReLU : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="maxValue">The greatest result, not negative; none if omitted.</param>
    /// <param name="negativeSlope">The slope below the threshold, not negative.</param>
    /// <param name="threshold">Where the function starts to rise, not negative.</param>
    /// <param name="name">The name; <c>re_lu</c>, <c>re_lu_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public ReLU(double? maxValue = null, double negativeSlope = 0.0, double threshold = 0.0, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        MaxValue = maxValue is { } limit ? LayerArguments.NotNegative(this, limit, nameof(maxValue)) : null;
        NegativeSlope = LayerArguments.NotNegative(this, negativeSlope);
        Threshold = LayerArguments.NotNegative(this, threshold);
        SupportsMasking = true;
        Built = true;
    }

    /// <summary>The greatest result; null for none.</summary>
    public double? MaxValue { get; }

    /// <summary>The slope below the threshold.</summary>
    public double NegativeSlope { get; }

    /// <summary>Where the function starts to rise.</summary>
    public double Threshold { get; }

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Activations.Relu(inputs, NegativeSlope, MaxValue, Threshold);
}

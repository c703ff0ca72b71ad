namespace NKeras.Layers;

/// <summary>
/// Brings the vectors along axes to length 1 (<c>keras.layers.UnitNormalization</c>); vectors of length 0 stay. Any shape; the result has
/// the input's.
/// </summary>
/// <example><code>
/// Tensor directions = new UnitNormalization().Apply(vectors);
/// </code></example>
public sealed class UnitNormalization : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis that vectors lie along, or several; negative ones count from the end. The last if omitted.</param>
    /// <param name="name">The name; <c>unit_normalization</c>, <c>unit_normalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The list of axes is empty.</exception>
    public UnitNormalization(Ints? axis = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Axis = LayerArguments.Axes(this, axis ?? -1);
        InputSpec = new InputSpec(minNdim: Axis.Max(a => a < 0 ? -a : a + 1));
        SupportsMasking = true;
        Built = true;
    }

    /// <summary>The axis that vectors lie along, or several.</summary>
    public Ints Axis { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.Normalize(inputs, Axis, order: 2, epsilon: 1e-12);
}

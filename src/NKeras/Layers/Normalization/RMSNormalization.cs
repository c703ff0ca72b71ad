namespace NKeras.Layers;

/// <summary>
/// Divides the features of each sample by their root mean square, then scales them (<c>keras.layers.RMSNormalization</c>; Zhang and
/// Sennrich, 2019).
/// </summary>
/// <remarks>Any shape; the result has the input's. Weight: scale, in the shape of the axes.</remarks>
/// <example><code>
/// Tensor y = new RMSNormalization().Apply(x);
/// </code></example>
public sealed class RMSNormalization : Layer
{
    private Variable? _scale;

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis of features, or several; negative ones count from the end. The last if omitted.</param>
    /// <param name="epsilon">Added to the mean square, so that zeros are not divided by zero.</param>
    /// <param name="name">The name; <c>rms_normalization</c>, <c>rms_normalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the scale.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">The list of axes is empty.</exception>
    public RMSNormalization(Ints? axis = null, double epsilon = 1e-6, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Axis = LayerArguments.Axes(this, axis ?? -1);
        Epsilon = epsilon;
    }

    /// <summary>The axes of features; a list in order once the layer is built.</summary>
    public Ints Axis { get; private set; }

    /// <summary>Added to the mean square.</summary>
    public double Epsilon { get; }

    /// <summary>The factors.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Scale => _scale ?? throw LayerArguments.NotBuilt(this, "scale");

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        int[] axes = [.. Axis.OrderBy(a => LayerArguments.Axis(this, inputShape, a))];
        _scale = AddWeight("scale", new Shape([.. axes.Select(a => LayerArguments.KnownDimension(this, inputShape, a))]), "ones");
        Axis = axes;
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.RmsNormalization(inputs, Scale, Axis, Epsilon);
}

using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// Brings the features of each sample to mean 0 and standard deviation 1, then scales and shifts them
/// (<c>keras.layers.LayerNormalization</c>; Ba et al., 2016).
/// </summary>
/// <remarks>Any shape; the result has the input's. Weights: gamma and beta, in the shape of the axes.</remarks>
/// <example><code>
/// Tensor y = new LayerNormalization(axis: [1, 2]).Apply(x);
/// </code></example>
public sealed class LayerNormalization : BaseScaledNormalization
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis of features, or several; negative ones count from the end. The last if omitted.</param>
    /// <param name="epsilon">Added to the variance, so that constant features are not divided by zero.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether the result is multiplied by gamma.</param>
    /// <param name="betaInitializer">Makes beta; <c>"zeros"</c> if omitted.</param>
    /// <param name="gammaInitializer">Makes gamma; <c>"ones"</c> if omitted.</param>
    /// <param name="betaRegularizer">A penalty on beta; none if omitted.</param>
    /// <param name="gammaRegularizer">A penalty on gamma; none if omitted.</param>
    /// <param name="betaConstraint">What beta is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="gammaConstraint">What gamma is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="name">The name; <c>layer_normalization</c>, <c>layer_normalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change gamma and beta.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <param name="rmsScaling">Whether the input is divided by its standard deviation only, and neither mean nor beta play a part. For models of older versions.</param>
    public LayerNormalization(
        Ints? axis = null,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null,
        bool rmsScaling = false)
        : base(epsilon, center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint, name, trainable, dtype)
    {
        Axis = axis ?? -1;
        RmsScaling = rmsScaling;
    }

    /// <summary>The axes of features; counted from the start and in order once the layer is built.</summary>
    public Ints Axis { get; private set; }

    /// <summary>Whether the input is divided by its standard deviation only.</summary>
    public bool RmsScaling { get; }

    /// <inheritdoc/>
    private protected override bool AutocastsInputs => false;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        int[] axes = [.. Axis.Select(a => LayerArguments.Axis(this, inputShape, a)).Order()];
        if (axes.Distinct().Count() < axes.Length) throw new ArgumentException($"Layer '{Name}': no axis is named twice; received axis={Axis} for an input of shape {inputShape}.", nameof(inputShape));
        AddGammaAndBeta(new Shape([.. axes.Select(a => LayerArguments.KnownDimension(this, inputShape, a))]), Scale || RmsScaling, Center && !RmsScaling);
        Axis = axes;
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) =>
        Ops.Cast(Ops.LayerNormalization(inputs, Gamma?.Value, Beta?.Value, Axis, Epsilon, RmsScaling), ComputeDType);
}

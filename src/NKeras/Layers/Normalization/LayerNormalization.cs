using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// Brings the features of each sample to mean 0 and standard deviation 1, then scales and shifts them
/// (<c>keras.layers.LayerNormalization</c>; Ba et al., 2016).
/// </summary>
/// <remarks>Any shape; the result has the input's. Weights: gamma and beta, in the shape of the axes.</remarks>
public sealed class LayerNormalization : Layer
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
        : base(name, trainable, dtype)
    {
        Axis = axis ?? -1;
        (Epsilon, Center, Scale, RmsScaling) = (epsilon, center, scale, rmsScaling);
        BetaInitializer = betaInitializer ?? "zeros";
        GammaInitializer = gammaInitializer ?? "ones";
        (BetaRegularizer, GammaRegularizer, BetaConstraint, GammaConstraint) = (betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint);
        SupportsMasking = true;
    }

    /// <summary>The axes of features; counted from the start and in order once the layer is built.</summary>
    public Ints Axis { get; private set; }

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Whether beta is added.</summary>
    public bool Center { get; }

    /// <summary>Whether the result is multiplied by gamma.</summary>
    public bool Scale { get; }

    /// <summary>Whether the input is divided by its standard deviation only.</summary>
    public bool RmsScaling { get; }

    /// <summary>Makes beta.</summary>
    public Initializer BetaInitializer { get; }

    /// <summary>Makes gamma.</summary>
    public Initializer GammaInitializer { get; }

    /// <summary>The penalty on beta; null for none.</summary>
    public Regularizer? BetaRegularizer { get; }

    /// <summary>The penalty on gamma; null for none.</summary>
    public Regularizer? GammaRegularizer { get; }

    /// <summary>What beta is made to fulfil; null for nothing.</summary>
    public Constraint? BetaConstraint { get; }

    /// <summary>What gamma is made to fulfil; null for nothing.</summary>
    public Constraint? GammaConstraint { get; }

    /// <summary>The factors; null without them or before the layer is built.</summary>
    public Variable? Gamma { get; private set; }

    /// <summary>The offsets; null without them or before the layer is built.</summary>
    public Variable? Beta { get; private set; }

    /// <inheritdoc/>
    private protected override bool AutocastsInputs => false;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        int[] axes = [.. Axis.Select(a => a >= -inputShape.Rank && a < inputShape.Rank ? (a + inputShape.Rank) % inputShape.Rank : throw NoSuchAxis(a)).Order()];
        if (axes.Distinct().Count() < axes.Length) throw new ArgumentException($"Layer '{Name}': no axis is named twice; received axis={Axis} for an input of shape {inputShape}.", nameof(inputShape));
        Shape shape = new([.. axes.Select(a => LayerArguments.KnownDimension(this, inputShape, a))]);
        if (Scale || RmsScaling) Gamma = AddWeight("gamma", shape, GammaInitializer, autocast: false, regularizer: GammaRegularizer, constraint: GammaConstraint);
        if (Center && !RmsScaling) Beta = AddWeight("beta", shape, BetaInitializer, autocast: false, regularizer: BetaRegularizer, constraint: BetaConstraint);
        Axis = axes;
        Built = true;

        ArgumentException NoSuchAxis(int axis) => new($"Layer '{Name}': an input of shape {inputShape} has no axis {axis}.", nameof(inputShape));
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        if (!RmsScaling) return Ops.Cast(Ops.LayerNormalization(inputs, Gamma?.Value, Beta?.Value, Axis, Epsilon), ComputeDType);
        Tensor x = inputs.DType.IsFloating && inputs.DType.Size >= 4 ? inputs : Ops.Cast(inputs, DType.Float32);
        Tensor factors = Ops.Reshape(Ops.Cast(Gamma!, x.DType), new Shape([.. Enumerable.Range(0, x.Rank).Select(i => Axis.Contains(i) ? x.Shape.Dims[i] : 1)]));
        return Ops.Cast(Ops.Multiply(Ops.Multiply(x, Ops.Rsqrt(Ops.Add(Ops.Var(x, Axis, keepdims: true), Epsilon))), factors), ComputeDType);
    }
}

using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// Brings each channel to mean 0 and standard deviation 1, then scales and shifts it (<c>keras.layers.BatchNormalization</c>;
/// Ioffe and Szegedy, 2015): by the batch's own statistics in training, by their moving averages otherwise and when frozen.
/// </summary>
/// <remarks>Any shape; the result has the input's. Weights: gamma, beta, moving_mean, moving_variance, each (channels).</remarks>
public sealed class BatchNormalization : Layer
{
    private Variable? _movingMean;
    private Variable? _movingVariance;

    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis of channels; negative ones count from the end.</param>
    /// <param name="momentum">How much of the moving averages a training step keeps.</param>
    /// <param name="epsilon">Added to the variance, so that a constant channel is not divided by zero.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether the result is multiplied by gamma.</param>
    /// <param name="betaInitializer">Makes beta; <c>"zeros"</c> if omitted.</param>
    /// <param name="gammaInitializer">Makes gamma; <c>"ones"</c> if omitted.</param>
    /// <param name="movingMeanInitializer">Makes the first moving mean; <c>"zeros"</c> if omitted.</param>
    /// <param name="movingVarianceInitializer">Makes the first moving variance; <c>"ones"</c> if omitted.</param>
    /// <param name="betaRegularizer">A penalty on beta; none if omitted.</param>
    /// <param name="gammaRegularizer">A penalty on gamma; none if omitted.</param>
    /// <param name="betaConstraint">What beta is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="gammaConstraint">What gamma is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="name">The name; <c>batch_normalization</c>, <c>batch_normalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change gamma and beta, and training the moving averages.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    public BatchNormalization(
        int axis = -1,
        double momentum = 0.99,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Axis = axis;
        Momentum = momentum;
        Epsilon = epsilon;
        Center = center;
        Scale = scale;
        BetaInitializer = betaInitializer ?? "zeros";
        GammaInitializer = gammaInitializer ?? "ones";
        MovingMeanInitializer = movingMeanInitializer ?? "zeros";
        MovingVarianceInitializer = movingVarianceInitializer ?? "ones";
        (BetaRegularizer, GammaRegularizer, BetaConstraint, GammaConstraint) = (betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint);
        InputSpec = new InputSpec(minNdim: axis < 0 ? -axis : axis + 1);
        SupportsMasking = true;
    }

    /// <summary>The axis of channels.</summary>
    public int Axis { get; }

    /// <summary>How much of the moving averages a training step keeps.</summary>
    public double Momentum { get; }

    /// <summary>Added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Whether beta is added.</summary>
    public bool Center { get; }

    /// <summary>Whether the result is multiplied by gamma.</summary>
    public bool Scale { get; }

    /// <summary>Makes beta.</summary>
    public Initializer BetaInitializer { get; }

    /// <summary>Makes gamma.</summary>
    public Initializer GammaInitializer { get; }

    /// <summary>Makes the first moving mean.</summary>
    public Initializer MovingMeanInitializer { get; }

    /// <summary>Makes the first moving variance.</summary>
    public Initializer MovingVarianceInitializer { get; }

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

    /// <summary>The moving averages of the means.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable MovingMean => _movingMean ?? throw LayerArguments.NotBuilt(this, "moving_mean");

    /// <summary>The moving averages of the variances.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable MovingVariance => _movingVariance ?? throw LayerArguments.NotBuilt(this, "moving_variance");

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        int channels = LayerArguments.KnownDimension(this, inputShape, Axis);
        if (Scale) Gamma = AddWeight("gamma", [channels], GammaInitializer, autocast: false, regularizer: GammaRegularizer, constraint: GammaConstraint);
        if (Center) Beta = AddWeight("beta", [channels], BetaInitializer, autocast: false, regularizer: BetaRegularizer, constraint: BetaConstraint);
        _movingMean = AddWeight("moving_mean", [channels], MovingMeanInitializer, trainable: false, autocast: false);
        _movingVariance = AddWeight("moving_variance", [channels], MovingVarianceInitializer, trainable: false, autocast: false);
        InputSpec = new InputSpec(ndim: inputShape.Rank, axes: new Dictionary<int, int> { [Axis] = channels });
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training, Tensor? mask)
    {
        if (mask is not null && mask.Rank != inputs.Rank - 1)
            throw new ArgumentException($"Layer '{Name}' takes a mask of one dimension less than its input; received a mask of shape {mask.Shape} for an input of shape {inputs.Shape}.", nameof(mask));
        // Statistics of half-precision numbers are taken in float32.
        DType type = inputs.DType.IsFloating && inputs.DType.Size >= 4 ? inputs.DType : DType.Float32;
        Tensor x = Ops.Cast(inputs, type);
        Tensor mean = Ops.Cast(MovingMean, type), variance = Ops.Cast(MovingVariance, type);
        if (training && Trainable)
        {
            int channelAxis = x.Shape.Axis(Axis);
            (Tensor batchMean, Tensor batchVariance) = Moments(x, [.. Enumerable.Range(0, x.Rank).Where(i => i != channelAxis)], mask);
            MovingMean.Assign(MovingAverage(mean, batchMean));
            MovingVariance.Assign(MovingAverage(variance, batchVariance));
            (mean, variance) = (batchMean, batchVariance);
        }

        Tensor? beta = Beta == null ? null : Ops.Cast(Beta, type), gamma = Gamma == null ? null : Ops.Cast(Gamma, type);
        return Ops.Cast(Ops.BatchNormalization(x, mean, variance, Axis, beta, gamma, Epsilon), ComputeDType);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        (config["synchronized"], config["renorm"], config["renorm_clipping"], config["renorm_momentum"]) = (false, false, null, 0.99);
        return config;
    }

    /// <summary>The mean and variance of each channel, over what the mask leaves.</summary>
    private static (Tensor Mean, Tensor Variance) Moments(Tensor x, int[] axes, Tensor? mask)
    {
        if (mask is null) return Ops.Moments(x, axes);
        Tensor counts = Ops.ExpandDims(mask, -1);
        Tensor number = Ops.Add(Sum(Ops.OnesLike(x)), Config.Epsilon()), mean = Ops.Divide(Sum(x), number);
        Tensor variance = Ops.Divide(Sum(Ops.Square(Ops.Subtract(x, mean))), number);
        return (Ops.Squeeze(mean, axes), Ops.Squeeze(variance, axes));

        Tensor Sum(Tensor values) => Ops.Sum(Ops.Where(counts, values, 0), axes, keepdims: true);
    }

    private Tensor MovingAverage(Tensor average, Tensor value) => Ops.Add(Ops.Multiply(average, Momentum), Ops.Multiply(value, 1 - Momentum));
}

using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// Brings each channel to mean 0 and standard deviation 1, then scales and shifts it (<c>keras.layers.BatchNormalization</c>;
/// Ioffe and Szegedy, 2015): by the batch's own statistics in training, by their moving averages otherwise and when frozen.
/// </summary>
/// <remarks>
/// Any shape; the result has the input's. Weights: gamma, beta, moving_mean, moving_variance, each (channels); batch renormalization
/// (Ioffe, 2017) adds moving_stddev, renorm_mean and renorm_stddev.
/// </remarks>
/// <example><code>
/// KerasTensor y = new BatchNormalization(momentum: 0.9).Apply(new Conv2D(8, 3).Apply(images));
/// </code></example>
public sealed partial class BatchNormalization : BaseScaledNormalization
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
    /// <param name="renorm">Whether training corrects the batch's statistics towards moving averages, for small batches or such that are no fair samples.</param>
    /// <param name="renormClipping">Bounds of the correction: <c>"rmin"</c> and <c>"rmax"</c> of its factor, <c>"dmax"</c> of its offset. No bounds if omitted.</param>
    /// <param name="renormMomentum">How much of the averages that the correction goes by a training step keeps.</param>
    /// <param name="synchronized">Whether the statistics are those of the batch on all devices. There is one, so it changes nothing.</param>
    /// <param name="name">The name; <c>batch_normalization</c>, <c>batch_normalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change gamma and beta, and training the moving averages.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">The bounds of the correction are unknown or contradict each other.</exception>
    // Keras: refuses synchronized: true on other backends than TensorFlow; here models that were trained there can be loaded.
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
        bool renorm = false,
        IReadOnlyDictionary<string, double>? renormClipping = null,
        double renormMomentum = 0.99,
        bool synchronized = false,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(epsilon, center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint, name, trainable, dtype)
    {
        Axis = axis;
        Momentum = momentum;
        MovingMeanInitializer = movingMeanInitializer ?? "zeros";
        MovingVarianceInitializer = movingVarianceInitializer ?? "ones";
        (Renorm, RenormClipping, RenormMomentum, Synchronized) = (renorm, renorm ? CheckClipping(renormClipping ?? new Dictionary<string, double>()) : renormClipping, renormMomentum, synchronized);
        InputSpec = new InputSpec(minNdim: axis < 0 ? -axis : axis + 1);
    }

    /// <summary>The axis of channels.</summary>
    public int Axis { get; }

    /// <summary>How much of the moving averages a training step keeps.</summary>
    public double Momentum { get; }

    /// <summary>Makes the first moving mean.</summary>
    public Initializer MovingMeanInitializer { get; }

    /// <summary>Makes the first moving variance.</summary>
    public Initializer MovingVarianceInitializer { get; }

    /// <summary>Whether training corrects the batch's statistics towards moving averages.</summary>
    public bool Renorm { get; }

    /// <summary>The bounds of the correction; null for none.</summary>
    public IReadOnlyDictionary<string, double>? RenormClipping { get; }

    /// <summary>How much of the averages that the correction goes by a training step keeps.</summary>
    public double RenormMomentum { get; }

    /// <summary>Whether the statistics are those of the batch on all devices.</summary>
    public bool Synchronized { get; }

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
        AddGammaAndBeta([channels], Scale, Center);
        _movingMean = AddWeight("moving_mean", [channels], MovingMeanInitializer, trainable: false, autocast: false);
        _movingVariance = AddWeight("moving_variance", [channels], MovingVarianceInitializer, trainable: false, autocast: false);
        if (Renorm) AddRenormStatistics(channels);
        InputSpec = new InputSpec(ndim: inputShape.Rank, axes: new Dictionary<int, int> { [Axis] = channels });
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training, Tensor? mask)
    {
        LayerArguments.MaskFits(this, mask, inputs.Shape, inputs.Rank - 1);
        DType type = Spacious(inputs.DType);
        Tensor x = Ops.Cast(inputs, type);
        Tensor? gamma = Gamma == null ? null : Ops.Cast(Gamma, type), beta = Beta == null ? null : Ops.Cast(Beta, type);
        Tensor y = training && Trainable ? Train(x, mask, gamma, beta) : Infer(x, Ops.Cast(MovingMean, type), Ops.Cast(MovingVariance, type), gamma, beta);
        return Ops.Cast(y, ComputeDType);
    }

    /// <summary>Normalized by the batch's statistics, of which the moving averages take note.</summary>
    private Tensor Train(Tensor x, Tensor? mask, Tensor? gamma, Tensor? beta)
    {
        int channelAxis = x.Shape.Axis(Axis);
        (Tensor mean, Tensor variance) = Moments(x, [.. Enumerable.Range(0, x.Rank).Where(i => i != channelAxis)], mask);
        if (Renorm)
        {
            (gamma, beta) = Corrected(mean, variance, gamma, beta);
            UpdateRenormStatistics(mean, variance);
        }
        else
        {
            Average(MovingMean, mean, Momentum);
            Average(MovingVariance, variance, Momentum);
        }

        return Ops.BatchNormalization(x, mean, variance, Axis, beta, gamma, Epsilon);
    }

    /// <summary>Normalized by given statistics: a factor and an offset for each channel, so that elements take one multiplication and one addition.</summary>
    private Tensor Infer(Tensor x, Tensor mean, Tensor variance, Tensor? gamma, Tensor? beta)
    {
        Tensor factor = Ops.Rsqrt(Ops.Add(variance, Epsilon));
        if (gamma is not null) factor = Ops.Multiply(factor, gamma);
        Tensor offset = Ops.Negative(Ops.Multiply(mean, factor));
        if (beta is not null) offset = Ops.Add(offset, beta);
        int channelAxis = x.Shape.Axis(Axis);
        Shape perChannel = new([.. Enumerable.Range(0, x.Rank).Select(i => i == channelAxis ? mean.Shape.Dims[0] : 1)]);
        return Ops.Add(Ops.Multiply(x, Ops.Reshape(factor, perChannel)), Ops.Reshape(offset, perChannel));
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

    /// <summary>Moves an average towards a value.</summary>
    private static void Average(Variable average, Tensor value, double momentum) =>
        average.Assign(Ops.Add(Ops.Multiply(Ops.Cast(average, value.DType), momentum), Ops.Multiply(value, 1 - momentum)));
}

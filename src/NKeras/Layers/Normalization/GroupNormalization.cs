using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// Brings each group of channels of each sample to mean 0 and standard deviation 1, then scales and shifts each channel
/// (<c>keras.layers.GroupNormalization</c>; Wu and He, 2018).
/// </summary>
/// <remarks>Input (batch, …, channels), or with channels along another axis; the result has the input's shape. Weights: gamma and beta, (channels).</remarks>
/// <example><code>
/// KerasTensor y = new GroupNormalization(groups: 4).Apply(new Input([28, 28, 16]));
/// </code></example>
public sealed class GroupNormalization : BaseScaledNormalization
{
    /// <summary>Creates the layer.</summary>
    /// <param name="groups">The number of groups, which divides the number of channels; -1 for as many as there are channels (instance normalization).</param>
    /// <param name="axis">The axis of channels; negative ones count from the end.</param>
    /// <param name="epsilon">Added to the variance, so that a constant group is not divided by zero.</param>
    /// <param name="center">Whether beta is added.</param>
    /// <param name="scale">Whether the result is multiplied by gamma.</param>
    /// <param name="betaInitializer">Makes beta; <c>"zeros"</c> if omitted.</param>
    /// <param name="gammaInitializer">Makes gamma; <c>"ones"</c> if omitted.</param>
    /// <param name="betaRegularizer">A penalty on beta; none if omitted.</param>
    /// <param name="gammaRegularizer">A penalty on gamma; none if omitted.</param>
    /// <param name="betaConstraint">What beta is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="gammaConstraint">What gamma is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="name">The name; <c>group_normalization</c>, <c>group_normalization_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change gamma and beta.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of groups is neither positive nor -1.</exception>
    public GroupNormalization(
        int groups = 32,
        int axis = -1,
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
        DTypePolicy? dtype = null)
        : base(epsilon, center, scale, betaInitializer, gammaInitializer, betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint, name, trainable, dtype)
    {
        Groups = groups == -1 ? groups : LayerArguments.Positive(this, groups);
        Axis = axis;
    }

    /// <summary>The number of groups; once the layer is built that of the channels in place of -1.</summary>
    public int Groups { get; private set; }

    /// <summary>The axis of channels.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    private protected override bool AutocastsInputs => false;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        int axis = LayerArguments.Axis(this, inputShape, Axis);
        if (axis == 0) throw new ArgumentException($"Layer '{Name}': channels are not along the batch's axis; received axis={Axis} for an input of shape {inputShape}.", nameof(inputShape));
        int channels = LayerArguments.KnownDimension(this, inputShape, Axis);
        int groups = Groups == -1 ? channels : Groups;
        if (groups > channels || channels % groups != 0)
            throw new ArgumentException($"Layer '{Name}': the number of groups, {groups}, does not divide the {channels} channels of an input of shape {inputShape}.", nameof(inputShape));
        AddGammaAndBeta([channels], Scale, Center);
        Groups = groups;
        InputSpec = new InputSpec(ndim: inputShape.Rank, axes: new Dictionary<int, int> { [Axis] = channels });
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        int axis = inputs.Shape.Axis(Axis), size = inputs.Shape.Dims[axis] / Groups;
        Tensor x = Ops.Cast(Ops.Reshape(inputs, Grouped(inputs.Shape)), Spacious(inputs.DType));
        (Tensor mean, Tensor variance) = Ops.Moments(x, [.. Enumerable.Range(1, x.Rank - 1).Where(a => a != axis)], keepdims: true);
        Shape perChannel = new([.. Enumerable.Range(0, x.Rank).Select(a => a == axis ? Groups : a == axis + 1 ? size : 1)]);
        Tensor factor = Ops.Rsqrt(Ops.Add(variance, Epsilon));
        if (Gamma != null) factor = Ops.Multiply(factor, PerChannel(Gamma));
        Tensor y = Ops.Multiply(Ops.Subtract(x, mean), factor);
        if (Beta != null) y = Ops.Add(y, PerChannel(Beta));
        return Ops.Cast(Ops.Reshape(y, inputs.Shape), ComputeDType);

        TargetShape Grouped(Shape shape) => TargetShape.Create([.. shape.Take(axis), Groups, size, .. shape.Skip(axis + 1)]);

        Tensor PerChannel(Tensor weights) => Ops.Reshape(Ops.Cast(weights, x.DType), perChannel);
    }
}

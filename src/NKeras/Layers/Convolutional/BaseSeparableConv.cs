using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// What separable convolution layers of one and two spatial axes have in common: a depthwise convolution, whose channels a second
/// kernel mixes at each place.
/// </summary>
/// <remarks>
/// The kernels are (window…, channels, filters per channel) and (1…, channels · filters per channel, filters), the bias (filters).
/// </remarks>
public abstract class BaseSeparableConv : ConvolutionLayer
{
    private readonly WeightArguments _depthwise;
    private readonly WeightArguments _pointwise;
    private Variable? _depthwiseKernel;
    private Variable? _pointwiseKernel;

    private protected BaseSeparableConv(
        int depthMultiplier,
        int filters,
        WindowArguments window,
        ActivationFunction? activation,
        bool useBias,
        WeightArguments depthwise,
        WeightArguments pointwise,
        WeightArguments bias,
        Regularizer? activityRegularizer,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(window, causal: false, activation, useBias, bias, activityRegularizer, name, trainable, dtype)
    {
        DepthMultiplier = LayerArguments.Positive(this, depthMultiplier);
        Filters = LayerArguments.Positive(this, filters);
        (_depthwise, _pointwise) = (depthwise, pointwise);
    }

    /// <summary>The number of filters of each channel.</summary>
    public int DepthMultiplier { get; }

    /// <summary>The number of result channels.</summary>
    public int Filters { get; }

    /// <summary>Makes the first kernel.</summary>
    public Initializer DepthwiseInitializer => _depthwise.Initializer;

    /// <summary>Makes the second kernel.</summary>
    public Initializer PointwiseInitializer => _pointwise.Initializer;

    /// <summary>The penalty on the first kernel; null for none.</summary>
    public Regularizer? DepthwiseRegularizer => _depthwise.Regularizer;

    /// <summary>The penalty on the second kernel; null for none.</summary>
    public Regularizer? PointwiseRegularizer => _pointwise.Regularizer;

    /// <summary>What the first kernel is made to fulfil; null for nothing.</summary>
    public Constraint? DepthwiseConstraint => _depthwise.Constraint;

    /// <summary>What the second kernel is made to fulfil; null for nothing.</summary>
    public Constraint? PointwiseConstraint => _pointwise.Constraint;

    /// <summary>The first kernel, (window…, channels, filters per channel).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable DepthwiseKernel => _depthwiseKernel ?? throw LayerArguments.NotBuilt(this, "depthwise kernel");

    /// <summary>The second kernel, (1…, channels · filters per channel, filters).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable PointwiseKernel => _pointwiseKernel ?? throw LayerArguments.NotBuilt(this, "pointwise kernel");

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Moved("depth_multiplier", before: "filters");

    private protected override int AddKernels(int channels, Shape inputShape)
    {
        _depthwiseKernel = AddWeight("depthwise_kernel", new Shape([.. KernelSize, channels, DepthMultiplier]), _depthwise);
        _pointwiseKernel = AddWeight("pointwise_kernel", new Shape([.. Enumerable.Repeat(1, Rank), checked(channels * DepthMultiplier), Filters]), _pointwise);
        return Filters;
    }

    private protected override Tensor Convolve(Tensor inputs, int[] strides, int[] dilationRate) =>
        Ops.SeparableConv(inputs, DepthwiseKernel, PointwiseKernel, strides, Padding, "channels_last", dilationRate);
}

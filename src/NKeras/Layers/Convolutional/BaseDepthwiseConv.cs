using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// What depthwise convolution layers of one and two spatial axes have in common: each channel has filters of its own, and the result
/// the results of all.
/// </summary>
/// <remarks>The kernel is (window…, channels, filters per channel), the bias (channels · filters per channel).</remarks>
public abstract class BaseDepthwiseConv : ConvolutionLayer
{
    private readonly WeightArguments _depthwise;
    private Variable? _kernel;

    private protected BaseDepthwiseConv(
        int depthMultiplier,
        WindowArguments window,
        ActivationFunction? activation,
        bool useBias,
        WeightArguments depthwise,
        WeightArguments bias,
        Regularizer? activityRegularizer,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(window, causal: false, activation, useBias, bias, activityRegularizer, name, trainable, dtype)
    {
        DepthMultiplier = LayerArguments.Positive(this, depthMultiplier);
        _depthwise = depthwise;
    }

    /// <summary>The number of filters, and result channels, of each channel.</summary>
    public int DepthMultiplier { get; }

    /// <summary>Makes the kernel.</summary>
    public Initializer DepthwiseInitializer => _depthwise.Initializer;

    /// <summary>The penalty on the kernel; null for none.</summary>
    public Regularizer? DepthwiseRegularizer => _depthwise.Regularizer;

    /// <summary>What the kernel is made to fulfil; null for nothing.</summary>
    public Constraint? DepthwiseConstraint => _depthwise.Constraint;

    /// <summary>The kernel, (window…, channels, filters per channel).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Moved("depth_multiplier", before: "kernel_size");

    private protected override int AddKernels(int channels, Shape inputShape)
    {
        _kernel = AddWeight("kernel", new Shape([.. KernelSize, channels, DepthMultiplier]), _depthwise);
        return checked(channels * DepthMultiplier);
    }

    private protected override Tensor Convolve(Tensor inputs, int[] strides, int[] dilationRate) =>
        Ops.DepthwiseConv(inputs, Kernel, strides, Padding, "channels_last", dilationRate);
}

using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>Convolution over images of each channel with filters of its own (<c>keras.layers.DepthwiseConv2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), result (batch, new rows, new columns, channels · depthMultiplier); with
/// <c>"channels_first"</c> the channels are axis 1 of both. The kernel is (window rows, window columns, channels,
/// depthMultiplier).
/// </remarks>
/// <example><code>
/// Tensor x = RandomOps.Normal([4, 10, 10, 12]);
/// Tensor y = new DepthwiseConv2D(3, depthMultiplier: 2).Apply(x); // [4, 8, 8, 24]
/// </code></example>
public sealed class DepthwiseConv2D : BaseDepthwiseConv
{
    /// <summary>Creates the layer.</summary>
    /// <param name="kernelSize">The window's rows and columns: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="strides">The window's steps; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c> (none), or <c>"same"</c> for a result as large as the input (over the strides).</param>
    /// <param name="depthMultiplier">The number of filters, and result channels, of each channel.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">The distance between the window's elements; 1 if omitted.</param>
    /// <param name="activation">Applied to the sums; none if omitted.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="depthwiseRegularizer">A penalty on the kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result; none if omitted.</param>
    /// <param name="depthwiseConstraint">What the kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="name">The name; <c>depthwise_conv2d</c>, <c>depthwise_conv2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A number is not positive, or a word is unknown.</exception>
    public DepthwiseConv2D(
        Ints2 kernelSize,
        Ints2? strides = null,
        string padding = "valid",
        int depthMultiplier = 1,
        string? dataFormat = null,
        Ints2? dilationRate = null,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            depthMultiplier,
            new([.. kernelSize], [.. strides ?? 1], padding, dataFormat, [.. dilationRate ?? 1]),
            activation,
            useBias,
            WeightArguments.Kernel(depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint),
            WeightArguments.Bias(biasInitializer, biasRegularizer, biasConstraint),
            activityRegularizer,
            name,
            trainable,
            dtype)
    {
    }
}

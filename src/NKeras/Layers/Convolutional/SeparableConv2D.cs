using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>Convolution over images of each channel on its own, after which channels are mixed at each place (<c>keras.layers.SeparableConv2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), result (batch, new rows, new columns, filters); with <c>"channels_first"</c> the
/// channels are axis 1 of both. The kernels are (window rows, window columns, channels, depthMultiplier) and (1, 1, channels ·
/// depthMultiplier, filters).
/// </remarks>
/// <example><code>
/// Tensor x = RandomOps.Normal([4, 10, 10, 12]);
/// Tensor y = new SeparableConv2D(32, 3, activation: "relu").Apply(x); // [4, 8, 8, 32]
/// </code></example>
public sealed class SeparableConv2D : BaseSeparableConv
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The number of result channels, greater than zero.</param>
    /// <param name="kernelSize">The window's rows and columns: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="strides">The window's steps; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c> (none), or <c>"same"</c> for a result as large as the input (over the strides).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">The distance between the window's elements; 1 if omitted.</param>
    /// <param name="depthMultiplier">The number of filters of each channel.</param>
    /// <param name="activation">Applied to the sums; none if omitted.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">Makes the first kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="pointwiseInitializer">Makes the second kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="depthwiseRegularizer">A penalty on the first kernel; none if omitted.</param>
    /// <param name="pointwiseRegularizer">A penalty on the second kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result; none if omitted.</param>
    /// <param name="depthwiseConstraint">What the first kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="pointwiseConstraint">What the second kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="name">The name; <c>separable_conv2d</c>, <c>separable_conv2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A number is not positive, or a word is unknown.</exception>
    public SeparableConv2D(
        int filters,
        Ints2 kernelSize,
        Ints2? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Ints2? dilationRate = null,
        int depthMultiplier = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? pointwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            depthMultiplier,
            filters,
            new([.. kernelSize], [.. strides ?? 1], padding, dataFormat, [.. dilationRate ?? 1]),
            activation,
            useBias,
            WeightArguments.Kernel(depthwiseInitializer, depthwiseRegularizer, depthwiseConstraint),
            WeightArguments.Kernel(pointwiseInitializer, pointwiseRegularizer, pointwiseConstraint),
            WeightArguments.Bias(biasInitializer, biasRegularizer, biasConstraint),
            activityRegularizer,
            name,
            trainable,
            dtype)
    {
    }
}

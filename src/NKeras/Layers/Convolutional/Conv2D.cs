using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>Convolution over images (<c>keras.layers.Conv2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), result (batch, new rows, new columns, filters); with <c>"channels_first"</c> the
/// channels are axis 1 of both. The kernel is (window rows, window columns, channels / groups, filters).
/// </remarks>
/// <example><code>
/// Tensor x = RandomOps.Normal([4, 10, 10, 128]);
/// Tensor y = new Conv2D(32, 3, activation: "relu").Apply(x); // [4, 8, 8, 32]
/// </code></example>
public sealed class Conv2D : BaseConv
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The number of result channels, greater than zero.</param>
    /// <param name="kernelSize">The window's rows and columns: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="strides">The window's steps; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c> (none), or <c>"same"</c> for a result as large as the input (over the strides).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">The distance between the window's elements; 1 if omitted. Greater only with strides of 1.</param>
    /// <param name="groups">Into how many groups the channels are split, each convolved on its own. Divides channels and filters.</param>
    /// <param name="activation">Applied to the sums; none if omitted.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result; none if omitted.</param>
    /// <param name="kernelConstraint">What the kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="loraRank">The rank of an update that is trained in the kernel's place (see <see cref="BaseConv.EnableLora"/>); none if omitted.</param>
    /// <param name="loraAlpha">The update is multiplied by this over the rank; the rank if omitted.</param>
    /// <param name="name">The name; <c>conv2d</c>, <c>conv2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A number is not positive, a word is unknown, or two arguments exclude each other.</exception>
    public Conv2D(
        int filters,
        Ints2 kernelSize,
        Ints2? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Ints2? dilationRate = null,
        int groups = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        int? loraRank = null,
        double? loraAlpha = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            filters,
            new([.. kernelSize], [.. strides ?? 1], padding, dataFormat, [.. dilationRate ?? 1]),
            groups,
            activation,
            useBias,
            WeightArguments.Kernel(kernelInitializer, kernelRegularizer, kernelConstraint),
            WeightArguments.Bias(biasInitializer, biasRegularizer, biasConstraint),
            activityRegularizer,
            loraRank,
            loraAlpha,
            name,
            trainable,
            dtype)
    {
    }
}

using NKeras.Core;

namespace NKeras;

public static partial class Ops
{
    /// <summary>(x - mean) / √(variance + epsilon) · scale + offset, per channel (<c>keras.ops.batch_normalization</c>).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="mean">The mean of each channel, a vector.</param>
    /// <param name="variance">The variance of each channel, a vector.</param>
    /// <param name="axis">The axis of channels; negative ones count from the end.</param>
    /// <param name="offset">Added to each channel, a vector; nothing if omitted.</param>
    /// <param name="scale">The factor of each channel, a vector; one if omitted.</param>
    /// <param name="epsilon">Added to the variance, so that a constant channel is not divided by zero.</param>
    public static Tensor BatchNormalization(Tensor x, Tensor mean, Tensor variance, int axis, Tensor? offset = null, Tensor? scale = null, double epsilon = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        return OpDispatch.CallWith("BatchNorm", new CallArguments([x, mean, variance, offset, scale]), c =>
        {
            Tensor?[] t = [.. c.Positional.Cast<Tensor?>()];
            return Normalized(t[0]!, t[1]!, t[2]!, t[3], t[4], axis, epsilon);
        }, ("axis", axis), ("epsilon", epsilon));
    }

    private static Tensor Normalized(Tensor x, Tensor mean, Tensor variance, Tensor? offset, Tensor? scale, int axis, double epsilon)
    {
        int[] dims = [.. Enumerable.Repeat(1, x.Rank)];
        dims[x.Shape.Axis(axis)] = mean.Shape.Dims[0];
        Tensor factor = Rsqrt(Add(variance, epsilon));
        if (scale != null) factor = Multiply(factor, scale);
        Tensor y = Multiply(Subtract(x, PerChannel(mean)), PerChannel(factor));
        return offset == null ? y : Add(y, PerChannel(offset));

        Tensor PerChannel(Tensor v) => Reshape(v, new Shape(dims));
    }
}

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
        Tensor[] given = [x, mean, variance, .. offset == null ? Array.Empty<Tensor>() : [offset], .. scale == null ? Array.Empty<Tensor>() : [scale]];
        return OpDispatch.Call("BatchNorm", given, t =>
        {
            int[] dims = [.. Enumerable.Repeat(1, t[0].Rank)];
            dims[t[0].Shape.Axis(axis)] = t[1].Shape.Dims[0];
            Tensor PerChannel(Tensor v) => Reshape(v, new Shape(dims));
            Tensor factor = Rsqrt(Add(t[2], epsilon));
            if (scale != null) factor = Multiply(factor, t[^1]);
            Tensor y = Multiply(Subtract(t[0], PerChannel(t[1])), PerChannel(factor));
            return offset == null ? y : Add(y, PerChannel(t[3]));
        });
    }
}

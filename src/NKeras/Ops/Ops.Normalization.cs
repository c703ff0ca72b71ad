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

    /// <summary>
    /// (x - mean) / √(variance + epsilon) · gamma + beta, with mean and variance along axes, in float32 at least
    /// (<c>keras.ops.layer_normalization</c>).
    /// </summary>
    /// <param name="x">The tensor.</param>
    /// <param name="gamma">The factors, in the shape of the axes; one if omitted.</param>
    /// <param name="beta">Added, in the shape of the axes; nothing if omitted.</param>
    /// <param name="axis">The axes; the last if omitted. Negative ones count from the end.</param>
    /// <param name="epsilon">Added to the variance; <see cref="Config.Epsilon"/> if omitted.</param>
    public static Tensor LayerNormalization(Tensor x, Tensor? gamma = null, Tensor? beta = null, Ints? axis = null, double? epsilon = null)
    {
        axis ??= -1;
        Tensor[] given = [x, .. gamma is null ? System.Array.Empty<Tensor>() : [gamma], .. beta is null ? System.Array.Empty<Tensor>() : [beta]];
        return OpDispatch.Call(
            "LayerNorm",
            given,
            t =>
            {
                int[] axes = Axes(t[0], axis);
                DType type = t[0].DType.IsFloating && t[0].DType.Size >= 4 ? t[0].DType : DType.Float32;
                Tensor values = Cast(t[0], type);
                (Tensor mean, Tensor variance) = Moments(values, axes, keepdims: true);
                Tensor factor = Rsqrt(Add(variance, epsilon ?? Config.Epsilon()));
                if (gamma is not null) factor = Multiply(factor, AlongAxes(t[1]));
                Tensor y = Multiply(Subtract(values, mean), factor);
                return Cast(beta is null ? y : Add(y, AlongAxes(t[^1])), t[0].DType);

                Tensor AlongAxes(Tensor weights) =>
                    Reshape(Cast(weights, type), new Shape([.. Enumerable.Range(0, t[0].Rank).Select(i => axes.Contains(i) ? t[0].Shape.Dims[i] : 1)]));
            },
            ("axis", axis),
            ("epsilon", epsilon));
    }
}

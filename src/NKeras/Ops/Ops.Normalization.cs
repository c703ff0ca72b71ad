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
    /// <exception cref="ArgumentException">A vector has not one element per channel.</exception>
    public static Tensor BatchNormalization(Tensor x, Tensor mean, Tensor variance, int axis, Tensor? offset = null, Tensor? scale = null, double epsilon = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        return OpDispatch.CallWith("BatchNorm", new CallArguments([x, mean, variance, offset, scale]), c =>
        {
            Tensor?[] t = [.. c.Positional.Cast<Tensor?>()];
            int channels = t[0]!.Shape.Dims[t[0]!.Shape.Axis(axis)];
            CheckPerChannel("mean", t[1], t[0]!, channels);
            CheckPerChannel("variance", t[2], t[0]!, channels);
            CheckPerChannel("offset", t[3], t[0]!, channels);
            CheckPerChannel("scale", t[4], t[0]!, channels);
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
    /// <param name="rmsScaling">Keras's older form: x / √(variance + epsilon) · gamma, without subtracting the mean.</param>
    /// <exception cref="ArgumentException">The weights do not fit the axes.</exception>
    public static Tensor LayerNormalization(Tensor x, Tensor? gamma = null, Tensor? beta = null, Ints? axis = null, double? epsilon = null, bool rmsScaling = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis ??= -1;
        return OpDispatch.CallWith("LayerNorm", new CallArguments([x, gamma, beta]), c =>
        {
            Tensor given = (Tensor)c.Positional[0]!;
            int[] axes = Axes(given, axis);
            Tensor values = Promotion.ToSpacious(given);
            (Tensor mean, Tensor variance) = Moments(values, axes, keepdims: true);
            Tensor factor = Rsqrt(Add(variance, epsilon ?? Config.Epsilon()));
            if (c.Positional[1] is Tensor scale) factor = Multiply(factor, OverAxes("LayerNormalization", scale, values, axes));
            Tensor y = Multiply(rmsScaling ? values : Subtract(values, mean), factor);
            return Cast(!rmsScaling && c.Positional[2] is Tensor offset ? Add(y, OverAxes("LayerNormalization", offset, values, axes)) : y, given.DType);
        }, ("axis", axis), ("epsilon", epsilon), ("rms_scaling", rmsScaling));
    }

    /// <summary>x / √(mean(x²) + epsilon) · scale, with the mean along axes, in float32 at least (<c>keras.ops.rms_normalization</c>).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="scale">The factors: broadcast to x, or in the shape of the axes; one if omitted.</param>
    /// <param name="axis">The axes; the last if omitted. Negative ones count from the end.</param>
    /// <param name="epsilon">Added to the mean square; <see cref="Config.Epsilon"/> if omitted.</param>
    /// <exception cref="ArgumentException">The factors do not fit.</exception>
    public static Tensor RmsNormalization(Tensor x, Tensor? scale = null, Ints? axis = null, double? epsilon = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        axis ??= -1;
        return OpDispatch.CallWith("RMSNorm", new CallArguments([x], [KeyValuePair.Create("scale", (object?)scale)]), c =>
        {
            Tensor given = (Tensor)c.Positional[0]!;
            Tensor values = Promotion.ToSpacious(given);
            if (values.Rank == 0) values = ExpandDims(values, 0);
            int[] axes = Axes(values, axis);
            Tensor y = Multiply(values, Rsqrt(Add(MeanOf(Square(values), axes, keepdims: true), epsilon ?? Config.Epsilon())));
            if (c["scale"] is Tensor factors) y = Multiply(y, OverAxes("RmsNormalization", factors, values, axes));
            return Cast(y, given.DType);
        }, ("axis", axis), ("epsilon", epsilon));
    }

    /// <summary>Weights of the axes, along them: what has fewer axes than x has those that are normalized, or the last of x.</summary>
    private static Tensor OverAxes(string name, Tensor weights, Tensor x, int[] axes)
    {
        weights = Cast(weights, x.DType);
        bool own = weights.Rank == axes.Length && weights.Rank < x.Rank && axes.Zip(weights.Shape).All(a => a.Second == null || a.Second == x.Shape[a.First] || x.Shape[a.First] == null);
        Tensor along = own ? Reshape(weights, new Shape([.. Enumerable.Range(0, x.Rank).Select(i => System.Array.IndexOf(axes, i) is >= 0 and int k ? weights.Shape.Dims[k] : 1)])) : weights;
        for (int i = 1; i <= along.Rank; i++)
        {
            if (i > x.Rank || (along.Shape[-i] is { } d && d != 1 && x.Shape[-i] is { } full && d != full))
                throw new ArgumentException($"{name}: weights of shape {weights.Shape} do not fit axes ({string.Join(", ", axes)}) of shape {x.Shape}.");
        }

        return along;
    }

    private static void CheckPerChannel(string what, Tensor? vector, Tensor x, int channels)
    {
        if (vector is not null && !new Shape([channels]).IsCompatibleWith(vector.Shape))
            throw new ArgumentException($"BatchNormalization: {what} is a vector with an element for each of {(channels == Shape.Unknown ? "the" : channels)} channels of shape {x.Shape}; received shape {vector.Shape}.");
    }
}

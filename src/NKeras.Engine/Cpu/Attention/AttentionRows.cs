using System.Runtime.Intrinsics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>What is done to the rows of a tile of logits.</summary>
/// <typeparam name="TOps">The operations of a vector width.</typeparam>
/// <typeparam name="V">The vector type.</typeparam>
internal static unsafe class AttentionRows<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    private const float Masked = (float)DotAttention.Masked;

    /// <summary>Makes logits of the products of one query with some keys. Behind them, up to a whole vector, is what has no weight.</summary>
    /// <param name="g">What is computed.</param>
    /// <param name="x">The products; replaced.</param>
    /// <param name="count">Their number.</param>
    /// <param name="valid">How many of them come before the first key that does not count because it is after the query.</param>
    /// <param name="bias">The bias of the first, or null.</param>
    /// <param name="mask">The mask of the first, or null.</param>
    public static void Logits(AttentionGeometry g, float* x, int count, int valid, float* bias, byte* mask)
    {
        V scale = TOps.Splat(g.Scale);
        for (int i = 0; i < count; i += TOps.Width) TOps.Store(x + i, TOps.Multiply(TOps.Load(x + i), scale));
        if (bias != null) AddBias(x, count, bias, g.BiasSteps[3]);
        if (mask != null) AddMask(x, count, mask, g.MaskSteps[3]);
        if (valid < count) Fill(x, Math.Max(valid, 0), count, Masked);
        if (count % TOps.Width != 0) Fill(x, count, count + 1, float.NegativeInfinity);
    }

    /// <summary>Replaces numbers from one place on, to another or the end of the vector there. By vectors: reading whole ones after single writes would wait.</summary>
    public static void Fill(float* x, int start, int end, float value)
    {
        V values = TOps.Splat(value);
        int i = start - (start % TOps.Width);
        if (start > i) TOps.Store(x + i, TOps.Select(TOps.Mask(start - i), TOps.Load(x + i), values));
        for (i = start > i ? i + TOps.Width : i; i < end; i += TOps.Width) TOps.Store(x + i, values);
    }

    /// <summary>The greatest of some numbers, and of one more.</summary>
    public static float Max(float* x, int count, float other)
    {
        V greatest = TOps.Splat(other);
        for (int i = 0; i < count; i += TOps.Width) greatest = TOps.Maximum(greatest, TOps.Load(x + i));
        float* lanes = stackalloc float[16];
        TOps.Store(lanes, greatest);
        for (int i = 0; i < TOps.Width; i++) other = Math.Max(other, lanes[i]);
        return other;
    }

    /// <summary>Replaces logits by exp(logit - max), and adds those up.</summary>
    public static float Exponentials(float* x, int count, float max)
    {
        V maxima = TOps.Splat(max), sum = TOps.Splat(0);
        for (int i = 0; i < count; i += TOps.Width)
        {
            V e = VectorMath.Exp.Invoke<TOps, V>(TOps.Subtract(TOps.Load(x + i), maxima));
            TOps.Store(x + i, e);
            sum = TOps.Add(sum, e);
        }

        return Sum(sum);
    }

    /// <summary>Replaces logits by their weights, and the weights' slopes by the logits', times the scale.</summary>
    /// <param name="g">What is computed.</param>
    /// <param name="x">The logits.</param>
    /// <param name="dx">The slopes: products of the cotangent with the values.</param>
    /// <param name="count">Their number.</param>
    /// <param name="max">The greatest logit of the row.</param>
    /// <param name="factor">One over the sum of its exponentials.</param>
    /// <param name="mean">The mean of the slopes.</param>
    /// <param name="logits">Where the slopes of the logits go, or null.</param>
    public static void Slopes(AttentionGeometry g, float* x, float* dx, int count, float max, float factor, float mean, float* logits)
    {
        V maxima = TOps.Splat(max), factors = TOps.Splat(factor), means = TOps.Splat(mean), scale = TOps.Splat(g.Scale);
        for (int i = 0; i < count; i += TOps.Width)
        {
            V weight = TOps.Multiply(VectorMath.Exp.Invoke<TOps, V>(TOps.Subtract(TOps.Load(x + i), maxima)), factors);
            V slope = TOps.Multiply(weight, TOps.Subtract(TOps.Load(dx + i), means));
            TOps.Store(x + i, weight);
            if (logits != null)
            {
                if (i + TOps.Width <= count) TOps.Store(logits + i, slope);
                else TOps.Store(logits + i, slope, TOps.Mask(count - i));
            }

            TOps.Store(dx + i, TOps.Multiply(slope, scale));
        }
    }

    /// <summary>Multiplies numbers in a row by a factor.</summary>
    public static void Multiply(float* x, int count, float factor)
    {
        V factors = TOps.Splat(factor);
        int i = 0;
        for (; i <= count - TOps.Width; i += TOps.Width) TOps.Store(x + i, TOps.Multiply(TOps.Load(x + i), factors));
        for (; i < count; i++) x[i] *= factor;
    }

    /// <summary>The sum of products of two vectors.</summary>
    public static float Dot(float* a, float* b, int count)
    {
        V sum = TOps.Splat(0);
        int i = 0;
        for (; i <= count - TOps.Width; i += TOps.Width) sum = TOps.MultiplyAdd(TOps.Load(a + i), TOps.Load(b + i), sum);
        float rest = 0;
        for (; i < count; i++) rest += a[i] * b[i];
        return Sum(sum) + rest;
    }

    private static void AddBias(float* x, int count, float* bias, int step)
    {
        int i = 0;
        if (step != 0)
        {
            for (; i <= count - TOps.Width; i += TOps.Width) TOps.Store(x + i, TOps.Add(TOps.Load(x + i), TOps.Load(bias + i)));
        }

        for (; i < count; i++) x[i] += bias[i * step];
    }

    private static void AddMask(float* x, int count, byte* mask, int step)
    {
        int i = 0;
        V masked = TOps.Splat(Masked);
        if (step != 0)
        {
            for (; i <= count - TOps.Width; i += TOps.Width)
            {
                V logits = TOps.Load(x + i);
                TOps.Store(x + i, TOps.Select(TOps.LoadBool(mask + i), logits, TOps.Add(logits, masked)));
            }
        }

        for (; i < count; i++)
        {
            if (mask[i * step] == 0) x[i] += Masked;
        }
    }

    private static float Sum(V value)
    {
        float* lanes = stackalloc float[16];
        TOps.Store(lanes, value);
        Vector128<float> sum = Vector128.Load(lanes);
        for (int i = 4; i < TOps.Width; i += 4) sum += Vector128.Load(lanes + i);
        return sum[0] + sum[1] + (sum[2] + sum[3]);
    }
}

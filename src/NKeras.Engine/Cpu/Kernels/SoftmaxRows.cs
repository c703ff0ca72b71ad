using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Soft-max of one row of floats, in three passes over it: the maximum, the exponentials and their sum, the scaling.</summary>
internal static unsafe class SoftmaxRows
{
    /// <summary>Elements whose exponentials are added up as floats before they go into a double.</summary>
    private const int Block = 512;

    /// <summary>Writes the probabilities.</summary>
    /// <returns>The maximum of the row and the sum of the exponentials of what is left when it is subtracted.</returns>
    public static (float Max, double Sum) Probabilities<TOps, V>(float* x, float* y, int columns)
        where TOps : ISimdOps<V>
        where V : struct
    {
        (float max, double sum) = Sum<TOps, V>(x, y, columns);
        float scale = (float)(1 / sum);
        V scales = TOps.Splat(scale);
        int i = 0;
        for (; i <= columns - TOps.Width; i += TOps.Width) TOps.Store(y + i, TOps.Multiply(TOps.Load(y + i), scales));
        for (; i < columns; i++) y[i] *= scale;
        return (max, sum);
    }

    /// <summary>Writes the logarithms of the probabilities.</summary>
    public static void Logarithms<TOps, V>(float* x, float* y, int columns)
        where TOps : ISimdOps<V>
        where V : struct
    {
        (float max, double sum) = Sum<TOps, V>(x, y, columns);
        float log = (float)Math.Log(sum);
        V maxima = TOps.Splat(max), logs = TOps.Splat(log);
        int i = 0;
        for (; i <= columns - TOps.Width; i += TOps.Width)
            TOps.Store(y + i, TOps.Subtract(TOps.Subtract(TOps.Load(x + i), maxima), logs));
        for (; i < columns; i++) y[i] = x[i] - max - log;
    }

    /// <summary>Writes exp(x - max), and adds that up.</summary>
    private static (float Max, double Sum) Sum<TOps, V>(float* x, float* y, int columns)
        where TOps : ISimdOps<V>
        where V : struct
    {
        // The last lanes are filled up with what neither the maximum nor the sum notices.
        float* last = stackalloc float[16];
        int whole = columns - (columns % TOps.Width);
        TOps.Store(last, TOps.Splat(float.NegativeInfinity));
        for (int i = whole; i < columns; i++) last[i - whole] = x[i];
        V tail = TOps.Load(last);

        V greatest = tail;
        for (int i = 0; i < whole; i += TOps.Width) greatest = TOps.Maximum(greatest, TOps.Load(x + i));
        float max = Max<TOps, V>(greatest);

        V maxima = TOps.Splat(max);
        double sum = 0;
        for (int start = 0; start < whole; start += Block)
        {
            V partial = TOps.Splat(0);
            int end = Math.Min(whole, start + Block);
            for (int i = start; i < end; i += TOps.Width)
            {
                V e = VectorMath.Exp.Invoke<TOps, V>(TOps.Subtract(TOps.Load(x + i), maxima));
                TOps.Store(y + i, e);
                partial = TOps.Add(partial, e);
            }

            sum += Sum<TOps, V>(partial);
        }

        if (whole < columns)
        {
            V e = VectorMath.Exp.Invoke<TOps, V>(TOps.Subtract(tail, maxima));
            TOps.Store(last, e);
            for (int i = whole; i < columns; i++) y[i] = last[i - whole];
            sum += Sum<TOps, V>(e);
        }

        return (max, sum);
    }

    private static float Max<TOps, V>(V value)
        where TOps : ISimdOps<V>
        where V : struct
    {
        float* lanes = stackalloc float[16];
        TOps.Store(lanes, value);
        Vector128<float> max = Vector128.Load(lanes);
        for (int i = 4; i < TOps.Width; i += 4) max = Vector128.Max(max, Vector128.Load(lanes + i));
        return Math.Max(Math.Max(max[0], max[1]), Math.Max(max[2], max[3]));
    }

    private static double Sum<TOps, V>(V value)
        where TOps : ISimdOps<V>
        where V : struct
    {
        float* lanes = stackalloc float[16];
        TOps.Store(lanes, value);
        Vector128<float> sum = Vector128.Load(lanes);
        for (int i = 4; i < TOps.Width; i += 4) sum += Vector128.Load(lanes + i);
        return ((double)sum[0] + sum[1]) + ((double)sum[2] + sum[3]);
    }
}

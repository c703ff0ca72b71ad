using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Vector versions of the error function and its complement.</summary>
internal static partial class VectorMath
{
    /// <summary>erf(x) for |x| below 0.93: x plus a small multiple of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfSmall<TOps, V>(V x)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V square = TOps.Multiply(x, x);
        V p = TOps.MultiplyAdd(TOps.Splat(8.34520397e-05f), square, TOps.Splat(-0.000813743158f));
        p = TOps.MultiplyAdd(p, square, TOps.Splat(0.00520063378f));
        p = TOps.MultiplyAdd(p, square, TOps.Splat(-0.0268592704f));
        p = TOps.MultiplyAdd(p, square, TOps.Splat(0.112836942f));
        p = TOps.MultiplyAdd(p, square, TOps.Splat(-0.376126349f));
        p = TOps.MultiplyAdd(p, square, TOps.Splat(0.128379166f));
        return TOps.MultiplyAdd(p, x, x);
    }

    internal readonly struct Erf : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            // Away from zero, 1 - 2^t with a polynomial t. From 4 on the result rounds to 1.
            V magnitude = TOps.Abs(x);
            V a = TOps.MinNative(TOps.Splat(4), magnitude);
            V t = TOps.MultiplyAdd(TOps.Splat(0.000281240209f), a, TOps.Splat(-0.00437661679f));
            t = TOps.MultiplyAdd(t, a, TOps.Splat(0.0320128016f));
            t = TOps.MultiplyAdd(t, a, TOps.Splat(-0.149832547f));
            t = TOps.MultiplyAdd(t, a, TOps.Splat(-0.919380724f));
            t = TOps.MultiplyAdd(t, a, TOps.Splat(-1.62682211f));
            t = TOps.MultiplyAdd(t, a, TOps.Splat(-0.000298719824f));
            V large = TOps.Subtract(TOps.Splat(1), Exp2Coarse<TOps, V>(t));
            large = TOps.Or(large, TOps.And(x, TOps.Splat(-0f)));
            return TOps.Select(TOps.Less(magnitude, TOps.Splat(0.925f)), ErfSmall<TOps, V>(x), large);
        }
    }

    internal readonly struct Erfc : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            // exp(-x^2) * r((x - 2) / (x + 2)) right of 0.5. What rounding took from x^2 is given back to first order.
            V a = TOps.MaxNative(TOps.Splat(0.5f), TOps.MinNative(TOps.Splat(10.1f), x));
            V two = TOps.Splat(2);
            V t = TOps.Divide(TOps.Subtract(a, two), TOps.Add(a, two));
            V p = TOps.MultiplyAdd(TOps.Splat(0.000145114042f), t, TOps.Splat(6.40923681e-05f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(-0.000970651396f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(-0.00085380167f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(0.00699561555f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(0.00373382773f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(-0.0789784715f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(0.241658151f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(-0.427185863f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(0.255395681f));
            V square = TOps.Multiply(a, a);
            V lost = TOps.FusedMultiplyAdd(a, a, TOps.Negate(square));
            p = TOps.MultiplyAdd(p, TOps.Negate(lost), p);
            V right = TOps.Multiply(p, ExpInRange<TOps, V>(TOps.Negate(square)));

            // Left of 0.5 the error function is at most a half and leaves enough digits.
            V left = TOps.Subtract(TOps.Splat(1), Erf.Invoke<TOps, V>(x));
            return TOps.Select(TOps.Less(x, TOps.Splat(0.5f)), left, right);
        }
    }

    /// <summary>2^x for x in [-126, 0], with one term less: for differences from 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exp2Coarse<TOps, V>(V x)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V n = TOps.Round(x);
        V r = TOps.Subtract(x, n);
        V p = TOps.MultiplyAdd(TOps.Splat(0.00134002639f), r, TOps.Splat(0.00961800385f));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(0.055503279f));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(0.240226507f));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(0.693147182f));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(1));
        V scale = TOps.ShiftLeft(TOps.AddInt32(TOps.ToInt32(n), TOps.SplatBits(127)), 23);
        return TOps.Multiply(p, scale);
    }
}

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
            V n = TOps.Round(t);
            V scale = TOps.ShiftLeft(TOps.AddInt32(TOps.ToInt32(n), TOps.SplatBits(127)), 23);
            V large = TOps.Subtract(TOps.Splat(1), TOps.Multiply(Exp2Fraction<TOps, V>(TOps.Subtract(t, n)), scale));
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
            // exp(-x^2) * p((x - 2) / (x + 2)) / (1 + 2x) right of 0.5, where p is nearly constant. What rounding took
            // from x^2 is given back to first order.
            V a = TOps.MaxNative(TOps.Splat(0.5f), TOps.MinNative(TOps.Splat(10.1f), x));
            V two = TOps.Splat(2);
            V t = TOps.Divide(TOps.Subtract(a, two), TOps.Add(a, two));
            V p = TOps.MultiplyAdd(TOps.Splat(-0.000254969433f), t, TOps.Splat(-0.00124683976f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(0.0011670402f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(0.00864655152f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(-0.00801023375f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(-0.0542086475f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(0.164049089f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(-0.166030988f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(-0.0927637666f));
            p = TOps.MultiplyAdd(p, t, TOps.Splat(1.27697837f));
            p = TOps.Divide(p, TOps.MultiplyAdd(two, a, TOps.Splat(1)));
            V square = TOps.Multiply(a, a);
            V lost = TOps.FusedMultiplyAdd(a, a, TOps.Negate(square));
            p = TOps.MultiplyAdd(p, TOps.Negate(lost), p);
            V right = TOps.Multiply(p, ExpInRange<TOps, V>(TOps.Negate(square)));

            // Left of 0.5 the error function is at most a half and leaves enough digits.
            V left = TOps.Subtract(TOps.Splat(1), Erf.Invoke<TOps, V>(x));
            return TOps.Select(TOps.Less(x, TOps.Splat(0.5f)), left, right);
        }
    }
}

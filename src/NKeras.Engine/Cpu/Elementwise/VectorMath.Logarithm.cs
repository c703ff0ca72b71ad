using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Vector versions of logarithms.</summary>
internal static partial class VectorMath
{
    private const int BitsOfTwoThirds = 0x3F2AAAAB;

    /// <summary>log(1 + f) - f for |f| up to 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogRest<TOps, V>(V f)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V p = TOps.MultiplyAdd(TOps.Splat(-0.131915942f), f, TOps.Splat(0.139624685f));
        p = TOps.MultiplyAdd(p, f, TOps.Splat(-0.121151455f));
        p = TOps.MultiplyAdd(p, f, TOps.Splat(0.140109196f));
        p = TOps.MultiplyAdd(p, f, TOps.Splat(-0.166854635f));
        p = TOps.MultiplyAdd(p, f, TOps.Splat(0.200100437f));
        p = TOps.MultiplyAdd(p, f, TOps.Splat(-0.249996886f));
        p = TOps.MultiplyAdd(p, f, TOps.Splat(0.333332241f));
        p = TOps.MultiplyAdd(p, f, TOps.Splat(-0.5f));
        return TOps.Multiply(TOps.Multiply(f, f), p);
    }

    /// <summary>f and the exponent such that x = 2^exponent * (1 + f), with 1 + f from 2/3 to 4/3; x is positive and normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Split<TOps, V>(V x, out V exponent)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V shifted = TOps.SubtractInt32(x, TOps.SplatBits(BitsOfTwoThirds));
        exponent = TOps.FromInt32(TOps.ShiftRight(shifted, 23));
        V mantissa = TOps.And(shifted, TOps.SplatBits(0x007FFFFF));
        return TOps.Subtract(TOps.AddInt32(mantissa, TOps.SplatBits(BitsOfTwoThirds)), TOps.Splat(1));
    }

    /// <summary>As <see cref="Split"/>, for denormal numbers too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SplitAny<TOps, V>(V x, out V exponent)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V denormal = TOps.Less(x, TOps.Splat(1.17549435e-38f));
        V f = Split<TOps, V>(TOps.Select(denormal, TOps.Multiply(x, TOps.Splat(1 << 23)), x), out exponent);
        exponent = TOps.Subtract(exponent, TOps.And(denormal, TOps.Splat(23)));
        return f;
    }

    /// <summary>Puts the logarithm of zero, of what is below, of infinity and of NaN right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FixLog<TOps, V>(V x, V zero, V result)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V below = TOps.Select(TOps.Equal(x, zero), TOps.Splat(float.NegativeInfinity), TOps.Splat(float.NaN));
        result = TOps.Select(TOps.LessEqual(x, zero), below, result);
        return TOps.Select(TOps.Less(x, TOps.Splat(float.PositiveInfinity)), result, x);
    }

    internal readonly struct Log : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            V f = SplitAny<TOps, V>(x, out V exponent);
            V rest = TOps.MultiplyAdd(exponent, TOps.Splat(Ln2Low), LogRest<TOps, V>(f));
            V result = TOps.MultiplyAdd(exponent, TOps.Splat(Ln2High), TOps.Add(rest, f));
            return FixLog<TOps, V>(x, TOps.Splat(0), result);
        }
    }

    internal readonly struct Log2 : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            const float High = 1.44269502f, Low = 1.92596303e-08f;
            V f = SplitAny<TOps, V>(x, out V exponent);
            V rest = TOps.MultiplyAdd(f, TOps.Splat(Low), TOps.Multiply(LogRest<TOps, V>(f), TOps.Splat(High)));
            V result = TOps.Add(exponent, TOps.MultiplyAdd(f, TOps.Splat(High), rest));
            return FixLog<TOps, V>(x, TOps.Splat(0), result);
        }
    }

    internal readonly struct Log10 : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            const float High = 0.434294492f, Low = -1.010305e-08f;
            const float TwoHigh = 0.301025391f, TwoLow = 4.60503907e-06f;
            V f = SplitAny<TOps, V>(x, out V exponent);
            V rest = TOps.MultiplyAdd(f, TOps.Splat(Low), TOps.Multiply(LogRest<TOps, V>(f), TOps.Splat(High)));
            rest = TOps.MultiplyAdd(exponent, TOps.Splat(TwoLow), rest);
            rest = TOps.MultiplyAdd(f, TOps.Splat(High), rest);
            return FixLog<TOps, V>(x, TOps.Splat(0), TOps.MultiplyAdd(exponent, TOps.Splat(TwoHigh), rest));
        }
    }

    internal readonly struct Log1p : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            // 1 + x = sum + lost exactly; what the sum lost goes into f, on the scale of f.
            V one = TOps.Splat(1);
            V sum = TOps.Add(x, one);
            V kept = TOps.Subtract(sum, one);
            V lost = TOps.Add(TOps.Subtract(one, TOps.Subtract(sum, kept)), TOps.Subtract(x, kept));
            V f = Split<TOps, V>(sum, out V exponent);
            V scale = TOps.ShiftLeft(TOps.SubtractInt32(TOps.SplatBits(127), TOps.ToInt32(exponent)), 23);
            V counts = TOps.Less(sum, TOps.Splat(1 << 25)); // Above, nothing that matters is lost, and the scale may not exist.
            f = TOps.Add(f, TOps.And(counts, TOps.Multiply(lost, scale)));

            V rest = TOps.MultiplyAdd(exponent, TOps.Splat(Ln2Low), LogRest<TOps, V>(f));
            V result = TOps.MultiplyAdd(exponent, TOps.Splat(Ln2High), TOps.Add(rest, f));
            result = TOps.Select(TOps.Less(TOps.Abs(x), TOps.Splat(Tiny)), x, result);
            return FixLog<TOps, V>(x, TOps.Splat(-1), result);
        }
    }
}

using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Vector versions of the functions made of exponentials.</summary>
/// <remarks>
/// The coefficients are minimax fits of our own on the reduced ranges. Errors are at most a few units in the last
/// place; the tests state them.
/// </remarks>
internal static partial class VectorMath
{
    private const float Log2E = 1.44269504f;
    private const float Ln2 = 0.693147181f;
    private const float Ln2High = 0.693145752f;
    private const float Ln2Low = 1.42860677e-06f;

    // Below it, x is the best answer of every function that is x plus a square near zero; and x keeps its sign.
    private const float Tiny = 1f / (1 << 26);

    /// <summary>(exp(r) - 1 - r) / r^2 for |r| up to log(2) / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpQ<TOps, V>(V r)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V q = TOps.MultiplyAdd(TOps.Splat(0.00139464077f), r, TOps.Splat(0.00836657174f));
        q = TOps.MultiplyAdd(q, r, TOps.Splat(0.0416662842f));
        q = TOps.MultiplyAdd(q, r, TOps.Splat(0.166665435f));
        return TOps.MultiplyAdd(q, r, TOps.Splat(0.5f));
    }

    /// <summary>x - n * log(2), without loss: the upper part of log(2) is short enough for an exact product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<TOps, V>(V x, V n)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V r = TOps.MultiplyAdd(n, TOps.Splat(-Ln2High), x);
        return TOps.MultiplyAdd(n, TOps.Splat(-Ln2Low), r);
    }

    /// <summary>exp(x) for x in [-104, 89], which is all there is between 0 and infinity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpInRange<TOps, V>(V x)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V n = TOps.Round(TOps.Multiply(x, TOps.Splat(Log2E)));
        V r = Reduce<TOps, V>(x, n);
        V p = TOps.MultiplyAdd(ExpQ<TOps, V>(r), r, TOps.Splat(1));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(1));
        return TOps.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>exp(x) - 1 for x in [-18, 89]; the sign of zero is lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Expm1InRange<TOps, V>(V x)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V n = TOps.Round(TOps.Multiply(x, TOps.Splat(Log2E)));
        V r = Reduce<TOps, V>(x, n);
        V p = TOps.MultiplyAdd(TOps.Multiply(r, r), ExpQ<TOps, V>(r), r);

        // 2^n * (p + 1) - 1 by way of half of it, so that 2^128 is not needed.
        V half = TOps.ShiftLeft(TOps.AddInt32(TOps.ToInt32(n), TOps.SplatBits(126)), 23);
        p = TOps.MultiplyAdd(half, p, TOps.Subtract(half, TOps.Splat(0.5f)));
        return TOps.Add(p, p);
    }

    internal readonly struct Exp : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            // NaN passes through native minima and maxima as their second operand.
            x = TOps.MaxNative(TOps.Splat(-104), TOps.MinNative(TOps.Splat(89), x));
            return ExpInRange<TOps, V>(x);
        }
    }

    /// <summary>2^r for |r| up to a half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Exp2Fraction<TOps, V>(V r)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V p = TOps.MultiplyAdd(TOps.Splat(0.000154762994f), r, TOps.Splat(0.00134002639f));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(0.00961800385f));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(0.055503279f));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(0.240226507f));
        p = TOps.MultiplyAdd(p, r, TOps.Splat(0.693147182f));
        return TOps.MultiplyAdd(p, r, TOps.Splat(1));
    }

    internal readonly struct Exp2 : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            x = TOps.MaxNative(TOps.Splat(-151), TOps.MinNative(TOps.Splat(129), x));
            V n = TOps.Round(x);
            return TOps.ScaleByPowerOfTwo(Exp2Fraction<TOps, V>(TOps.Subtract(x, n)), n);
        }
    }

    internal readonly struct Expm1 : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            V clamped = TOps.MaxNative(TOps.Splat(-18), TOps.MinNative(TOps.Splat(89), x));
            V tiny = TOps.Less(TOps.Abs(x), TOps.Splat(Tiny));
            return TOps.Select(tiny, x, Expm1InRange<TOps, V>(clamped));
        }
    }

    internal readonly struct Tanh : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            // Beyond 10 the result is 1. Near zero the quotient is as accurate as exp(2x) - 1 is.
            V magnitude = TOps.MinNative(TOps.Splat(10), TOps.Abs(x));
            V e = Expm1InRange<TOps, V>(TOps.Add(magnitude, magnitude));
            V result = TOps.Divide(e, TOps.Add(e, TOps.Splat(2)));
            return TOps.Or(result, TOps.And(x, TOps.Splat(-0f)));
        }
    }

    internal readonly struct Sigmoid : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            // The exponential never overflows, and a result next to zero keeps its digits.
            V e = ExpOfMinusAbs<TOps, V>(x);
            V numerator = TOps.Select(TOps.Less(x, TOps.Splat(0)), e, TOps.Splat(1));
            return TOps.Divide(numerator, TOps.Add(e, TOps.Splat(1)));
        }
    }

    internal readonly struct Softplus : IUnaryFunction
    {
        public static bool IsLong => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct
        {
            // max(x, 0) + log(1 + e) with e in [0, 1]: 1 + e is taken as it is below 4/3, else as twice its half.
            V e = ExpOfMinusAbs<TOps, V>(x);
            V halved = TOps.LessEqual(TOps.Splat(1 / 3f), e);
            V f = TOps.Select(halved, TOps.MultiplyAdd(e, TOps.Splat(0.5f), TOps.Splat(-0.5f)), e);
            V log = TOps.Add(LogRest<TOps, V>(f), f);
            log = TOps.Add(log, TOps.And(halved, TOps.Splat(Ln2)));
            return TOps.Add(TOps.MaxNative(TOps.Splat(0), x), log);
        }
    }

    /// <summary>exp(-|x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpOfMinusAbs<TOps, V>(V x)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V negative = TOps.Or(x, TOps.Splat(-0f));
        return ExpInRange<TOps, V>(TOps.MaxNative(TOps.Splat(-104), negative));
    }
}

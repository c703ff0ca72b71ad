using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>A vector version of a to the power b.</summary>
internal static partial class VectorMath
{
    internal readonly struct Power : IBinaryFunction
    {
        /// <remarks>Never inlined: the call costs little next to some ninety operations.</remarks>
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct
        {
            V magnitude = TOps.Abs(a), one = TOps.Splat(1), zero = TOps.Splat(0);
            V infinity = TOps.Splat(float.PositiveInfinity);
            V log = Log2Exact<TOps, V>(magnitude, out V logRest);
            log = TOps.Select(TOps.Equal(magnitude, zero), TOps.Negate(infinity), log);
            log = TOps.Select(TOps.Less(magnitude, infinity), log, magnitude);

            // y = b * log2|a| and what rounding took from it. An exponent out of range needs no rest, and has no valid one.
            V y = TOps.Multiply(log, b);
            V rest = TOps.MultiplyAdd(logRest, b, TOps.FusedMultiplyAdd(log, b, TOps.Negate(y)));
            rest = TOps.And(rest, TOps.Less(TOps.Abs(y), TOps.Splat(152)));
            y = TOps.AndNot(y, TOps.And(TOps.Equal(magnitude, one), TOps.Equal(b, b))); // Not 0 * infinity.
            y = TOps.MaxNative(TOps.Splat(-151), TOps.MinNative(TOps.Splat(129), y));
            V n = TOps.Round(y);
            V r = TOps.Add(TOps.Subtract(y, n), rest);
            return FixPower<TOps, V>(a, b, TOps.ScaleByPowerOfTwo(Exp2Fraction<TOps, V>(r), n));
        }
    }

    /// <summary>Gives the power of |a| the sign of the power of a, and puts right what is fixed whatever the other operand is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FixPower<TOps, V>(V a, V b, V result)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V half = TOps.Multiply(b, TOps.Splat(0.5f));
        V whole = TOps.Equal(TOps.Truncate(b), b);
        V odd = TOps.AndNot(whole, TOps.Equal(TOps.Truncate(half), half));
        result = TOps.Xor(result, TOps.And(odd, TOps.And(a, TOps.Splat(-0f))));

        V finiteNegative = TOps.And(TOps.Less(a, TOps.Splat(0)), TOps.Less(TOps.Splat(float.NegativeInfinity), a));
        result = TOps.Select(TOps.AndNot(finiteNegative, whole), TOps.Splat(float.NaN), result);
        V one = TOps.Or(TOps.Equal(b, TOps.Splat(0)), TOps.Equal(a, TOps.Splat(1)));
        return TOps.Select(one, TOps.Splat(1), result);
    }

    /// <summary>log2(x) for positive x as a sum of two floats, good to some 35 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log2Exact<TOps, V>(V x, out V rest)
        where TOps : ISimdOps<V>
        where V : struct
    {
        const float Third = 0.333333343f, ThirdRest = -9.93410776e-09f;
        const float Log2ERest = 1.92596303e-08f;
        V f = SplitAny<TOps, V>(x, out V exponent);

        // log(1 + f) = f - f^2/2 + f^3/3 + f^4 q(f): all but the last term with twice the digits.
        V square = TOps.Multiply(f, f);
        V squareRest = TOps.FusedMultiplyAdd(f, f, TOps.Negate(square));
        V cube = TOps.Multiply(square, f);
        V cubeRest = TOps.MultiplyAdd(squareRest, f, TOps.FusedMultiplyAdd(square, f, TOps.Negate(cube)));
        V third = TOps.Multiply(cube, TOps.Splat(Third));
        V thirdRest = TOps.FusedMultiplyAdd(cube, TOps.Splat(Third), TOps.Negate(third));
        thirdRest = TOps.MultiplyAdd(cube, TOps.Splat(ThirdRest), TOps.MultiplyAdd(cubeRest, TOps.Splat(Third), thirdRest));
        V low = TOps.MultiplyAdd(TOps.Multiply(square, square), PowerQ<TOps, V>(f), thirdRest);
        low = TOps.MultiplyAdd(squareRest, TOps.Splat(-0.5f), low);

        // Sums whose first operand is the larger: what the sum lost is known exactly.
        V minusHalf = TOps.Multiply(square, TOps.Splat(-0.5f));
        V two = TOps.Add(f, minusHalf);
        V three = TOps.Add(two, third);
        V lost = TOps.Add(TOps.Subtract(f, two), minusHalf);
        lost = TOps.Add(lost, TOps.Add(TOps.Subtract(two, three), third));
        low = TOps.Add(low, lost);

        V product = TOps.Multiply(three, TOps.Splat(Log2E));
        V productRest = TOps.FusedMultiplyAdd(three, TOps.Splat(Log2E), TOps.Negate(product));
        productRest = TOps.MultiplyAdd(three, TOps.Splat(Log2ERest), TOps.MultiplyAdd(low, TOps.Splat(Log2E), productRest));
        V sum = TOps.Add(exponent, product);
        productRest = TOps.Add(productRest, TOps.Add(TOps.Subtract(exponent, sum), product));
        V result = TOps.Add(sum, productRest);
        rest = TOps.Add(TOps.Subtract(sum, result), productRest);
        return result;
    }

    /// <summary>(log(1 + f) - f + f^2/2 - f^3/3) / f^4 for |f| up to 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerQ<TOps, V>(V f)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V q = TOps.MultiplyAdd(TOps.Splat(-0.115278348f), f, TOps.Splat(0.118636176f));
        q = TOps.MultiplyAdd(q, f, TOps.Splat(-0.0953409225f));
        q = TOps.MultiplyAdd(q, f, TOps.Splat(0.107957512f));
        q = TOps.MultiplyAdd(q, f, TOps.Splat(-0.125303358f));
        q = TOps.MultiplyAdd(q, f, TOps.Splat(0.143002287f));
        q = TOps.MultiplyAdd(q, f, TOps.Splat(-0.166657984f));
        q = TOps.MultiplyAdd(q, f, TOps.Splat(0.199997738f));
        return TOps.MultiplyAdd(q, f, TOps.Splat(-0.250000089f));
    }
}

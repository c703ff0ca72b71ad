using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The functions of one operand that are one or a few vector operations.</summary>
internal static class UnaryFunctions
{
    internal readonly struct Negate : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Negate(x);
    }

    internal readonly struct Abs : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Abs(x);
    }

    // Zeros and NaN are not above zero in magnitude and are returned as they are.
    internal readonly struct Sign : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Select(
                TOps.Less(TOps.Splat(0), TOps.Abs(x)),
                TOps.Or(TOps.Splat(1), TOps.And(x, TOps.Splat(-0f))),
                x);
    }

    internal readonly struct Floor : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Floor(x);
    }

    internal readonly struct Ceiling : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Ceiling(x);
    }

    internal readonly struct Round : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Round(x);
    }

    internal readonly struct Truncate : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Truncate(x);
    }

    internal readonly struct Square : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Multiply(x, x);
    }

    internal readonly struct Sqrt : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Sqrt(x);
    }

    internal readonly struct Rsqrt : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Divide(TOps.Splat(1), TOps.Sqrt(x));
    }

    internal readonly struct Reciprocal : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Divide(TOps.Splat(1), x);
    }

    // NaN passes through a native maximum as its second operand.
    internal readonly struct Relu : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.MaxNative(TOps.Splat(0), x);
    }

    internal readonly struct Not : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Not(x);
    }

    internal readonly struct IsNan : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.IsNaN(x);
    }

    internal readonly struct IsInf : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Equal(TOps.Abs(x), TOps.Splat(float.PositiveInfinity));
    }

    internal readonly struct IsFinite : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Less(TOps.Abs(x), TOps.Splat(float.PositiveInfinity));
    }

    internal readonly struct Copy : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            x;
    }

    // From a boolean.
    internal readonly struct ToFloat : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.And(x, TOps.Splat(1));
    }

    // NaN is true, as in NumPy.
    internal readonly struct ToBool : IUnaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V x)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Not(TOps.Equal(x, TOps.Splat(0)));
    }
}

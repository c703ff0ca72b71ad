using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The functions of two operands that are one or a few vector operations.</summary>
internal static class BinaryFunctions
{
    internal readonly struct Add : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Add(a, b);
    }

    internal readonly struct Subtract : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Subtract(a, b);
    }

    internal readonly struct Multiply : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Multiply(a, b);
    }

    internal readonly struct Divide : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Divide(a, b);
    }

    internal readonly struct Maximum : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Maximum(a, b);
    }

    internal readonly struct Minimum : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Minimum(a, b);
    }

    internal readonly struct Equal : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Equal(a, b);
    }

    internal readonly struct NotEqual : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Not(TOps.Equal(a, b));
    }

    internal readonly struct Less : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Less(a, b);
    }

    internal readonly struct LessEqual : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.LessEqual(a, b);
    }

    internal readonly struct Greater : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Less(b, a);
    }

    internal readonly struct GreaterEqual : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.LessEqual(b, a);
    }

    internal readonly struct And : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.And(a, b);
    }

    internal readonly struct Or : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Or(a, b);
    }

    internal readonly struct Xor : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Xor(a, b);
    }

    // Equality of booleans, whose set lanes are not numbers.
    internal readonly struct SameBits : IBinaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.EqualInt32(a, b);
    }
}

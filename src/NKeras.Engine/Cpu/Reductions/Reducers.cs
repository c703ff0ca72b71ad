using System.Runtime.CompilerServices;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>How two elements become one. Booleans are masks here, as in the registers of programs.</summary>
internal interface IReducer
{
    /// <summary>The bits of what leaves the other operand as it is.</summary>
    static abstract int IdentityBits { get; }

    static abstract V Combine<TOps, V>(V a, V b)
        where TOps : ISimdOps<V>
        where V : struct;
}

/// <summary>The reducers of every <see cref="ReductionKind"/>.</summary>
internal static class Reducers
{
    internal readonly struct Sum : IReducer
    {
        public static int IdentityBits => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct => TOps.Add(a, b);
    }

    internal readonly struct Product : IReducer
    {
        public static int IdentityBits => 0x3F800000;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct => TOps.Multiply(a, b);
    }

    internal readonly struct Max : IReducer
    {
        public static int IdentityBits => unchecked((int)0xFF800000);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct => TOps.Maximum(a, b);
    }

    internal readonly struct Min : IReducer
    {
        public static int IdentityBits => 0x7F800000;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct => TOps.Minimum(a, b);
    }

    internal readonly struct Any : IReducer
    {
        public static int IdentityBits => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct => TOps.Or(a, b);
    }

    internal readonly struct All : IReducer
    {
        public static int IdentityBits => -1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Combine<TOps, V>(V a, V b)
            where TOps : ISimdOps<V>
            where V : struct => TOps.And(a, b);
    }
}

using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>The functions of three operands.</summary>
internal static class TernaryFunctions
{
    internal readonly struct Select : ITernaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b, V c)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Select(a, b, c);
    }

    internal readonly struct MultiplyAdd : ITernaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b, V c)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.FusedMultiplyAdd(a, b, c);
    }

    internal readonly struct Clip : ITernaryFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Invoke<TOps, V>(V a, V b, V c)
            where TOps : ISimdOps<V>
            where V : struct =>
            TOps.Minimum(TOps.Maximum(a, b), c);
    }
}

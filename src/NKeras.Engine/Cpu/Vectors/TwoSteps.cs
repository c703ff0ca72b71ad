using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Scaling by a power of two for machines without an instruction for it.</summary>
internal static class TwoSteps
{
    /// <summary>a * 2^exponent. One factor cannot hold every exponent, so there are two; only the second one rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Scale<TOps, V>(V a, V exponent)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V whole = TOps.ToInt32(exponent);
        V half = TOps.ShiftRight(whole, 1);
        V bias = TOps.SplatBits(127);
        V first = TOps.ShiftLeft(TOps.AddInt32(half, bias), 23);
        V second = TOps.ShiftLeft(TOps.AddInt32(TOps.SubtractInt32(whole, half), bias), 23);
        return TOps.Multiply(TOps.Multiply(a, first), second);
    }
}

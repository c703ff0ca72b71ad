using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Long functions as methods of their own.</summary>
internal static class OutOfLine
{
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Invoke<TFunction, TOps, V>(V x)
        where TFunction : IUnaryFunction
        where TOps : ISimdOps<V>
        where V : struct => TFunction.Invoke<TOps, V>(x);
}

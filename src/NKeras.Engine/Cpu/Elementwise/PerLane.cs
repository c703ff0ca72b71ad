using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>A function of one number that has no vector version.</summary>
internal interface IScalarFunction
{
    static abstract float Invoke(float x);
}

/// <summary>A function of two numbers that has no vector version.</summary>
internal interface IScalarBinaryFunction
{
    static abstract float Invoke(float a, float b);
}

/// <summary>Applies scalar functions to every lane of a vector.</summary>
internal static unsafe class PerLane
{
    private const int MostLanes = 16;

    /// <summary>Never inlined: the call costs nothing next to the scalar functions, and callers stay small.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Map<TFunction, TOps, V>(V x)
        where TFunction : IScalarFunction
        where TOps : ISimdOps<V>
        where V : struct
    {
        float* lanes = stackalloc float[MostLanes];
        TOps.Store(lanes, x);
        for (int i = 0; i < TOps.Width; i++) lanes[i] = TFunction.Invoke(lanes[i]);
        return TOps.Load(lanes);
    }

    /// <inheritdoc cref="Map{TFunction, TOps, V}(V)"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static V Map<TFunction, TOps, V>(V a, V b)
        where TFunction : IScalarBinaryFunction
        where TOps : ISimdOps<V>
        where V : struct
    {
        float* lanes = stackalloc float[2 * MostLanes];
        TOps.Store(lanes, a);
        TOps.Store(lanes + MostLanes, b);
        for (int i = 0; i < TOps.Width; i++) lanes[i] = TFunction.Invoke(lanes[i], lanes[i + MostLanes]);
        return TOps.Load(lanes);
    }
}

using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>How elements in memory become totals.</summary>
internal unsafe interface IReductionSource
{
    static abstract ElementwiseType Type { get; }

    static abstract int Size { get; }

    static abstract V Load<TOps, V>(byte* source)
        where TOps : ISimdOps<V>
        where V : struct;
}

/// <summary>Floats, or totals of an earlier step.</summary>
internal readonly unsafe struct FloatSource : IReductionSource
{
    public static ElementwiseType Type => ElementwiseType.Float32;

    public static int Size => sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<TOps, V>(byte* source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.Load((float*)source);
}

/// <summary>Booleans in bytes.</summary>
internal readonly unsafe struct BoolSource : IReductionSource
{
    public static ElementwiseType Type => ElementwiseType.Bool;

    public static int Size => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<TOps, V>(byte* source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.LoadBool(source);
}

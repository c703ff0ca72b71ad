using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>How elements in memory become totals.</summary>
internal unsafe interface IReductionSource
{
    static abstract int Size { get; }

    static abstract float LoadOne(byte* source);

    static abstract V Load<TOps, V>(byte* source)
        where TOps : ISimdOps<V>
        where V : struct;
}

/// <summary>Floats, or totals of an earlier step.</summary>
internal readonly unsafe struct FloatSource : IReductionSource
{
    public static int Size => sizeof(float);

    public static float LoadOne(byte* source) => *(float*)source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<TOps, V>(byte* source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.Load((float*)source);
}

/// <summary>Booleans in bytes.</summary>
internal readonly unsafe struct BoolSource : IReductionSource
{
    public static int Size => 1;

    public static float LoadOne(byte* source) => BitConverter.Int32BitsToSingle(*source == 0 ? 0 : -1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<TOps, V>(byte* source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.LoadBool(source);
}

using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Vectors of registers from the types in memory, and back.</summary>
internal static unsafe class VectorTypes
{
    /// <summary>A vector of an input's elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<TOps, V>(ElementwiseType type, void* source)
        where TOps : ISimdOps<V>
        where V : struct => type switch
        {
            ElementwiseType.Bool => TOps.LoadBool((byte*)source),
            ElementwiseType.Int32 => TOps.FromInt32(TOps.Load((float*)source)),
            ElementwiseType.UInt32 => FromUInt32<TOps, V>(TOps.Load((float*)source)),
            _ => TOps.Load((float*)source),
        };

    /// <summary>A vector whose lanes are all the one value of an input.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadOne<TOps, V>(ElementwiseType type, void* source)
        where TOps : ISimdOps<V>
        where V : struct => type switch
        {
            ElementwiseType.Bool => TOps.SplatBits(*(byte*)source == 0 ? 0 : -1),
            ElementwiseType.Int32 => TOps.FromInt32(TOps.SplatBits(*(int*)source)),
            ElementwiseType.UInt32 => FromUInt32<TOps, V>(TOps.SplatBits(*(int*)source)),
            _ => TOps.Splat(*(float*)source),
        };

    /// <summary>Stores a register's vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TOps, V>(ElementwiseType type, void* target, V value)
        where TOps : ISimdOps<V>
        where V : struct
    {
        if (type == ElementwiseType.Bool) TOps.StoreBool((byte*)target, value);
        else TOps.Store((float*)target, value);
    }

    /// <summary>Not every machine converts unsigned integers. Their halves convert exactly, so that only the sum rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V FromUInt32<TOps, V>(V bits)
        where TOps : ISimdOps<V>
        where V : struct
    {
        V upper = TOps.FromInt32(TOps.ShiftRightLogical(bits, 16));
        V lower = TOps.FromInt32(TOps.And(bits, TOps.SplatBits(0xFFFF)));
        return TOps.Add(TOps.Multiply(upper, TOps.Splat(65536)), lower);
    }
}

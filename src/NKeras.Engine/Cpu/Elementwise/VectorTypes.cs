using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Vectors of registers from the types in memory, and back.</summary>
/// <remarks>Addresses are numbers here, since generated code finds these methods through delegates.</remarks>
internal static unsafe class VectorTypes
{
    /// <summary>A vector of an input's elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<TOps, V>(ElementwiseType type, void* source)
        where TOps : ISimdOps<V>
        where V : struct => type switch
        {
            ElementwiseType.Bool => LoadBool<TOps, V>((nint)source),
            ElementwiseType.Int32 => LoadInt32<TOps, V>((nint)source),
            ElementwiseType.UInt32 => LoadUInt32<TOps, V>((nint)source),
            _ => LoadFloat32<TOps, V>((nint)source),
        };

    /// <summary>A vector whose lanes are all the one value of an input.</summary>
    public static V LoadOne<TOps, V>(ElementwiseType type, void* source)
        where TOps : ISimdOps<V>
        where V : struct => type switch
        {
            ElementwiseType.Bool => LoadOneBool<TOps, V>((nint)source),
            ElementwiseType.Int32 => LoadOneInt32<TOps, V>((nint)source),
            ElementwiseType.UInt32 => LoadOneUInt32<TOps, V>((nint)source),
            _ => LoadOneFloat32<TOps, V>((nint)source),
        };

    /// <summary>Stores a register's vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TOps, V>(ElementwiseType type, void* target, V value)
        where TOps : ISimdOps<V>
        where V : struct
    {
        if (type == ElementwiseType.Bool) StoreBool<TOps, V>((nint)target, value);
        else StoreFloat32<TOps, V>((nint)target, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadFloat32<TOps, V>(nint source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.Load((float*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadBool<TOps, V>(nint source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.LoadBool((byte*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadInt32<TOps, V>(nint source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.FromInt32(TOps.Load((float*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadUInt32<TOps, V>(nint source)
        where TOps : ISimdOps<V>
        where V : struct => FromUInt32<TOps, V>(TOps.Load((float*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadOneFloat32<TOps, V>(nint source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.Splat(*(float*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadOneBool<TOps, V>(nint source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.SplatBits(*(byte*)source == 0 ? 0 : -1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadOneInt32<TOps, V>(nint source)
        where TOps : ISimdOps<V>
        where V : struct => TOps.FromInt32(TOps.SplatBits(*(int*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LoadOneUInt32<TOps, V>(nint source)
        where TOps : ISimdOps<V>
        where V : struct => FromUInt32<TOps, V>(TOps.SplatBits(*(int*)source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFloat32<TOps, V>(nint target, V value)
        where TOps : ISimdOps<V>
        where V : struct => TOps.Store((float*)target, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBool<TOps, V>(nint target, V value)
        where TOps : ISimdOps<V>
        where V : struct => TOps.StoreBool((byte*)target, value);

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

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="RandomBits"/> node: as many counters at a time as a vector has lanes.</summary>
internal sealed unsafe class RandomBitsKernel(KernelRequest request) : PartedKernel(Parts.Count(request.Output().Shape.Size, PartLength))
{
    private const long PartLength = 1 << 14;

    private readonly SimdLevel _level = Simd.Level;

    public static Kernel Create(KernelRequest request) => new RandomBitsKernel(request);

    protected override void RunPart(void** slots, int part)
    {
        uint* key = (uint*)slots[request.InputSlots[0]], y = (uint*)slots[request.OutputSlots[0]];
        long size = request.Output().Shape.Size, blocks = (size + 1) / 2;
        long start = Start(part, blocks), end = Start(part + 1, blocks);
        switch (_level)
        {
            case SimdLevel.Avx512: Fill<Simd512, Vector512<float>>(key[0], key[1], y, start, end, size); break;
            case SimdLevel.Avx2: Fill<Simd256, Vector256<float>>(key[0], key[1], y, start, end, size); break;
            default: Fill<Simd128, Vector128<float>>(key[0], key[1], y, start, end, size); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill<TOps, V>(uint key0, uint key1, uint* y, long block, long end, long size)
        where TOps : ISimdOps<V>
        where V : struct
    {
        uint* counters = stackalloc uint[16], results = stackalloc uint[32];
        for (uint i = 0; i < 16; i++) counters[i] = i;
        int* keys = stackalloc int[12];
        Schedule(key0, key1, keys);
        V lanes = TOps.Load((float*)counters);

        // The last block may stick out by one number.
        for (; block + TOps.Width <= Math.Min(end, size / 2); block += TOps.Width)
        {
            V a = TOps.SplatBits(0), b = TOps.AddInt32(lanes, TOps.SplatBits((int)block));
            Scramble<TOps, V>(keys, ref a, ref b);
            StoreInterleaved<TOps, V>(a, b, results, y + (2 * block));
        }

        for (; block < end; block++)
        {
            (uint a, uint b) = Threefry.Block(key0, key1, 0, (uint)block);
            y[2 * block] = a;
            if ((2 * block) + 1 < size) y[(2 * block) + 1] = b;
        }
    }

    /// <summary>The five groups of four rounds, with the key added after each. A loop, which the inliner's budget covers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scramble<TOps, V>(int* keys, ref V a, ref V b)
        where TOps : ISimdOps<V>
        where V : struct
    {
        a = TOps.AddInt32(a, TOps.SplatBits(keys[0]));
        b = TOps.AddInt32(b, TOps.SplatBits(keys[1]));
        for (int group = 0; ; group += 2)
        {
            EvenGroup<TOps, V>(ref a, ref b, keys[(2 * group) + 2], keys[(2 * group) + 3]);
            if (group == 4) return;
            OddGroup<TOps, V>(ref a, ref b, keys[(2 * group) + 4], keys[(2 * group) + 5]);
        }
    }

    /// <summary>What is added to each half before the first and after each group.</summary>
    private static void Schedule(uint key0, uint key1, int* keys)
    {
        uint* key = stackalloc uint[] { key0, key1, key0 ^ key1 ^ Threefry.Parity };
        for (uint group = 0; group <= 5; group++)
        {
            keys[2 * group] = (int)key[group % 3];
            keys[(2 * group) + 1] = (int)(key[(group + 1) % 3] + group);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvenGroup<TOps, V>(ref V a, ref V b, int keyA, int keyB)
        where TOps : ISimdOps<V>
        where V : struct
    {
        // Rotation distances have to be constants.
        a = TOps.AddInt32(a, b);
        b = TOps.Xor(Rotate<TOps, V>(b, 13, 19), a);
        a = TOps.AddInt32(a, b);
        b = TOps.Xor(Rotate<TOps, V>(b, 15, 17), a);
        a = TOps.AddInt32(a, b);
        b = TOps.Xor(Rotate<TOps, V>(b, 26, 6), a);
        a = TOps.AddInt32(a, b);
        b = TOps.Xor(Rotate<TOps, V>(b, 6, 26), a);
        a = TOps.AddInt32(a, TOps.SplatBits(keyA));
        b = TOps.AddInt32(b, TOps.SplatBits(keyB));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OddGroup<TOps, V>(ref V a, ref V b, int keyA, int keyB)
        where TOps : ISimdOps<V>
        where V : struct
    {
        a = TOps.AddInt32(a, b);
        b = TOps.Xor(Rotate<TOps, V>(b, 17, 15), a);
        a = TOps.AddInt32(a, b);
        b = TOps.Xor(Rotate<TOps, V>(b, 29, 3), a);
        a = TOps.AddInt32(a, b);
        b = TOps.Xor(Rotate<TOps, V>(b, 16, 16), a);
        a = TOps.AddInt32(a, b);
        b = TOps.Xor(Rotate<TOps, V>(b, 24, 8), a);
        a = TOps.AddInt32(a, TOps.SplatBits(keyA));
        b = TOps.AddInt32(b, TOps.SplatBits(keyB));
    }

    /// <summary>Rotates to the left, by one instruction where there is one; the two distances add up to 32.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rotate<TOps, V>(V value, [ConstantExpected] int left, [ConstantExpected] int right)
        where TOps : ISimdOps<V>
        where V : struct
    {
        if (typeof(V) == typeof(Vector512<float>) && Avx512F.IsSupported)
        {
            Vector512<uint> rotated = Avx512F.RotateLeftVariable(Unsafe.BitCast<V, Vector512<uint>>(value), Vector512.Create((uint)left));
            return Unsafe.BitCast<Vector512<uint>, V>(rotated);
        }

        return TOps.Or(TOps.ShiftLeft(value, left), TOps.ShiftRightLogical(value, right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreInterleaved<TOps, V>(V a, V b, uint* halves, uint* y)
        where TOps : ISimdOps<V>
        where V : struct
    {
        if (typeof(V) == typeof(Vector512<float>) && Avx512F.IsSupported)
        {
            Vector512<uint> left = Unsafe.BitCast<V, Vector512<uint>>(a), right = Unsafe.BitCast<V, Vector512<uint>>(b);
            Avx512F.PermuteVar16x32x2(left, Vector512.Create(0u, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), right).Store(y);
            Avx512F.PermuteVar16x32x2(left, Vector512.Create(8u, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), right).Store(y + 16);
            return;
        }

        TOps.Store((float*)halves, a);
        TOps.Store((float*)(halves + TOps.Width), b);
        Interleave(halves, halves + TOps.Width, y, TOps.Width);
    }

    private static void Interleave(uint* a, uint* b, uint* y, int count)
    {
        for (int i = 0; i < count; i += 4, y += 8)
        {
            (Vector128<ulong> lowA, Vector128<ulong> highA) = Vector128.Widen(Vector128.Load(a + i));
            (Vector128<ulong> lowB, Vector128<ulong> highB) = Vector128.Widen(Vector128.Load(b + i));
            (lowA | (lowB << 32)).AsUInt32().Store(y);
            (highA | (highB << 32)).AsUInt32().Store(y + 4);
        }
    }
}

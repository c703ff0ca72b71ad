using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace NKeras.Engine.Cpu;

/// <summary>Portable 128-bit vectors: a block of 8 × 12 in the 32 registers of Arm64, of 6 × 8 in the 16 of x64.</summary>
internal readonly unsafe struct GemmLanes128 : IGemmLanes<Vector128<float>>
{
    public static int Width => 4;

    public static int Rows => AdvSimd.IsSupported ? 8 : 6;

    public static int Vectors => AdvSimd.IsSupported ? 3 : 2;

    public static int MostVectors => Vectors;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* target, Vector128<float> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right) => left + right;

    // Not FusedMultiplyAdd: on a machine without the instruction that would be emulated, lane by lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Vector128.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Relu(Vector128<float> value) =>
        Vector128.ConditionalSelect(Vector128.LessThan(value, Vector128<float>.Zero), Vector128<float>.Zero, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Mask(int count) => Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();

    // No masked instructions here: the lanes are told apart by their mask bits, the first lane always being in use.
    public static Vector128<float> Load(float* source, Vector128<float> mask)
    {
        if (mask.AsInt32()[1] == 0) return Vector128.CreateScalar(*source);
        Vector128<float> low = Vector128.CreateScalar(Unsafe.ReadUnaligned<long>(source)).AsSingle();
        if (mask.AsInt32()[2] == 0) return low;
        return mask.AsInt32()[3] == 0 ? low.WithElement(2, source[2]) : Vector128.Load(source);
    }

    public static void Store(float* target, Vector128<float> value, Vector128<float> mask)
    {
        for (int i = 0; i < Vector128<float>.Count && mask.AsInt32()[i] != 0; i++) target[i] = value[i];
    }
}

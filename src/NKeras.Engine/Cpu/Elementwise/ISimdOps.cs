using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>
/// The operations vector kernels are written in, so that each kernel is written once and compiled for every width.
/// </summary>
/// <remarks>
/// A vector of floats also stands for its bits: a mask has all or no bits of a lane set, and the operations whose names
/// end in Int32 read lanes as integers. Reinterpreting costs nothing, and one type parameter is enough.
/// </remarks>
internal unsafe interface ISimdOps<V>
    where V : struct
{
    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    static abstract V Load(float* source);

    static abstract void Store(float* target, V value);

    /// <summary>A mask from bytes that are 0 or 1.</summary>
    static abstract V LoadBool(byte* source);

    /// <summary>Bytes that are 0 or 1 from a mask.</summary>
    static abstract void StoreBool(byte* target, V mask);

    static abstract V Splat(float value);

    /// <summary>Lanes with the bits of an integer.</summary>
    static abstract V SplatBits(int value);

    static abstract V Add(V a, V b);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V Divide(V a, V b);

    static abstract V And(V a, V b);

    static abstract V Or(V a, V b);

    static abstract V Xor(V a, V b);

    /// <summary>a without the bits of b.</summary>
    static abstract V AndNot(V a, V b);

    static abstract V Not(V a);

    static abstract V Negate(V a);

    static abstract V Abs(V a);

    static abstract V Sqrt(V a);

    static abstract V Floor(V a);

    static abstract V Ceiling(V a);

    /// <summary>Rounds to a whole number, halves to even.</summary>
    static abstract V Round(V a);

    static abstract V Truncate(V a);

    /// <summary>a * b + c rounded once, on every machine.</summary>
    static abstract V FusedMultiplyAdd(V a, V b, V c);

    /// <summary>a * b + c, rounded once where the machine can do so at full speed, else twice.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>The larger; NaN if either is.</summary>
    static abstract V Maximum(V a, V b);

    /// <summary>The smaller; NaN if either is.</summary>
    static abstract V Minimum(V a, V b);

    /// <summary>The larger; where one is NaN the second on x64, NaN on Arm64. So NaN passes through as the second operand.</summary>
    static abstract V MaxNative(V a, V b);

    /// <summary>The smaller; NaN as for <see cref="MaxNative"/>.</summary>
    static abstract V MinNative(V a, V b);

    static abstract V Equal(V a, V b);

    static abstract V Less(V a, V b);

    static abstract V LessEqual(V a, V b);

    /// <summary>a where the mask is set, else b.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>Whether any lane of a mask is set.</summary>
    static abstract bool Any(V mask);

    /// <summary>Four neighbouring lanes.</summary>
    static abstract Vector128<float> Part(V vector, [ConstantExpected] int part);

    static abstract V AddInt32(V a, V b);

    static abstract V SubtractInt32(V a, V b);

    static abstract V ShiftLeft(V a, [ConstantExpected] int bits);

    static abstract V ShiftRight(V a, [ConstantExpected] int bits);

    static abstract V ShiftRightLogical(V a, [ConstantExpected] int bits);

    static abstract V EqualInt32(V a, V b);

    static abstract V GreaterInt32(V a, V b);

    /// <summary>Integer bits from whole numbers; undefined outside the range of an integer.</summary>
    static abstract V ToInt32(V a);

    /// <summary>Floats from integer bits.</summary>
    static abstract V FromInt32(V a);

    /// <summary>a * 2^exponent, rounded once; the exponent is a whole number in [-300, 300].</summary>
    static abstract V ScaleByPowerOfTwo(V a, V exponent);
}

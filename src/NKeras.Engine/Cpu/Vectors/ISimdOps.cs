using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>
/// The operations vector kernels are written in, so that each kernel is written once and compiled for every width.
/// </summary>
/// <remarks>
/// The operations whose names end in Int32 read the bits of lanes as integers. Reinterpreting costs nothing, and one
/// type parameter is enough.
/// </remarks>
internal unsafe interface ISimdOps<V> : ISimdArithmetic<V>
    where V : struct
{
    /// <summary>A mask of the first <paramref name="count"/> lanes.</summary>
    static abstract V Mask(int count);

    /// <summary>Reads only the lanes of a mask of the first lanes, at least one; the others are zero.</summary>
    static abstract V Load(float* source, V mask);

    /// <summary>Writes only the lanes of a mask of the first lanes.</summary>
    static abstract void Store(float* target, V value, V mask);

    /// <summary>A mask from bytes that are 0 or 1.</summary>
    static abstract V LoadBool(byte* source);

    /// <summary>Bytes that are 0 or 1 from a mask.</summary>
    static abstract void StoreBool(byte* target, V mask);

    /// <summary>Lanes with the bits of an integer.</summary>
    static abstract V SplatBits(int value);

    static abstract V Subtract(V a, V b);

    static abstract V Multiply(V a, V b);

    static abstract V And(V a, V b);

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

    /// <summary>The smaller; NaN if either is.</summary>
    static abstract V Minimum(V a, V b);

    /// <summary>The smaller; NaN as for <see cref="ISimdArithmetic{V}.MaxNative"/>.</summary>
    static abstract V MinNative(V a, V b);

    static abstract V Less(V a, V b);

    static abstract V LessEqual(V a, V b);

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

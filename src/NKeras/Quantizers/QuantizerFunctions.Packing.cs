namespace NKeras;

public static partial class QuantizerFunctions
{
    private static readonly int[] s_ternaryPlaces = [1, 3, 9, 27, 81];

    /// <summary>Puts two whole numbers of 4 bits into a byte.</summary>
    /// <param name="arr">Whole numbers between -8 and 7 (or 0 and 15), in type <paramref name="dtype"/>, of known shape.</param>
    /// <param name="axis">The axis along which neighbours share a byte, the first in the lower bits.</param>
    /// <param name="dtype">int8 (if omitted) or uint8.</param>
    /// <returns>The bytes, their shape, and the length of the axis before.</returns>
    /// <exception cref="ArgumentException">The type is another.</exception>
    public static (Tensor Packed, Shape PackedShape, int OrigLen) PackInt4(Tensor arr, int axis = 0, DType? dtype = null) => PackBits(arr, axis, dtype ?? DType.Int8, 4);

    /// <summary>Takes whole numbers of 4 bits out of bytes: undoes <see cref="PackInt4"/>.</summary>
    /// <param name="packed">The bytes, int8 or uint8.</param>
    /// <param name="origLen">The length of the axis before it was packed.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="dtype">int8 (if omitted) for numbers between -8 and 7, uint8 for 0 to 15.</param>
    /// <exception cref="ArgumentException">The type is another.</exception>
    public static Tensor UnpackInt4(Tensor packed, int origLen, int axis = 0, DType? dtype = null) => UnpackBits(packed, origLen, axis, dtype ?? DType.Int8, 4);

    /// <summary>Puts four whole numbers of 2 bits into a byte.</summary>
    /// <param name="arr">Whole numbers between -2 and 1 (or 0 and 3), in type <paramref name="dtype"/>, of known shape.</param>
    /// <param name="axis">The axis along which neighbours share a byte, the first in the lowest bits.</param>
    /// <param name="dtype">int8 (if omitted) or uint8.</param>
    /// <returns>The bytes, their shape, and the length of the axis before.</returns>
    /// <exception cref="ArgumentException">The type is another.</exception>
    public static (Tensor Packed, Shape PackedShape, int OrigLen) PackInt2(Tensor arr, int axis = 0, DType? dtype = null) => PackBits(arr, axis, dtype ?? DType.Int8, 2);

    /// <summary>Takes whole numbers of 2 bits out of bytes: undoes <see cref="PackInt2"/>.</summary>
    /// <param name="packed">The bytes, int8 or uint8.</param>
    /// <param name="origLen">The length of the axis before it was packed.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="dtype">int8 (if omitted) for numbers between -2 and 1, uint8 for 0 to 3.</param>
    /// <exception cref="ArgumentException">The type is another.</exception>
    public static Tensor UnpackInt2(Tensor packed, int origLen, int axis = 0, DType? dtype = null) => UnpackBits(packed, origLen, axis, dtype ?? DType.Int8, 2);

    /// <summary>Puts five of the numbers -1, 0 and 1 into a byte, as digits to base 3.</summary>
    /// <param name="arr">The numbers, of any type and known shape; others are rounded and clipped to these.</param>
    /// <param name="axis">The axis along which neighbours share a byte.</param>
    /// <returns>The bytes (uint8), their shape, and the length of the axis before.</returns>
    public static (Tensor Packed, Shape PackedShape, int OrigLen) PackTernary(Tensor arr, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(arr);
        Tensor digits = Ops.Add(Ops.Cast(Ops.Clip(Ops.Round(arr), -1, 1), DType.Int32), 1);
        // A number that only fills the last byte up is a zero, whose digit is 1.
        return Pack(digits, axis, s_ternaryPlaces, DType.UInt8, filler: 1);
    }

    /// <summary>Takes the numbers -1, 0 and 1 out of bytes: undoes <see cref="PackTernary"/>.</summary>
    /// <param name="packed">The bytes, uint8 or int8.</param>
    /// <param name="origLen">The length of the axis before it was packed.</param>
    /// <param name="axis">The axis.</param>
    /// <returns>The numbers, int8.</returns>
    /// <exception cref="ArgumentException">The type is another.</exception>
    public static Tensor UnpackTernary(Tensor packed, int origLen, int axis = 0) =>
        Unpack(packed, origLen, axis, DType.Int8, s_ternaryPlaces, (codes, place) => Ops.Subtract(Ops.Mod(Ops.FloorDivide(codes, place), 3), 1));

    private static (Tensor Packed, Shape PackedShape, int OrigLen) PackBits(Tensor arr, int axis, DType dtype, int bits)
    {
        ArgumentNullException.ThrowIfNull(arr);
        CheckByte(dtype, nameof(dtype));
        if (arr.DType != dtype) throw new ArgumentException($"What is packed into {dtype} is {dtype}, too; received {arr.DType}.", nameof(arr));
        return Pack(Ops.BitwiseAnd(Ops.Cast(arr, DType.Int32), (1 << bits) - 1), axis, Places(bits), dtype, filler: 0);
    }

    private static Tensor UnpackBits(Tensor packed, int origLen, int axis, DType dtype, int bits)
    {
        CheckByte(dtype, nameof(dtype));
        int half = dtype == DType.Int8 ? 1 << (bits - 1) : 0;
        return Unpack(packed, origLen, axis, dtype, Places(bits), (codes, place) =>
        {
            Tensor field = Ops.BitwiseAnd(Ops.RightShift(codes, int.Log2(place)), (1 << bits) - 1);
            return half == 0 ? field : Ops.Subtract(Ops.BitwiseXor(field, half), half);
        });
    }

    /// <summary>The values of a byte's digits of so many bits.</summary>
    private static int[] Places(int bits) => [.. Enumerable.Range(0, 8 / bits).Select(i => 1 << (i * bits))];

    private static (Tensor Packed, Shape PackedShape, int OrigLen) Pack(Tensor digits, int axis, int[] places, DType dtype, int filler)
    {
        Tensor front = Ops.Moveaxis(digits, axis, 0);
        int length = front.Shape[0] ?? throw new ArgumentException($"Only tensors of known shape can be packed; received {digits.Shape}.", nameof(digits));
        int bytes = (length + places.Length - 1) / places.Length;
        // Zeros fill up; shifted before and back after, they are the filler.
        Tensor full = Ops.Add(PadFront(Ops.Subtract(front, filler), bytes * places.Length), filler);
        Tensor groups = Ops.Reshape(full, new Shape([bytes, places.Length, .. front.Shape.Dims[1..]]));
        Tensor weights = Ops.Reshape(Tensor.From(places, [places.Length]), new Shape([1, places.Length, .. Enumerable.Repeat(1, front.Rank - 1)]));
        Tensor codes = Ops.Sum(Ops.Multiply(groups, weights), 1);
        if (dtype == DType.Int8) codes = Ops.Where(Ops.Greater(codes, sbyte.MaxValue), Ops.Subtract(codes, 256), codes);
        Tensor packed = Ops.Moveaxis(Ops.Cast(codes, dtype), 0, axis);
        return (packed, packed.Shape, length);
    }

    private static Tensor Unpack(Tensor packed, int origLen, int axis, DType dtype, int[] places, Func<Tensor, int, Tensor> digit)
    {
        ArgumentNullException.ThrowIfNull(packed);
        CheckByte(packed.DType, nameof(packed));
        Tensor front = Ops.Moveaxis(packed, axis, 0);
        Tensor codes = Ops.BitwiseAnd(Ops.Cast(front, DType.Int32), byte.MaxValue);
        Tensor digits = Ops.Stack([.. places.Select(p => digit(codes, p))], axis: 1);
        Tensor whole = Ops.Reshape(digits, new Shape([Shape.Unknown, .. front.Shape.Dims[1..]]));
        return Ops.Moveaxis(Ops.Cast(whole[..origLen], dtype), 0, axis);
    }

    private static void CheckByte(DType dtype, string name)
    {
        if (dtype != DType.Int8 && dtype != DType.UInt8) throw new ArgumentException($"What is packed into bytes is int8 or uint8; received {dtype}.", name);
    }
}

using System.Buffers.Binary;

namespace NKeras.Hdf5.Writing;

/// <summary>The messages that say what type and which dimensions elements have (HDF5 File Format Specification, IV.A.2.d and IV.A.2.b).</summary>
internal static class Encodings
{
    private const int MaxRank = 32;

    /// <summary>UTF-8 texts of their own length: pairs of a length and a place in a global heap.</summary>
    public static byte[] Text { get; } = [0x19, 0x01, 0x01, 0x00, .. U32(TextReferenceSize), .. Integer(1, isSigned: false)];

    /// <summary>What a text takes where it is an element: its length, a heap's address, an index.</summary>
    public const int TextReferenceSize = 16;

    /// <summary>The message for a type.</summary>
    /// <exception cref="ArgumentException">It cannot be written.</exception>
    public static byte[] Type(Hdf5Type type, string what) => (type.Class, type.Size) switch
    {
        (Hdf5TypeClass.Integer, 1 or 2 or 4 or 8) => Integer(type.Size, type.IsSigned),
        (Hdf5TypeClass.Float, 2) => Float(2, exponentBits: 5),
        (Hdf5TypeClass.Float, 4) => Float(4, exponentBits: 8),
        (Hdf5TypeClass.Float, 8) => Float(8, exponentBits: 11),
        (Hdf5TypeClass.Boolean, 1) => [0x18, 2, 0, 0, .. U32(1), .. Integer(1, isSigned: true), .. "FALSE\0\0\0TRUE\0\0\0\0"u8, 0, 1],
        (Hdf5TypeClass.Opaque, > 0) => [0x15, 0, 0, 0, .. U32(type.Size)],
        (Hdf5TypeClass.String, _) => throw new ArgumentException($"{what} cannot be of texts by their bytes: texts are written as attributes, from strings."),
        _ => throw new ArgumentException($"{what} cannot be written: there is no type {type.Class} of {type.Size} bytes."),
    };

    /// <summary>The message for dimensions, which are also the largest they may become.</summary>
    /// <exception cref="ArgumentException">There are too many, or one is negative.</exception>
    public static byte[] Space(ReadOnlySpan<long> shape, string what)
    {
        if (shape.Length > MaxRank)
            throw new ArgumentException($"{what} has {shape.Length} dimensions; HDF5 allows {MaxRank}.");
        byte[] message = new byte[8 + (16 * shape.Length)];
        message[0] = 1;
        message[1] = (byte)shape.Length;
        message[2] = (byte)(shape.Length == 0 ? 0 : 1);
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] < 0)
                throw new ArgumentException($"{what} has a dimension of {shape[i]}.");
            BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(8 + (8 * i)), shape[i]);
            BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(8 + (8 * (shape.Length + i))), shape[i]);
        }

        return message;
    }

    /// <summary>How many bytes elements take.</summary>
    /// <exception cref="ArgumentException">More than a file can have.</exception>
    public static long Bytes(Hdf5Type type, ReadOnlySpan<long> shape, string what)
    {
        UInt128 bytes = (UInt128)type.Size;
        bool empty = shape.Contains(0);
        foreach (long dimension in shape)
        {
            bytes *= empty ? 0 : (UInt128)dimension;
            if (bytes > long.MaxValue)
                throw new ArgumentException($"{what} of shape ({string.Join(", ", shape.ToArray())}) is larger than a file can be.");
        }

        return (long)bytes;
    }

    private static byte[] Integer(int size, bool isSigned) => [0x10, (byte)(isSigned ? 8 : 0), 0, 0, .. U32(size), .. U16(0), .. U16(8 * size)];

    private static byte[] Float(int size, int exponentBits)
    {
        int mantissaBits = (8 * size) - 1 - exponentBits;
        return
        [
            0x11, 0x20, (byte)((8 * size) - 1), 0, .. U32(size),
            .. U16(0), .. U16(8 * size), (byte)mantissaBits, (byte)exponentBits, 0, (byte)mantissaBits, .. U32((1 << (exponentBits - 1)) - 1),
        ];
    }

    private static byte[] U16(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] U32(int value) => [.. U16(value), .. U16(value >> 16)];
}

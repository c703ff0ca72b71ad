using System.Text;

namespace NKeras.Hdf5.Reading;

/// <summary>Reads datatype messages (HDF5 File Format Specification, IV.A.2.d).</summary>
internal static class DatatypeParser
{
    private const string Name = "datatype";
    private const int LittleEndianMask = 1;
    private const int SignedMask = 1 << 3;

    /// <summary>What kinds are listed only are called.</summary>
    private static readonly string[] s_classNames =
        ["integer", "float", "time", "string", "bit field", "opaque", "compound", "reference", "enumeration", "sequence of its own length", "array", "complex"];

    public static Datatype Read(ReadOnlySpan<byte> message, FieldSizes sizes)
    {
        Fields fields = new(message, sizes, Name);
        return Read(ref fields, inner: false);
    }

    private static Datatype Read(ref Fields fields, bool inner)
    {
        byte kind = fields.Byte();
        int version = kind >> 4;
        kind &= 15;
        int bits = (int)fields.Number(3);
        uint size = fields.UInt32();
        if (version is 0 or > 5)
            throw new BadContent($"its datatype has version {version}; supported are 1 to 5.");
        if (size is 0 or > int.MaxValue || kind >= s_classNames.Length)
            throw new BadContent($"its datatype is of kind {kind} and takes {size:N0} bytes; the file is damaged.");

        Datatype other = new(new Hdf5Type(Hdf5TypeClass.Other, (int)size), (int)size, s_classNames[kind]);
        return kind switch
        {
            0 or 4 => Integer(ref fields, bits, other),
            1 => Float(ref fields, bits, other),
            3 => new Datatype(new Hdf5Type(Hdf5TypeClass.String, (int)size), (int)size, "string") { Padding = PaddingOf(bits & 15) },
            5 => new Datatype(Hdf5Type.Opaque((int)size), (int)size, "opaque"),
            8 when !inner => Enumeration(ref fields, bits, version, other),
            9 when (bits & 15) == 1 => other with { Type = Hdf5Type.Text, Name = "string of its own length" },
            _ => other,
        };
    }

    private static Datatype Integer(ref Fields fields, int bits, Datatype other)
    {
        int offset = fields.UInt16(), precision = fields.UInt16();
        bool whole = offset == 0 && precision == 8 * other.StoredSize && other.StoredSize is 1 or 2 or 4 or 8;
        return !whole ? other with { Name = $"{other.Name} of {precision} bits in {other.StoredSize} bytes" } : other with
        {
            Type = new Hdf5Type(Hdf5TypeClass.Integer, other.StoredSize, (bits & SignedMask) != 0),
            IsBigEndian = (bits & LittleEndianMask) != 0,
        };
    }

    private static Datatype Float(ref Fields fields, int bits, Datatype other)
    {
        int offset = fields.UInt16(), precision = fields.UInt16();
        int exponentAt = fields.Byte(), exponentBits = fields.Byte(), mantissaAt = fields.Byte(), mantissaBits = fields.Byte();
        uint bias = fields.UInt32();
        FloatFormat format = new(other.StoredSize, bits >> 8 & 255, exponentAt, exponentBits, mantissaBits, (int)Math.Min(bias, int.MaxValue));

        // Bit 6 with bit 0 is the byte order of a VAX.
        bool ordinary = offset == 0 && mantissaAt == 0 && precision == 8 * other.StoredSize && (bits & 1 << 6) == 0;
        return !ordinary || format.Type is not { } type
            ? other with { Name = $"float of {precision} bits with an exponent of {exponentBits}" }
            : other with { Type = type, IsBigEndian = (bits & LittleEndianMask) != 0 };
    }

    private static TextPadding PaddingOf(int padding) => padding <= 2 ? (TextPadding)padding
        : throw new BadContent($"its texts are padded in the unknown way {padding}; the file is damaged.");

    /// <summary>Enumerations are the whole numbers that they are made of; h5py's truth values are one of FALSE and TRUE.</summary>
    private static Datatype Enumeration(ref Fields fields, int bits, int version, Datatype other)
    {
        Datatype inner = Read(ref fields, inner: true);
        if (inner.Type.Class != Hdf5TypeClass.Integer || inner.StoredSize != other.StoredSize)
            return other;
        int count = bits & 0xffff;
        if (count != 2 || inner.StoredSize != 1)
            return inner;
        bool truth = NextName(ref fields, version) == "FALSE" & NextName(ref fields, version) == "TRUE"
            && fields.Take(2).SequenceEqual<byte>([0, 1]);
        return truth ? inner with { Type = Hdf5Type.Boolean } : inner;
    }

    private static string NextName(ref Fields fields, int version)
    {
        StringBuilder name = new();
        int start = fields.Position;
        for (byte next = fields.Byte(); next != 0; next = fields.Byte())
            name.Append((char)next);
        if (version < 3)
            fields.Skip((8 - ((fields.Position - start) % 8)) % 8);
        return name.ToString();
    }
}

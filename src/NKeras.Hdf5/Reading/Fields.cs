using System.Buffers.Binary;
using System.Text;

namespace NKeras.Hdf5.Reading;

/// <summary>How many bytes addresses and lengths take in a file.</summary>
internal readonly record struct FieldSizes(int Address, int Length);

/// <summary>Reads the fields of a structure one after the other, and refuses to read past its end.</summary>
internal ref struct Fields(ReadOnlySpan<byte> bytes, FieldSizes sizes, string structure)
{
    /// <summary>The address of what is not there.</summary>
    public const long Undefined = -1;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly int Position => _position;

    public readonly int Remaining => _bytes.Length - _position;

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A number without a sign of 0 to 8 bytes.</summary>
    public ulong Number(int size)
    {
        ReadOnlySpan<byte> field = Take(size);
        ulong value = 0;
        for (int i = size - 1; i >= 0; i--)
            value = value << 8 | field[i];
        return value;
    }

    /// <summary>A number that must not be above what a long holds.</summary>
    public long Count(int size)
    {
        ulong value = Number(size);
        return value <= long.MaxValue ? (long)value : throw new BadContent($"a number of its {structure} is too large; the file is damaged.");
    }

    /// <summary>An address, or <see cref="Undefined"/>.</summary>
    public long Address()
    {
        ulong value = Number(sizes.Address);
        return value == ulong.MaxValue >> (64 - (8 * sizes.Address)) ? Undefined
            : value <= long.MaxValue ? (long)value
            : throw new BadContent($"an address of its {structure} is too large; the file is damaged.");
    }

    /// <summary>A length of something in the file.</summary>
    public long Length() => Count(sizes.Length);

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Remaining)
            throw new BadContent($"its {structure} is cut off; the file is damaged.");
        ReadOnlySpan<byte> taken = _bytes.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    public void Skip(long count) => Take(count);

    /// <summary>Refuses a structure that does not begin with its four letters.</summary>
    public void Signature(ReadOnlySpan<byte> expected)
    {
        if (!Take(4).SequenceEqual(expected))
            throw new BadContent($"there is no {structure} ('{Encoding.ASCII.GetString(expected)}') where one should be; the file is damaged.");
    }

    /// <summary>A version, which must be one of those given.</summary>
    public byte Version(byte first, byte last)
    {
        byte version = Byte();
        return version >= first && version <= last ? version
            : throw new BadContent($"its {structure} has version {version}; supported are {first} to {last}.");
    }
}

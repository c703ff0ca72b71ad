using System.Buffers.Binary;
using System.Diagnostics;

namespace NKeras.Hdf5.Writing;

/// <summary>Writes little-endian numbers forwards to a stream, counting.</summary>
internal sealed class ByteWriter(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _used;

    /// <summary>What was written, from the first byte on.</summary>
    public long Position { get; private set; }

    /// <summary>A size with what it takes to reach a multiple of 8, to which everything in the file is aligned.</summary>
    public static long Padded(long size) => (size + 7) & ~7L;

    public void U8(int value)
    {
        Span<byte> bytes = [checked((byte)value)];
        Bytes(bytes);
    }

    public void U16(int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, checked((ushort)value));
        Bytes(bytes);
    }

    public void U32(long value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, checked((uint)value));
        Bytes(bytes);
    }

    /// <summary>8 bytes; -1 is the address of what is nowhere.</summary>
    public void U64(long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Bytes(bytes);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Position += bytes.Length;
        if (bytes.Length > _buffer.Length - _used)
            Flush();
        if (bytes.Length > _buffer.Length)
        {
            stream.Write(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Bytes, and zeros up to a multiple of 8 of their number.</summary>
    public void PaddedBytes(ReadOnlySpan<byte> bytes)
    {
        Bytes(bytes);
        Zeros(Padded(bytes.Length) - bytes.Length);
    }

    /// <summary>A name: its bytes, a zero, and zeros up to a multiple of 8 of their number.</summary>
    public void Name(ReadOnlySpan<byte> name)
    {
        Bytes(name);
        Zeros(Padded(name.Length + 1L) - name.Length);
    }

    public void Zeros(long count)
    {
        ReadOnlySpan<byte> zeros = stackalloc byte[64];
        for (; count > 0; count -= Math.Min(count, zeros.Length))
            Bytes(zeros[..(int)Math.Min(count, zeros.Length)]);
    }

    /// <summary>Zeros up to an address. It has been laid out before, so that being past it is our mistake.</summary>
    public void PadTo(long address)
    {
        if (Position > address)
            throw new UnreachableException($"What comes before {address} took {Position} bytes.");
        Zeros(address - Position);
    }

    /// <summary>A dataset's elements, which it writes itself.</summary>
    public void Dataset(DatasetContent dataset)
    {
        Flush();
        using SizedStream sized = new(stream, dataset);
        dataset.Write(sized);
        sized.CheckComplete();
        Position += dataset.Bytes;
    }

    public void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using NKeras.Engine;

namespace NKeras.Npy;

/// <summary>Reads and writes NumPy's .npy format, one array per file.</summary>
/// <remarks>
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1 to 3. Files may be hostile: sizes are
/// checked before memory is taken for them, and arrays of Python objects are refused.
/// </remarks>
internal static class NpyFile
{
    /// <summary>The longest data that one tensor holds, in bytes.</summary>
    public const long MaxBytes = int.MaxValue - 64;

    // NumPy's headers are padded so that the data starts at a multiple of this.
    private const int Alignment = 64;

    // A header of numbers takes about a hundred bytes; NumPy itself refuses more than ten thousand.
    private const int MaxHeaderLength = 10_000;

    /// <summary>How many bytes come before the data at the most.</summary>
    public const int MaxDataOffset = MaxHeaderLength + 12;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads an array.</summary>
    /// <param name="stream">The file from its start; what follows the array stays unread.</param>
    /// <param name="length">How many bytes the stream still has.</param>
    /// <param name="name">The file's name in error messages.</param>
    /// <returns>A tensor of the array's shape and type, in row-major order.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or truncated, or holds something else than numbers.</exception>
    public static Tensor Read(Stream stream, long length, string name)
    {
        NpyHeader header = ReadHeader(stream, length, name);
        ConcreteTensor result = ConcreteTensor.Allocate(new TensorSpec(new Shape(header.Dims), header.DType));
        ReadData(stream, header, ((HostStorage)result.Data).Bytes, name);
        return result;
    }

    /// <summary>Reads what comes before an array's data.</summary>
    /// <param name="stream">The file from its start; the data is read next.</param>
    /// <param name="length">How many bytes the file has from there, whether or not the stream has them all.</param>
    /// <param name="name">The file's name in error messages.</param>
    /// <exception cref="InvalidDataException">The file is damaged or truncated, or holds something else than numbers.</exception>
    public static NpyHeader ReadHeader(Stream stream, long length, string name) => Within(name, () =>
    {
        NpyHeader header = ReadHeader(stream, out int headerLength);
        return header.ByteLength <= length - headerLength
            ? header
            : throw new InvalidDataException($"expected {header.ByteLength} bytes of data (shape {new Shape(header.Dims)}, type {header.DType}), received {Math.Max(0, length - headerLength)}");
    });

    /// <summary>Reads an array's data after its header.</summary>
    /// <param name="stream">The file, behind the header.</param>
    /// <param name="header">The header.</param>
    /// <param name="data">Gets the elements, in row-major order, in this machine's order of bytes: <see cref="NpyHeader.ByteLength"/>.</param>
    /// <param name="name">The file's name in error messages.</param>
    /// <exception cref="InvalidDataException">The file ends too early.</exception>
    public static void ReadData(Stream stream, NpyHeader header, Span<byte> data, string name)
    {
        if (stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length) throw TooShort(name);
        Normalize(header, data);
    }

    /// <summary>Writes an array as NumPy does: version 1.0, little-endian, row-major.</summary>
    /// <exception cref="NotSupportedException">The element type is one that NumPy lacks (<c>bfloat16</c>).</exception>
    public static void Write(Stream stream, Tensor tensor)
    {
        string text = new NpyHeader(tensor.DType, BigEndian: false, FortranOrder: false, tensor.Shape.Dims.ToArray()).ToString();
        int prefix = Magic.Length + 2 + sizeof(ushort);
        // The last character is a line feed; spaces fill up to the next multiple.
        int total = (prefix + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        byte[] header = new byte[total];
        Magic.CopyTo(header);
        header[Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(prefix - sizeof(ushort)), (ushort)(total - prefix));
        Encoding.Latin1.GetBytes(text.PadRight(total - prefix - 1) + '\n', header.AsSpan(prefix));
        stream.Write(header);

        byte[] data = new byte[tensor.Data.ByteLength];
        tensor.Data.CopyTo(data);
        if (!BitConverter.IsLittleEndian) ReverseElements(data, tensor.DType.Size);
        stream.Write(data);
    }

    private static T Within<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException e)
        {
            throw TooShort(name, e);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"Could not read {name} as an array: {e.Message}.", e);
        }
    }

    private static InvalidDataException TooShort(string name, Exception? e = null) => new($"Could not read {name} as an array: it ends too early.", e);

    private static NpyHeader ReadHeader(Stream stream, out int length)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        stream.ReadExactly(start);
        if (!start.StartsWith(Magic)) throw new InvalidDataException("it does not start with NumPy's signature");
        (byte major, byte minor) = (start[^2], start[^1]);
        if (major is < 1 or > 3 || minor != 0) throw new InvalidDataException($"expected format version 1.0, 2.0 or 3.0, received {major}.{minor}");

        Span<byte> size = stackalloc byte[major == 1 ? sizeof(ushort) : sizeof(uint)];
        stream.ReadExactly(size);
        uint textLength = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (textLength > MaxHeaderLength) throw new InvalidDataException($"its header is {textLength} bytes long; expected at most {MaxHeaderLength}");
        byte[] text = new byte[textLength];
        stream.ReadExactly(text);
        length = start.Length + size.Length + text.Length;
        return NpyHeader.Parse((major == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), MaxBytes);
    }

    private static void Normalize(NpyHeader header, Span<byte> data)
    {
        if (header.BigEndian == BitConverter.IsLittleEndian) ReverseElements(data, header.DType.Size);
        if (header.FortranOrder) ToRowMajor(data, header.Dims, header.DType.Size);
        if (header.DType == DType.Bool)
        {
            // NumPy takes every byte but 0 for true; kernels rely on 1.
            foreach (ref byte b in data) b = b != 0 ? (byte)1 : (byte)0;
        }
    }

    private static void ReverseElements(Span<byte> data, int size)
    {
        switch (size)
        {
            case 1:
                break;
            case 2:
                Span<ushort> two = MemoryMarshal.Cast<byte, ushort>(data);
                BinaryPrimitives.ReverseEndianness(two, two);
                break;
            case 4:
                Span<uint> four = MemoryMarshal.Cast<byte, uint>(data);
                BinaryPrimitives.ReverseEndianness(four, four);
                break;
            default:
                Span<ulong> eight = MemoryMarshal.Cast<byte, ulong>(data);
                BinaryPrimitives.ReverseEndianness(eight, eight);
                break;
        }
    }

    private static void ToRowMajor(Span<byte> data, int[] dims, int size)
    {
        if (data.Length == 0 || dims.Length < 2) return;
        byte[] source = data.ToArray();
        int[] strides = new int[dims.Length];
        for (int axis = 0, stride = size; axis < dims.Length; stride *= dims[axis++]) strides[axis] = stride;

        int[] index = new int[dims.Length];
        int from = 0;
        for (int to = 0; to < data.Length; to += size)
        {
            source.AsSpan(from, size).CopyTo(data[to..]);
            // The last axis moves fastest, as on an odometer.
            for (int axis = dims.Length - 1; axis >= 0; axis--)
            {
                from += strides[axis];
                if (++index[axis] < dims[axis]) break;
                from -= strides[axis] * dims[axis];
                index[axis] = 0;
            }
        }
    }
}

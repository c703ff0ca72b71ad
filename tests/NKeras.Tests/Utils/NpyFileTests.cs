using System.Buffers.Binary;
using System.Text;
using NKeras.Npy;

namespace NKeras.Tests;

public sealed class NpyFileTests
{
    public static TheoryData<string, byte[], string, double> Elements => new()
    {
        { "|b1", [1], "bool", 1 },
        { "|b1", [7], "bool", 1 },
        { "|u1", [200], "uint8", 200 },
        { "|i1", [0xFE], "int8", -2 },
        { "<u1", [3], "uint8", 3 },
        { "<u2", [0x34, 0x12], "uint16", 0x1234 },
        { ">u2", [0x12, 0x34], "uint16", 0x1234 },
        { "<i2", [0xFE, 0xFF], "int16", -2 },
        { "<u4", [0x78, 0x56, 0x34, 0x12], "uint32", 0x12345678 },
        { ">i4", [0xFF, 0xFF, 0xFF, 0xFE], "int32", -2 },
        { "<u8", [2, 1, 0, 0, 0, 0, 0, 0], "uint64", 258 },
        { ">i8", [0, 0, 0, 0, 0, 0, 1, 2], "int64", 258 },
        { "<i8", [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "int64", -2 },
        { "<f2", [0x00, 0x3E], "float16", 1.5 },
        { ">f2", [0x3E, 0x00], "float16", 1.5 },
        { "<f4", [0, 0, 0xC0, 0x3F], "float32", 1.5 },
        { ">f4", [0x3F, 0xC0, 0, 0], "float32", 1.5 },
        { "<f8", [0, 0, 0, 0, 0, 0, 0xF8, 0x3F], "float64", 1.5 },
        { ">f8", [0x3F, 0xF8, 0, 0, 0, 0, 0, 0], "float64", 1.5 },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void Every_element_type_is_read_in_both_byte_orders(string descr, byte[] element, string dtype, double value)
    {
        Tensor tensor = Read(Npy(1, $"{{'descr': '{descr}', 'fortran_order': False, 'shape': (2,), }}", [.. element, .. element]));
        Assert.Equal(dtype, tensor.DType.Name);
        Assert.Equal([value, value], Doubles(tensor));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_format_version_is_read(byte version) =>
        Assert.Equal([5, 6, 7], Read(Npy(version, Header("|u1", "(3,)"), [5, 6, 7])).ToArray<byte>());

    [Theory]
    [InlineData("()", 1)]
    [InlineData("(1,)", 1)]
    [InlineData("(2, 3)", 6)]
    [InlineData("(2, 3,)", 6)]
    [InlineData("(2L, 3L)", 6)]
    [InlineData("(0,)", 0)]
    [InlineData("(4, 0, 2)", 0)]
    public void Shapes_are_read_as_Python_writes_them(string shape, int size) =>
        Assert.Equal(size, Read(Npy(1, Header("|u1", shape), new byte[size])).Shape.Size);

    [Fact]
    public void White_space_quotes_and_the_order_of_keys_do_not_matter() =>
        Assert.Equal(new Shape([2]), Read(Npy(1, "{ \"shape\" : ( 2 , ) ,\n'fortran_order':False,'descr':'|u1'}  \n", [1, 2])).Shape);

    [Fact]
    public void Column_major_arrays_become_row_major()
    {
        // NumPy: np.asfortranarray(np.arange(12, dtype="<u2").reshape(2, 3, 2))
        ushort[] stored = [0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11];
        byte[] data = [.. stored.SelectMany(v => new byte[] { (byte)v, 0 })];
        Tensor tensor = Read(Npy(1, "{'descr': '<u2', 'fortran_order': True, 'shape': (2, 3, 2), }", data));
        Assert.Equal(new Shape([2, 3, 2]), tensor.Shape);
        Assert.Equal([.. Enumerable.Range(0, 12).Select(i => (ushort)i)], tensor.ToArray<ushort>());
    }

    [Fact]
    public void What_is_written_is_what_NumPy_writes()
    {
        byte[] header = [.. "\u0093NUMPY\u0001\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }".PadRight(127).Select(c => (byte)c), (byte)'\n'];
        Assert.Equal([.. header, 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0], Written(Tensor.From<float>([1.5f, -2], [2, 1])));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        foreach (Tensor tensor in new[]
        {
            Tensor.From<bool>([true, false]), Tensor.From<byte>([1, 2], [1, 2]), Tensor.From<sbyte>([-1]), Tensor.From<ushort>([1]), Tensor.From<short>([-1]),
            Tensor.From<uint>([1]), Tensor.From<int>([-1, 2, 3, 4], [2, 1, 2]), Tensor.From<ulong>([1]), Tensor.From<long>([-1]),
            Tensor.From<Half>([(Half)1.5]), Tensor.From<float>([1.5f], Shape.Scalar), Tensor.From<double>([], [0, 3]),
        })
        {
            Tensor back = Read(Written(tensor));
            Assert.Equal(tensor.Shape, back.Shape);
            Assert.Same(tensor.DType, back.DType);
            Assert.Equal(Doubles(tensor), Doubles(back));
        }
    }

    [Theory]
    [InlineData("|O", "Python objects")]
    [InlineData("<c8", "<c8")]
    [InlineData("<U5", "<U5")]
    [InlineData("|S3", "|S3")]
    [InlineData("<M8[ns]", "<M8[ns]")]
    [InlineData("|f4", "|f4")]
    [InlineData("=f4", "=f4")]
    [InlineData("", "''")]
    [InlineData("<f16", "<f16")]
    public void Elements_that_no_tensor_holds_are_refused_by_name(string descr, string named)
    {
        InvalidDataException error = Refuses(Npy(1, Header(descr, "(1,)"), new byte[64]));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("test.npy", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{'descr': '|u1', 'fortran_order': False}")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': 0, 'shape': (1,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': 1, }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'x': 1}")]
    [InlineData("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), } + 1")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,), }")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647,), }")]
    public void A_malformed_header_is_refused(string header) => Refuses(Npy(1, header, new byte[64]));

    [Fact]
    public void Too_many_dimensions_are_refused() =>
        Refuses(Npy(1, Header("|u1", $"({string.Concat(Enumerable.Repeat("1, ", 65))})"), [1]));

    [Fact]
    public void Truncated_data_is_refused_before_memory_is_taken()
    {
        byte[] file = Npy(1, Header("<f8", "(200000000,)"), new byte[8]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refuses(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Other_versions_signatures_and_header_lengths_are_refused()
    {
        byte[] good = Npy(2, Header("|u1", "(1,)"), [1]);
        foreach ((int at, byte value) in new (int, byte)[] { (0, 0), (5, (byte)'X'), (6, 0), (6, 4), (7, 1), (11, 0x7F) })
        {
            byte[] bad = [.. good];
            bad[at] = value;
            Refuses(bad);
        }
    }

    [Fact]
    public void Damaged_files_are_refused_or_read_but_never_crash()
    {
        byte[] good = Npy(1, Header("<f4", "(3, 4)"), new byte[48]);
        Random random = new(11);
        for (int round = 0; round < 5000; round++)
        {
            byte[] bad = good.AsSpan(..(round % 3 == 0 ? random.Next(good.Length) : good.Length)).ToArray();
            for (int i = random.Next(4); i > 0 && bad.Length > 0; i--) bad[random.Next(Math.Min(bad.Length, 80))] = (byte)random.Next(256);
            try
            {
                Assert.InRange(Read(bad).Data.ByteLength, 0, good.Length);
            }
            catch (InvalidDataException)
            {
                // The only failure there may be.
            }
        }
    }

    private static string Header(string descr, string shape) => $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}";

    private static byte[] Npy(byte version, string header, byte[] data)
    {
        byte[] length = new byte[version == 1 ? 2 : 4];
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        else BinaryPrimitives.WriteInt32LittleEndian(length, header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(header), .. data];
    }

    private static Tensor Read(byte[] file) => NpyFile.Read(new MemoryStream(file), file.Length, "test.npy");

    private static InvalidDataException Refuses(byte[] file) => Assert.Throws<InvalidDataException>(() => Read(file));

    private static byte[] Written(Tensor tensor)
    {
        using MemoryStream stream = new();
        NpyFile.Write(stream, tensor);
        return stream.ToArray();
    }

    private static double[] Doubles(Tensor tensor) => tensor.DType.Name switch
    {
        "bool" => [.. tensor.ToArray<bool>().Select(v => v ? 1.0 : 0)],
        "uint8" => [.. tensor.ToArray<byte>()],
        "int8" => [.. tensor.ToArray<sbyte>()],
        "uint16" => [.. tensor.ToArray<ushort>()],
        "int16" => [.. tensor.ToArray<short>()],
        "uint32" => [.. tensor.ToArray<uint>()],
        "int32" => [.. tensor.ToArray<int>()],
        "uint64" => [.. tensor.ToArray<ulong>()],
        "int64" => [.. tensor.ToArray<long>()],
        "float16" => [.. tensor.ToArray<Half>().Select(v => (double)v)],
        "float32" => [.. tensor.ToArray<float>()],
        _ => tensor.ToArray<double>(),
    };
}

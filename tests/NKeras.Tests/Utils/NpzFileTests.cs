using System.IO.Compression;
using NKeras.Npy;

namespace NKeras.Tests;

public sealed class NpzFileTests
{
    private static readonly (string Name, Tensor Value)[] s_arrays =
    [
        ("x", Tensor.From<float>([1, 2, 3, 4], [2, 2])),
        ("sub/y", Tensor.From<long>([7])),
        ("zeros", Tensor.From(new byte[100_000])),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_is_read_back(bool compressed)
    {
        using NpzFile npz = Open(Written(compressed));
        Assert.Equal(["x", "sub/y", "zeros"], npz.Names);
        Assert.Equal([1, 2, 3, 4], npz.Read("x").ToArray<float>());
        Assert.Equal([7], npz.Read("sub/y").ToArray<long>());
        Assert.Equal(new byte[100_000], npz.Read("zeros").ToArray<byte>());
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes() => Assert.Equal(Written(false), Written(false));

    [Fact]
    public void Stored_means_stored()
    {
        Assert.True(Written(compressed: false).Length > 100_000);
        Assert.True(Written(compressed: true).Length < 10_000);
    }

    [Fact]
    public void A_file_from_Python_is_read()
    {
        using NpzFile npz = Open(Fixture.PythonNpz);
        Assert.Equal(["x_train", "y_train", "x_test", "y_test"], npz.Names);
        Assert.Equal(new Shape([3, 2, 2]), npz.Read("x_train").Shape);
        Assert.Equal([5, 0, 4], npz.Read("y_train").ToArray<byte>());
    }

    [Theory]
    [InlineData("y")]
    [InlineData("X")]
    [InlineData("x.npy")]
    public void A_name_must_be_exact(string name)
    {
        using NpzFile npz = Open(Written(false));
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => npz.Read(name));
        Assert.Contains("x, sub/y, zeros", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_arrays_of_one_name_are_refused()
    {
        using MemoryStream stream = new();
        NpzFile.Write(stream, [("a", Tensor.From<byte>([1])), ("a", Tensor.From<byte>([2]))]);
        Assert.Throws<InvalidDataException>(() => Open(stream.ToArray()));
    }

    [Fact]
    public void An_array_of_Python_objects_is_refused_by_name()
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("evil.npy").Open();
            string header = "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }";
            entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header.Select(c => (byte)c), 0x80, 4]);
        }

        using NpzFile npz = Open(stream.ToArray());
        Assert.Contains("evil.npy", Assert.Throws<InvalidDataException>(() => npz.Read("evil")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_bit_of_data_is_found()
    {
        byte[] file = Written(compressed: false);
        int data = file.AsSpan().IndexOf("NUMPY"u8) + 128;
        file[data] ^= 1;
        using NpzFile npz = Open(file);
        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => npz.Read("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_something_else_leaves_no_open_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("a.npz", [1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => NpzFile.Open(path));
        using FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damaged_files_are_refused_or_read_but_never_crash(bool compressed)
    {
        using MemoryStream stream = new();
        NpzFile.Write(stream, s_arrays[..2], compressed);
        byte[] good = stream.ToArray();
        Random random = new(13);
        for (int round = 0; round < 5000; round++)
        {
            byte[] bad = good.AsSpan(..(round % 4 == 0 ? random.Next(good.Length) : good.Length)).ToArray();
            for (int i = random.Next(4); i > 0 && bad.Length > 0; i--) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            try
            {
                using NpzFile npz = Open(bad);
                foreach (string name in npz.Names) Assert.InRange(npz.Read(name).Data.ByteLength, 0, 1 << 20);
            }
            catch (Exception e) when (e is InvalidDataException or KeyNotFoundException)
            {
                // A damaged name is another name.
            }
        }
    }

    private static NpzFile Open(byte[] content) => new(new MemoryStream(content), "test.npz");

    private static byte[] Written(bool compressed)
    {
        using MemoryStream stream = new();
        NpzFile.Write(stream, s_arrays, compressed);
        return stream.ToArray();
    }
}

using System.IO.Compression;
using System.Text;
using NKeras.Hdf5.Writing;

namespace NKeras.Hdf5.Tests.Writing;

public sealed class Hdf5ContentTests
{
    private static readonly Hdf5Limits s_noLimits = new() { MaxDepth = 100_000 };

    /// <summary>What h5py 3.7 makes of NumPy's types: <c>h5py.h5t.py_create(dtype, logical=True).encode()</c>, without the two bytes before the message.</summary>
    public static TheoryData<Hdf5Type, string> TypeMessages { get; } = new()
    {
        { Hdf5Type.Int8, "100800000100000000000800" },
        { Hdf5Type.Int16, "100800000200000000001000" },
        { Hdf5Type.Int32, "100800000400000000002000" },
        { Hdf5Type.Int64, "100800000800000000004000" },
        { Hdf5Type.UInt8, "100000000100000000000800" },
        { Hdf5Type.UInt16, "100000000200000000001000" },
        { Hdf5Type.UInt32, "100000000400000000002000" },
        { Hdf5Type.UInt64, "100000000800000000004000" },
        { Hdf5Type.Float16, "11200F0002000000000010000A05000A0F000000" },
        { Hdf5Type.Float32, "11201F000400000000002000170800177F000000" },
        { Hdf5Type.Float64, "11203F000800000000004000340B0034FF030000" },
        { Hdf5Type.Boolean, "180200000100000010080000010000000000080046414C534500000054525545000000000001" },
        { Hdf5Type.Opaque(2), "1500000002000000" },
        { Hdf5Type.Opaque(5), "1500000005000000" },
    };

    /// <summary>And of shapes, from <c>h5py.h5s.create_simple(shape).encode()</c>.</summary>
    public static TheoryData<long[], string> SpaceMessages { get; } = new()
    {
        { [], "0100000000000000" },
        { [0], "010101000000000000000000000000000000000000000000" },
        { [3, 2], "01020100000000000300000000000000020000000000000003000000000000000200000000000000" },
    };

    [Theory]
    [MemberData(nameof(TypeMessages))]
    public void TypesAreEncodedAsH5pyDoes(Hdf5Type type, string expected) => Assert.Equal(expected, Convert.ToHexString(Encodings.Type(type, "It")));

    [Theory]
    [MemberData(nameof(SpaceMessages))]
    public void ShapesAreEncodedAsH5pyDoes(long[] shape, string expected) => Assert.Equal(expected, Convert.ToHexString(Encodings.Space(shape, "It")));

    [Fact]
    public void TextsAreEncodedAsInH5pysFiles() =>
        // The 20 bytes in a file of h5py 3.7 with f.attrs["name"] = "dense".
        Assert.Equal("1901010010000000100000000100000000000800", Convert.ToHexString(Encodings.Text));

    [Fact]
    public void RandomTreesAreReadBackAsTheyWere()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            RandomContent content = new(seed);
            using Hdf5File file = Hdf5File.Open(new MemoryStream(Bytes(content.ToContent())));
            content.AssertEqual(file.Root);
        }
    }

    [Fact]
    public void TheSameContentGivesTheSameBytes()
    {
        Hdf5Content content = new RandomContent(7).ToContent();
        byte[] first = Bytes(content);
        Assert.Equal(first, Bytes(content));
        Assert.Equal(first, Bytes(new RandomContent(7).ToContent()));
    }

    [Fact]
    public void AnEmptyFileIsAGroupWithoutMembers()
    {
        byte[] bytes = Bytes(new Hdf5Content());
        // Superblock, header with one message, B-tree node, local heap with its first name: sizes of the file format's specification.
        Assert.Equal(96 + (16 + 8 + 16) + 544 + (32 + 8), bytes.Length);
        using Hdf5File file = Hdf5File.Open(new MemoryStream(bytes));
        Assert.Empty(file.Root.Names);
        Assert.Empty(file.Root.Attributes);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(256)] // As many as one B-tree node leads to: 32 times 8.
    [InlineData(257)]
    [InlineData(8192)] // As two levels lead to.
    [InlineData(8193)]
    public void GroupsHaveAnyNumberOfMembers(int count)
    {
        Hdf5Content content = new();
        foreach (int i in Enumerable.Range(0, count)) content.AddDataset($"d{i}", Hdf5Type.Int32, [], stream => stream.Write(BitConverter.GetBytes(i)));
        using Hdf5File file = Hdf5File.Open(new MemoryStream(Bytes(content)));
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"d{i}").Order(StringComparer.Ordinal), file.Root.Names);
        byte[] value = new byte[4];
        for (int i = 0; i < count; i += 5)
        {
            ((Hdf5Dataset)file.Root[$"d{i}"]).Read(value);
            Assert.Equal(i, BitConverter.ToInt32(value));
        }
    }

    [Fact]
    public void NamesAreSortedByTheirBytes()
    {
        // By UTF-16, the second would come before the first.
        string[] names = ["\uE000", "😀"];
        Hdf5Content content = new();
        foreach (string name in names.Reverse()) content.Group(name);
        byte[] bytes = Bytes(content);
        int[] places = [.. names.Select(name => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)))];
        Assert.True(0 < places[0] && places[0] < places[1], $"{places[0]}, {places[1]}");
    }

    [Fact]
    public void GroupsMayBeNestedDeeply()
    {
        string path = string.Join('/', Enumerable.Repeat("g", 1000));
        Hdf5Content content = new();
        content.Group(path).SetAttribute("depth", Hdf5Type.Int32, [], BitConverter.GetBytes(1000));
        using Hdf5File file = Hdf5File.Open(new MemoryStream(Bytes(content)), s_noLimits);
        Assert.Equal(1000, BitConverter.ToInt32(file.Root[path].Attributes["depth"].ReadBytes()));
    }

    [Fact]
    public void TextsOfMegabytesAreAttributes()
    {
        string config = string.Concat(Enumerable.Repeat("{\"class_name\": \"Dense\"}, ", 200_000));
        Hdf5Content content = new();
        content.SetAttribute("model_config", config);
        content.SetAttribute("keras_version", "3.16.0");
        using Hdf5File file = Hdf5File.Open(new MemoryStream(Bytes(content)));
        Assert.Equal([config], file.Root.Attributes["model_config"].ReadTexts());
        Assert.Equal(["3.16.0"], file.Root.Attributes["keras_version"].ReadTexts());
    }

    [Fact]
    public void AnAttributeIsReplacedWhereItWas()
    {
        Hdf5Content content = new();
        content.SetAttribute("a", "first");
        content.SetAttribute("b", "other");
        content.SetAttribute("a", ["x", "y"]);
        using Hdf5File file = Hdf5File.Open(new MemoryStream(Bytes(content)));
        Assert.Equal(["x", "y"], file.Root.Attributes["a"].ReadTexts());
        Assert.Equal(2, file.Root.Attributes.Count);
        Assert.Equal(-1, Bytes(content).AsSpan().IndexOf("first"u8));
    }

    [Fact]
    public void FilesStreamForwardsIntoArchives()
    {
        RandomContent content = new(3);
        byte[] expected = Bytes(content.ToContent());
        MemoryStream target = new();
        using (ZipArchive archive = new(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream member = archive.CreateEntry("model.weights.h5").Open();
            Assert.False(member.CanSeek);
            content.ToContent().Write(member);
        }

        using ZipArchive read = new(target);
        using Stream copy = read.Entries[0].Open();
        MemoryStream actual = new();
        copy.CopyTo(actual);
        Assert.Equal(expected, actual.ToArray());
    }

    [Fact]
    public void DatasetsAreNeitherHeldNorBoundToFourGigabytes()
    {
        const int Piece = 1 << 20;
        byte[] piece = new byte[Piece];
        Hdf5Content content = new();
        content.AddDataset("first", Hdf5Type.UInt8, [5000, Piece], stream =>
        {
            for (int i = 0; i < 5000; i++) stream.Write(piece);
        });
        content.AddDataset("second", Hdf5Type.UInt8, [3], stream => stream.Write([1, 2, 3]));
        using Ends ends = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        content.Write(ends);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < Piece);
        Assert.Equal(0, ends.Length % 8);
        Assert.InRange(ends.Length, 5000L * Piece, (5000L * Piece) + 4096);

        using Hdf5File file = Hdf5File.Open(ends);
        byte[] second = new byte[3];
        ((Hdf5Dataset)file.Root["second"]).Read(second);
        Assert.Equal([1, 2, 3], second);
        Assert.Equal(5000L * Piece, ((Hdf5Dataset)file.Root["first"]).StoredBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData("a\0b")]
    public void PathsThatAreNoneAreRefused(string path)
    {
        Hdf5Content content = new();
        Assert.Throws<ArgumentException>(() => content.Group(path));
        Assert.Throws<ArgumentException>(() => content.AddDataset(path, Hdf5Type.Int8, [], _ => { }));
        Assert.Empty(content.Groups);
        Assert.Empty(content.Datasets);
    }

    [Fact]
    public void HalfASurrogatePairIsNoName() => Assert.Contains("surrogate", Assert.Throws<ArgumentException>(() => new Hdf5Content().Group("a/\uD800")).Message);

    [Fact]
    public void NothingIsAddedTwiceOrWithinADataset()
    {
        Hdf5Content content = new();
        content.AddDataset("a/b", Hdf5Type.Int8, [0], _ => { });
        Assert.Contains("\"/a/b\"", Assert.Throws<ArgumentException>(() => content.AddDataset("a/b", Hdf5Type.Int8, [0], _ => { })).Message);
        Assert.Contains("\"/a/b\"", Assert.Throws<ArgumentException>(() => content.Group("a").AddDataset("b", Hdf5Type.Int8, [0], _ => { })).Message);
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => content.AddDataset("a", Hdf5Type.Int8, [0], _ => { })).Message);
        Assert.Contains("\"/a/b\", which is a dataset", Assert.Throws<ArgumentException>(() => content.Group("a/b")).Message);
        Assert.Contains("\"/a/b\", which is a dataset", Assert.Throws<ArgumentException>(() => content.AddDataset("a/b/c", Hdf5Type.Int8, [0], _ => { })).Message);
        Assert.Same(content.Group("a/c"), content.Group("a").Group("c"));
    }

    [Fact]
    public void TypesAndShapesThatCannotBeWrittenAreRefused()
    {
        Hdf5Content content = new();
        Assert.Contains("\"/t\"", Assert.Throws<ArgumentException>(() => content.AddDataset("t", Hdf5Type.Text, [1], _ => { })).Message);
        Assert.Contains("Float of 3 bytes", Assert.Throws<ArgumentException>(() => content.AddDataset("t", new Hdf5Type(Hdf5TypeClass.Float, 3), [1], _ => { })).Message);
        Assert.Contains("dimension of -1", Assert.Throws<ArgumentException>(() => content.AddDataset("t", Hdf5Type.Int8, [-1], _ => { })).Message);
        Assert.Contains("33 dimensions", Assert.Throws<ArgumentException>(() => content.AddDataset("t", Hdf5Type.Int8, new long[33], _ => { })).Message);
        Assert.Contains("larger", Assert.Throws<ArgumentException>(() => content.AddDataset("t", Hdf5Type.Float64, [long.MaxValue, long.MaxValue, long.MaxValue], _ => { })).Message);
        // HDF5's own limit is 32 dimensions, and one of 0 makes the product of others harmless.
        content.AddDataset("t", Hdf5Type.Float64, [long.MaxValue, long.MaxValue, 0], _ => { });
        content.AddDataset("u", Hdf5Type.Int8, [.. Enumerable.Repeat(1L, 32)], stream => stream.WriteByte(5));
        using Hdf5File file = Hdf5File.Open(new MemoryStream(Bytes(content)));
        Assert.Equal(32, ((Hdf5Dataset)file.Root["u"]).Shape!.Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void DatasetsWriteExactlyTheirSize(int written)
    {
        Hdf5Content content = new();
        content.AddDataset("group/a", Hdf5Type.Float32, [1], stream => stream.Write(new byte[written]));
        Assert.Contains("\"/group/a\" takes 4 bytes", Assert.Throws<InvalidOperationException>(() => content.Write(new MemoryStream())).Message);
    }

    [Fact]
    public void AttributesTooLongForAHeaderAreRefusedByName()
    {
        Hdf5Content content = new();
        Hdf5Content group = content.Group("model_weights");
        string[] texts = [.. Enumerable.Range(0, 4100).Select(i => $"layer_{i}")];
        string message = Assert.Throws<ArgumentException>(() => group.SetAttribute("layer_names", texts)).Message;
        Assert.Contains("\"layer_names\" of \"/model_weights\"", message);
        Assert.Contains("65528", message);
        Assert.Throws<ArgumentException>(() => group.SetAttribute("a", Hdf5Type.Float32, [16384], new byte[65536]));
        group.SetAttribute("layer_names", texts[..4000]);
        using Hdf5File file = Hdf5File.Open(new MemoryStream(Bytes(content)));
        Assert.Equal(texts[..4000], file.Root["model_weights"].Attributes["layer_names"].ReadTexts());
    }

    [Fact]
    public void AttributesThatCannotBeReadBackAreRefused()
    {
        Hdf5Content content = new();
        Assert.Contains("\"a\" of \"/\"", Assert.Throws<ArgumentException>(() => content.SetAttribute("a", "x\0y")).Message);
        Assert.Contains("\"a\" of \"/\"", Assert.Throws<ArgumentException>(() => content.SetAttribute("a", ["x", "\uDC00"])).Message);
        Assert.Contains("null", Assert.Throws<ArgumentException>(() => content.SetAttribute("a", ["x", null!])).Message);
        Assert.Throws<ArgumentException>(() => content.SetAttribute("", "x"));
        Assert.Contains("takes 8 bytes, but the value has 7", Assert.Throws<ArgumentException>(() => content.SetAttribute("a", Hdf5Type.Int32, [2], new byte[7])).Message);
        Assert.Throws<ArgumentException>(() => content.SetAttribute("a", Hdf5Type.Text, [2], new byte[32]));
        using Hdf5File file = Hdf5File.Open(new MemoryStream(Bytes(content)));
        Assert.Empty(file.Root.Attributes);
    }

    private static byte[] Bytes(Hdf5Content content)
    {
        MemoryStream stream = new();
        content.Write(stream);
        return stream.ToArray();
    }

    /// <summary>A stream that keeps what is written at its beginning and its end: what is between reads as zeros.</summary>
    private sealed class Ends : Stream
    {
        private const int Kept = 1 << 16;

        private readonly byte[] _first = new byte[Kept];
        private readonly byte[] _last = new byte[Kept];
        private long _length;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            buffer[..(int)Math.Clamp(Kept - Position, 0, buffer.Length)].CopyTo(_first.AsSpan((int)Math.Min(Position, Kept)));
            int kept = Math.Min(buffer.Length, Kept);
            _last.AsSpan(kept).CopyTo(_last);
            buffer[^kept..].CopyTo(_last.AsSpan(Kept - kept));
            _length = Math.Max(_length, Position + buffer.Length);
            Position += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, Length - Position);
            for (int i = 0; i < count; i++)
            {
                long at = Position + i;
                buffer[i] = at < Kept ? _first[at] : at >= Length - Kept ? _last[at - (Length - Kept)] : (byte)0;
            }

            Position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) =>
            Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}

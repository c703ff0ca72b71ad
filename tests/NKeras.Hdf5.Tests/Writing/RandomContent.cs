namespace NKeras.Hdf5.Tests.Writing;

/// <summary>Random trees of groups and datasets, each of which can be written, and compared with a file.</summary>
internal sealed class RandomContent
{
    private static readonly Hdf5Type[] s_types =
    [
        Hdf5Type.Int8, Hdf5Type.Int16, Hdf5Type.Int32, Hdf5Type.Int64, Hdf5Type.UInt8, Hdf5Type.UInt16, Hdf5Type.UInt32, Hdf5Type.UInt64,
        Hdf5Type.Float16, Hdf5Type.Float32, Hdf5Type.Float64, Hdf5Type.Boolean, Hdf5Type.Opaque(1), Hdf5Type.Opaque(7),
    ];

    private readonly Random _random;
    private readonly Node _root;

    /// <summary>A tree; the same for the same seed.</summary>
    public RandomContent(int seed)
    {
        _random = new Random(seed);
        _root = Group(depth: 0);
    }

    private abstract record Value;

    private sealed record TextValue(string Text) : Value;

    private sealed record TextsValue(string[] Texts) : Value;

    private sealed record ArrayValue(Hdf5Type Type, long[] Shape, byte[] Bytes) : Value;

    /// <summary>A group, or a dataset if it has an array.</summary>
    private sealed record Node(Dictionary<string, Value> Attributes, Dictionary<string, Node> Members, ArrayValue? Array);

    public Hdf5Content ToContent()
    {
        Hdf5Content content = new();
        Fill(content, _root);
        return content;
    }

    public void AssertEqual(Hdf5Object actual) => AssertEqual(_root, actual);

    private static void Fill(Hdf5Content content, Node node)
    {
        foreach ((string name, Value value) in node.Attributes)
        {
            if (value is TextValue text) content.SetAttribute(name, text.Text);
            else if (value is TextsValue texts) content.SetAttribute(name, texts.Texts);
            else if (value is ArrayValue array) content.SetAttribute(name, array.Type, array.Shape, array.Bytes);
        }

        foreach ((string name, Node member) in node.Members)
        {
            if (member.Array is not { } array)
            {
                Fill(content.Group(name), member);
                continue;
            }

            content.AddDataset(
                name, array.Type, array.Shape, stream => InPieces(stream, array.Bytes), member.Attributes.ToDictionary(a => a.Key, a => ((TextValue)a.Value).Text));
        }
    }

    private static void InPieces(Stream stream, byte[] bytes)
    {
        int half = bytes.Length / 2;
        stream.Write(bytes, 0, half);
        if (half < bytes.Length) stream.WriteByte(bytes[half++]);
        stream.Write(bytes.AsSpan(half));
    }

    private static void AssertEqual(Node expected, Hdf5Object actual)
    {
        Assert.Equal(expected.Attributes.Keys.Order(StringComparer.Ordinal), actual.Attributes.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, Value value) in expected.Attributes) AssertEqual(value, actual.Attributes[name]);
        if (expected.Array is { } array)
        {
            Hdf5Dataset dataset = Assert.IsType<Hdf5Dataset>(actual);
            Assert.Equal(array.Type, dataset.Type);
            Assert.Equal(array.Shape, dataset.Shape);
            byte[] bytes = new byte[array.Bytes.Length];
            dataset.Read(bytes);
            Assert.Equal(array.Bytes, bytes);
            return;
        }

        Hdf5Group group = Assert.IsType<Hdf5Group>(actual);
        Assert.Equal(expected.Members.Keys.Order(StringComparer.Ordinal), group.Names.Order(StringComparer.Ordinal));
        foreach ((string name, Node member) in expected.Members) AssertEqual(member, group[name]);
    }

    private static void AssertEqual(Value expected, Hdf5Attribute actual)
    {
        switch (expected)
        {
            case TextValue text:
                Assert.Empty(actual.Shape!);
                Assert.Equal([text.Text], actual.ReadTexts());
                break;
            case TextsValue { Texts: [] }:
                // h5py takes an empty list for numbers.
                Assert.Equal(Hdf5Type.Float64, actual.Type);
                Assert.Equal([0L], actual.Shape!);
                break;
            case TextsValue texts:
                Assert.Equal([texts.Texts.Length], actual.Shape!);
                Assert.Equal(texts.Texts, actual.ReadTexts());
                break;
            case ArrayValue array:
                Assert.Equal(array.Type, actual.Type);
                Assert.Equal(array.Shape, actual.Shape);
                Assert.Equal(array.Bytes, actual.ReadBytes());
                break;
        }
    }

    private Node Group(int depth)
    {
        Dictionary<string, Value> attributes = [];
        for (int i = Pick(0, 0, 1, 3, depth == 0 ? 40 : 2); i > 0; i--)
        {
            attributes[Name()] = _random.Next(3) switch
            {
                0 => new TextValue(Text()),
                1 => new TextsValue([.. Enumerable.Range(0, Pick(0, 1, 2, 20)).Select(_ => Text())]),
                _ => Array(),
            };
        }

        Dictionary<string, Node> members = [];
        for (int i = depth > 2 ? 0 : Pick(0, 1, 2, 8, 9, depth == 0 ? 300 : 17); i > 0; i--) members[Name()] = _random.Next(3) == 0 ? Group(depth + 1) : Dataset();
        return new Node(attributes, members, Array: null);
    }

    private Node Dataset()
    {
        Dictionary<string, Value> attributes = [];
        for (int i = Pick(0, 0, 1, 3); i > 0; i--) attributes[Name()] = new TextValue(Text());
        return new Node(attributes, [], Array());
    }

    private ArrayValue Array()
    {
        Hdf5Type type = s_types[_random.Next(s_types.Length)];
        long[] shape = [.. Enumerable.Range(0, Pick(0, 1, 1, 2, 3, 6)).Select(_ => (long)Pick(1, 2, 3, 3, _random.Next(5) == 0 ? 0 : 4))];
        byte[] bytes = new byte[type.Size * shape.Aggregate(1L, (size, dim) => size * dim)];
        _random.NextBytes(bytes);
        if (type == Hdf5Type.Boolean)
        {
            foreach (ref byte b in bytes.AsSpan()) b &= 1;
        }

        return new ArrayValue(type, shape, bytes);
    }

    // Texts about as long as a global heap, too: those that fit into one of the least size, and those that do not.
    private string Text() => _random.Next(12) switch
    {
        0 => "",
        1 => new string('x', Pick(4056, 4063, 4064, 4065, 4072, 20_000)),
        2 => string.Concat(Enumerable.Repeat("é日本😀", _random.Next(1, 300))),
        _ => Word(40),
    };

    private string Name() => _random.Next(20) switch
    {
        0 => $"{Pick('é', '名', '\uE000')}{_random.Next(100)}",
        1 => $"😀{_random.Next(100)}",
        2 => new string('n', _random.Next(100, 3000)),
        _ => Word(12).Replace('/', '-') is var word && word == "." ? "_" : word,
    };

    private string Word(int most) => new([.. Enumerable.Range(0, _random.Next(1, most)).Select(_ => (char)_random.Next(' ', '~' + 1))]);

    private T Pick<T>(params ReadOnlySpan<T> values) => values[_random.Next(values.Length)];
}

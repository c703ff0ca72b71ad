using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace NKeras.Tests.Callbacks;

/// <summary>What TensorBoard finds in the event files of a folder, read by the formats' own rules.</summary>
internal sealed class EventLog
{
    private readonly List<(string Tag, long Step, ProtoReader Value)> _values = [];

    public EventLog(string folder)
    {
        foreach (string path in Directory.GetFiles(folder, "*tfevents*").Order(StringComparer.Ordinal)) Read(path);
    }

    /// <summary>The seconds since 1970 of every event.</summary>
    public List<double> Times { get; } = [];

    /// <summary>The graphs, as messages.</summary>
    public List<ProtoReader> Graphs { get; } = [];

    public IEnumerable<string> Tags => _values.Select(v => v.Tag).Distinct();

    public IEnumerable<string> TagsOf(string plugin) => _values.Where(v => v.Value.Message(9).Message(1).Text(1) == plugin).Select(v => v.Tag).Distinct();

    /// <summary>Steps and numbers of a scalar.</summary>
    public (long Step, float Value)[] Scalars(string tag) => [.. Of(tag, "scalars", 1).Select(v =>
    {
        ProtoReader tensor = v.Value.Message(8);
        Assert.Equal(1, tensor.Integer(1)); // DT_FLOAT
        Assert.Empty(tensor.Bytes(2)); // A scalar.
        return (v.Step, BinaryPrimitives.ReadSingleLittleEndian(tensor.Bytes(4)));
    })];

    /// <summary>Steps and buckets (from, to, how many) of a histogram.</summary>
    public (long Step, (double From, double To, double Count)[] Buckets)[] Histograms(string tag) => [.. Of(tag, "histograms", 2).Select(v =>
    {
        ProtoReader tensor = v.Value.Message(8);
        Assert.Equal(2, tensor.Integer(1)); // DT_DOUBLE
        Assert.Equal([30, 3], Dimensions(tensor.Message(2)));
        byte[] content = tensor.Bytes(4);
        double[] numbers = [.. Enumerable.Range(0, content.Length / 8).Select(i => BinaryPrimitives.ReadDoubleLittleEndian(content.AsSpan(8 * i)))];
        return (v.Step, numbers.Chunk(3).Select(b => (b[0], b[1], b[2])).ToArray());
    })];

    /// <summary>Steps and pictures of an image.</summary>
    public (long Step, PngReader[] Pictures)[] Images(string tag) => [.. Of(tag, "images", 3).Select(v =>
    {
        ProtoReader tensor = v.Value.Message(8);
        Assert.Equal(7, tensor.Integer(1)); // DT_STRING
        IReadOnlyList<byte[]> strings = tensor.All(8);
        Assert.Equal([strings.Count], Dimensions(tensor.Message(2)));
        PngReader[] pictures = [.. strings.Skip(2).Select(s => new PngReader(s))];
        Assert.All(pictures, p => Assert.Equal((p.Width, p.Height), (Number(strings[0]), Number(strings[1]))));
        return (v.Step, pictures);
    })];

    /// <summary>The text of a model's configuration.</summary>
    public string KerasModel(string tag)
    {
        ProtoReader value = Assert.Single(Of(tag, "graph_keras_model", null)).Value;
        Assert.Equal("1", value.Message(9).Message(1).Text(2));
        return Encoding.UTF8.GetString(Assert.Single(value.Message(8).All(8)));
    }

    public static long[] Dimensions(ProtoReader shape) => [.. shape.All(2).Select(d => new ProtoReader(d).Integer(1))];

    /// <summary>CRC-32C, bit by bit, with the mask of TFRecord files.</summary>
    public static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = Checksum(bytes, 0x82F63B78);
        return ((sum >> 15) | (sum << 17)) + 0xA282EAD8;
    }

    /// <summary>A CRC of 32 bits, bit by bit.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes, uint polynomial)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes)
        {
            sum ^= b;
            for (int bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ polynomial;
        }

        return ~sum;
    }

    private static int Number(byte[] text) => int.Parse(Encoding.ASCII.GetString(text), CultureInfo.InvariantCulture);

    private IEnumerable<(long Step, ProtoReader Value)> Of(string tag, string plugin, int? dataClass)
    {
        (string Tag, long Step, ProtoReader Value)[] found = [.. _values.Where(v => v.Tag == tag)];
        Assert.True(found.Length > 0, $"No '{tag}' among {string.Join(", ", Tags)}.");
        foreach ((_, _, ProtoReader value) in found)
        {
            ProtoReader metadata = value.Message(9);
            Assert.Equal(plugin, metadata.Message(1).Text(1));
            Assert.Equal(dataClass, metadata.Has(4) ? (int)metadata.Integer(4) : null);
        }

        return found.Select(v => (v.Step, v.Value));
    }

    private void Read(string path)
    {
        // As TensorBoard does: while others may have the file open.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        bool first = true;
        for (int at = 0; at < bytes.Length; first = false)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));
            ReadOnlySpan<byte> data = bytes.AsSpan(at + 12, length);
            Assert.Equal(MaskedChecksum(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            Assert.Equal(MaskedChecksum(data), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            Take(new ProtoReader(data), first);
            at += 16 + length;
        }
    }

    private void Take(ProtoReader e, bool first)
    {
        Times.Add(e.Double(1));
        Assert.Equal(first, e.Has(3));
        if (first)
        {
            Assert.Equal("brain.Event:2", e.Text(3));
        }
        else if (e.Has(4))
        {
            Graphs.Add(e.Message(4));
        }
        else
        {
            ProtoReader value = e.Message(5).Message(1);
            _values.Add((value.Text(1), e.Integer(2), value));
        }
    }
}

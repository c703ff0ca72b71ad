using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace NKeras.Tests.Callbacks;

/// <summary>A PNG file without filters, read by the format's own rules.</summary>
internal sealed class PngReader
{
    public PngReader(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        List<string> chunks = [];
        using MemoryStream data = new();
        int at = 8;
        while (at < png.Length)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            string type = Encoding.ASCII.GetString(png, at + 4, 4);
            ReadOnlySpan<byte> content = png.AsSpan(at + 8, length);
            Assert.Equal(EventLog.Checksum(png.AsSpan(at + 4, length + 4), 0xEDB88320), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add(type);
            if (type == "IDAT") data.Write(content);
            if (type == "IHDR")
            {
                (Width, Height) = (BinaryPrimitives.ReadInt32BigEndian(content), BinaryPrimitives.ReadInt32BigEndian(content[4..]));
                Assert.Equal(8, content[8]);
                Channels = content[9] switch { 0 => 1, 2 => 3, 6 => 4, _ => 0 };
                Assert.Equal([0, 0, 0], content[10..].ToArray());
            }

            at += 12 + length;
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks);
        data.Position = 0;
        using ZLibStream zip = new(data, CompressionMode.Decompress);
        using MemoryStream plain = new();
        zip.CopyTo(plain);
        byte[][] rows = [.. plain.ToArray().Chunk((Width * Channels) + 1)];
        Assert.Equal(Height, rows.Length);
        Assert.All(rows, r => Assert.Equal(0, r[0]));
        Pixels = [.. rows.SelectMany(r => r.Skip(1))];
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public byte[] Pixels { get; }
}

using System.Buffers.Binary;
using System.IO.Compression;

namespace NKeras.Callbacks.TensorBoardFormat;

/// <summary>Writes pictures as PNG files.</summary>
internal static class PngImage
{
    private const int BitsPerChannel = 8;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>A picture as the bytes of a file.</summary>
    /// <param name="pixels">The brightness of each channel of each pixel, row by row.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue, 4 for these and opacity.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int channels)
    {
        byte colorType = channels switch { 1 => 0, 3 => 2, 4 => 6, _ => throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1, 3 or 4 channels.") };
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (BitsPerChannel, colorType);

        using MemoryStream data = new();
        using (ZLibStream compressed = new(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            int row = width * channels;
            for (int y = 0; y < height; y++)
            {
                compressed.WriteByte(0); // No filter.
                compressed.Write(pixels.Slice(y * row, row));
            }
        }

        using MemoryStream png = new();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, data.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        Crc32 sum = new();
        sum.Add(type);
        sum.Add(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.Value);
        png.Write(number);
    }
}

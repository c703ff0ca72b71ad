using System.Buffers.Binary;
using System.IO.Compression;

namespace Mnist;

/// <summary>Reads the IDX format of the original MNIST files: a magic number, the dimensions, then bytes.</summary>
internal static class IdxFile
{
    private const byte UnsignedBytes = 8;

    /// <summary>The file in a folder whose name ends in a given one, packed or not.</summary>
    public static (byte[] Data, int[] Dims) Find(string folder, string name)
    {
        string path = Directory.EnumerateFiles(folder, $"*{name}*").Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new FileNotFoundException($"There is no {name} or {name}.gz in {Path.GetFullPath(folder)}.");
        using Stream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        return Read(plain, path);
    }

    private static (byte[] Data, int[] Dims) Read(Stream stream, string path)
    {
        byte[] word = new byte[4];
        stream.ReadExactly(word);
        if (word[0] != 0 || word[1] != 0 || word[2] != UnsignedBytes) throw new InvalidDataException($"{path} is not an IDX file of bytes.");
        int[] dims = new int[word[3]];
        for (int i = 0; i < dims.Length; i++)
        {
            stream.ReadExactly(word);
            dims[i] = BinaryPrimitives.ReadInt32BigEndian(word);
        }

        byte[] data = new byte[dims.Aggregate(1, (a, b) => checked(a * b))];
        stream.ReadExactly(data);
        return (data, dims);
    }
}

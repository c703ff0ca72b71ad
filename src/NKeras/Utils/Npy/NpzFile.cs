using System.IO.Compression;
using System.Text;

namespace NKeras.Npy;

/// <summary>Reads and writes NumPy's .npz format: a zip archive with one .npy file per array.</summary>
/// <remarks>Files may be hostile: an array takes no more memory than its compressed form can yield, and checksums are verified.</remarks>
internal sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    // Deflate cannot do better; an entry that claims to is lying about its length.
    private const int MaxCompression = 1032;

    private readonly ZipArchive _zip;
    private readonly string _name;

    /// <param name="stream">The archive; disposed with this object.</param>
    /// <param name="name">The file's name in error messages.</param>
    /// <exception cref="InvalidDataException">The stream holds no zip archive, or two arrays have the same name.</exception>
    public NpzFile(Stream stream, string name)
    {
        _name = name;
        _zip = Guarded(name, () => new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8));
        Names = Guarded(name, () => _zip.Entries.Select(e => e.FullName.EndsWith(Extension, StringComparison.Ordinal) ? e.FullName[..^Extension.Length] : e.FullName).ToArray());
        if (Names.Distinct().Count() != Names.Count) throw new InvalidDataException($"{name} has two arrays of the same name.");
    }

    /// <summary>The arrays, in the order of the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">The file is no zip archive.</exception>
    public static NpzFile Open(string path)
    {
        FileStream file = File.OpenRead(path);
        try
        {
            return new NpzFile(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes arrays as <c>numpy.savez</c> does, or compressed, as <c>numpy.savez_compressed</c>.</summary>
    /// <remarks>The same arrays give the same bytes: no clock time is stored.</remarks>
    public static void Write(Stream stream, IEnumerable<(string Name, Tensor Value)> arrays, bool compressed = false)
    {
        using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        foreach ((string name, Tensor value) in arrays)
        {
            ZipArchiveEntry entry = zip.CreateEntry(name + Extension, compressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            // The first moment that a zip can tell; NumPy writes the same.
            entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            NpyFile.Write(content, value);
        }
    }

    /// <summary>Reads an array.</summary>
    /// <param name="name">Its exact name, without the extension.</param>
    /// <exception cref="KeyNotFoundException">There is no such array.</exception>
    /// <exception cref="InvalidDataException">The array is damaged or truncated, or holds something else than numbers.</exception>
    public Tensor Read(string name)
    {
        ZipArchiveEntry entry = _zip.GetEntry(name + Extension)
            ?? throw new KeyNotFoundException($"{_name} has no array '{name}'. It has: {string.Join(", ", Names)}.");
        string fullName = $"'{entry.FullName}' of {_name}";
        return Guarded(fullName, () =>
        {
            if (entry.Length / MaxCompression > entry.CompressedLength)
                throw new InvalidDataException($"{fullName} claims to shrink from {entry.Length} to {entry.CompressedLength} bytes.");
            using ChecksumStream content = new(entry.Open());
            Tensor result = NpyFile.Read(content, entry.Length, fullName);
            content.CopyTo(Stream.Null);
            return content.Checksum == entry.Crc32
                ? result
                : throw new InvalidDataException($"{fullName} is damaged: its checksum should be {entry.Crc32:x8}, but is {content.Checksum:x8}.");
        });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _zip.Dispose();

    // A damaged zip archive makes .NET's reader throw more than its documentation says.
    private static T Guarded<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or NotSupportedException or OverflowException)
        {
            throw new InvalidDataException($"{name} is not a readable zip archive: {e.Message}", e);
        }
    }
}

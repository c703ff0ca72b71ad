using System.IO.Compression;
using System.Text;
using NKeras.Saving;

namespace NKeras.Npy;

/// <summary>Reads and writes NumPy's .npz format: a zip archive with one .npy file per array.</summary>
/// <remarks>Files may be hostile: the archive is read as <see cref="SafeArchive"/> says, and arrays of Python objects are refused.</remarks>
internal sealed class NpzFile : IDisposable
{
    private const string Extension = ".npy";

    private readonly SafeArchive _archive;
    private readonly string _name;
    private readonly OrderedDictionary<string, string> _members = [];

    /// <summary>Takes an archive.</summary>
    /// <param name="archive">The archive; disposed with this object.</param>
    /// <param name="name">The file's name in error messages.</param>
    /// <exception cref="InvalidDataException">Two arrays have the same name.</exception>
    public NpzFile(SafeArchive archive, string name)
    {
        (_archive, _name) = (archive, name);
        foreach (string member in archive.Names)
        {
            if (!_members.TryAdd(member.EndsWith(Extension, StringComparison.Ordinal) ? member[..^Extension.Length] : member, member))
                throw new InvalidDataException($"{name} has two arrays of the same name, '{ArchiveNames.Shown(member)}'.");
        }
    }

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">The archive, which can seek; disposed with this object.</param>
    /// <param name="name">The file's name in error messages.</param>
    /// <param name="policy">What reading may take; the usual if omitted.</param>
    /// <exception cref="InvalidDataException">The stream holds no zip archive, one that is refused, or two arrays have the same name.</exception>
    public NpzFile(Stream stream, string name, LoadPolicy? policy = null)
        : this(SafeArchive.Open(stream, policy ?? LoadPolicy.Default, leaveOpen: false), name)
    {
    }

    /// <summary>The arrays, in the order of the file.</summary>
    public IReadOnlyList<string> Names => _members.Keys;

    /// <summary>Whether an archive holds arrays and nothing else.</summary>
    public static bool Is(SafeArchive archive) => archive.Names.Count > 0 && archive.Names.All(n => n.EndsWith(Extension, StringComparison.Ordinal));

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

    /// <summary>What an array is, without its data.</summary>
    /// <param name="name">Its exact name, without the extension.</param>
    /// <exception cref="KeyNotFoundException">There is no such array.</exception>
    /// <exception cref="InvalidDataException">The array is damaged or truncated, or holds something else than numbers.</exception>
    public NpyHeader HeaderOf(string name)
    {
        string member = Member(name);
        return NpyFile.ReadHeader(new MemoryStream(_archive.ReadFirst(member, NpyFile.MaxDataOffset)), _archive.SizeOf(member), Shown(member));
    }

    /// <summary>Reads an array.</summary>
    /// <inheritdoc cref="HeaderOf"/>
    public Tensor Read(string name)
    {
        using Stream content = Open(Member(name), out string shown);
        return NpyFile.Read(content, content.Length, shown);
    }

    /// <summary>Reads an array's elements, in row-major order.</summary>
    /// <param name="name">Its exact name, without the extension.</param>
    /// <param name="data">Gets them; as long as the header says.</param>
    /// <inheritdoc cref="HeaderOf"/>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public void Read(string name, Span<byte> data)
    {
        using Stream content = Open(Member(name), out string shown);
        NpyHeader header = NpyFile.ReadHeader(content, content.Length, shown);
        if (header.ByteLength != data.Length) throw new ArgumentException($"{shown} has {header.ByteLength} bytes of data; {data.Length} are to be read.", nameof(data));
        NpyFile.ReadData(content, header, data, shown);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _archive.Dispose();

    private Stream Open(string member, out string shown)
    {
        shown = Shown(member);
        return _archive.OpenSeekable(member);
    }

    private string Member(string name) => _members.TryGetValue(name, out string? member)
        ? member
        : throw new KeyNotFoundException($"{_name} has no array '{name}'. It has: {string.Join(", ", Names)}.");

    private string Shown(string member) => $"'{ArchiveNames.Shown(member)}' of {_name}";
}

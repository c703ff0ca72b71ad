using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace NKeras.Downloads;

/// <summary>Extracts archives that may have been made to do harm.</summary>
/// <remarks>
/// Only folders and regular files are made, with the permissions of any new file, and only inside the target. Links are refused:
/// they are what turns a harmless name into a path to elsewhere. An archive with one bad entry is refused as a whole, before
/// anything appears at the target.
/// </remarks>
internal static class ArchiveExtractor
{
    private const int TarBlock = 512;
    private const int UnixTypeMask = 0xF000;
    private const int UnixRegularFile = 0x8000;
    private const int UnixDirectory = 0x4000;

    /// <summary>Extracts an archive into a folder, where its files replace those of the same name.</summary>
    /// <exception cref="InvalidDataException">The file is no such archive, is damaged, or holds an unsafe entry.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Extract(string archive, string folder, ArchiveFormat format, CancellationToken cancellationToken)
    {
        using FileStream file = File.OpenRead(archive);
        ArchiveFormat found = Detect(file, out bool gzip);
        if (found == ArchiveFormat.Auto || (format != ArchiveFormat.Auto && format != found))
        {
            string expected = format switch { ArchiveFormat.Tar => "a tar or tar.gz", ArchiveFormat.Zip => "a zip", _ => "a tar, tar.gz or zip" };
            throw new InvalidDataException($"Could not extract {archive}: expected {expected} archive, received another kind of file.");
        }

        using TransientPath part = new(folder);
        Directory.CreateDirectory(part.FullName);
        try
        {
            // Damaged archives make .NET's readers throw all kinds of exceptions; those of the file system and of the caller pass.
            if (found == ArchiveFormat.Zip) ExtractZip(file, part.FullName, cancellationToken);
            else ExtractTar(gzip ? new GZipStream(file, CompressionMode.Decompress) : file, part.FullName, cancellationToken);
        }
        catch (Exception e) when (e is EndOfStreamException or not (IOException or UnauthorizedAccessException or OperationCanceledException or OutOfMemoryException))
        {
            throw new InvalidDataException($"Could not extract {archive}: {e.Message}", e);
        }

        Merge(part.FullName, folder);
    }

    private static ArchiveFormat Detect(FileStream file, out bool gzip)
    {
        Span<byte> start = stackalloc byte[4];
        int count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        start = start[..count];
        file.Position = 0;
        gzip = start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        if (start.SequenceEqual("PK\u0003\u0004"u8) || start.SequenceEqual("PK\u0005\u0006"u8)) return ArchiveFormat.Zip;

        byte[] header = new byte[TarBlock];
        try
        {
            using Stream content = gzip ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : Stream.Null;
            count = (gzip ? content : file).ReadAtLeast(header, TarBlock, throwOnEndOfStream: false);
        }
        catch (InvalidDataException)
        {
            count = 0;
        }

        file.Position = 0;
        return count == TarBlock && HasTarChecksum(header) ? ArchiveFormat.Tar : ArchiveFormat.Auto;
    }

    // Every kind of tar header, the oldest included, holds the sum of its bytes, with the sum's own field taken as spaces.
    private static bool HasTarChecksum(ReadOnlySpan<byte> header)
    {
        Range field = 148..156;
        int sum = (field.End.Value - field.Start.Value) * ' ';
        for (int i = 0; i < header.Length; i++)
        {
            if (i < field.Start.Value || i >= field.End.Value) sum += header[i];
        }

        int stored = 0;
        foreach (byte digit in header[field].Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7') return false;
            stored = stored * 8 + (digit - '0');
        }

        return stored == sum;
    }

    private static void ExtractZip(FileStream file, string folder, CancellationToken cancellationToken)
    {
        using ZipArchive zip = new(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = PathInside(folder, entry.FullName);
            int unixType = (entry.ExternalAttributes >> 16) & UnixTypeMask;
            if (unixType is not (0 or UnixRegularFile or UnixDirectory)) throw Refused(entry.FullName, "is a link or a device");
            if (entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\')) Directory.CreateDirectory(path);
            else
            {
                using Stream content = entry.Open();
                // The directory at the end of the file says how long an entry is; a longer one was made to fill the disk.
                WriteFile(path, content, entry.Length, entry.FullName, cancellationToken);
            }
        }
    }

    private static void ExtractTar(Stream content, string folder, CancellationToken cancellationToken)
    {
        using TarReader tar = new(content);
        while (tar.GetNextEntry() is TarEntry entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (entry.EntryType)
            {
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                case TarEntryType.Directory:
                    Directory.CreateDirectory(PathInside(folder, entry.Name));
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    WriteFile(PathInside(folder, entry.Name), entry.DataStream ?? Stream.Null, entry.Length, entry.Name, cancellationToken);
                    break;
                default:
                    throw Refused(entry.Name, $"is not a file or a folder but {entry.EntryType}");
            }
        }
    }

    // Keras: skips an entry that leads outside, with a warning. Such an archive is broken or hostile; half of it helps nobody.
    private static string PathInside(string folder, string name)
    {
        string[] parts = name.Replace('\\', '/').Split('/');
        bool bad = name.Length == 0 || parts[0].Length == 0 || parts.Contains("..") || name.Contains('\0')
            // A drive, or on Windows a file's alternate stream.
            || parts[0] is [_, ':', ..] || (OperatingSystem.IsWindows() && name.Contains(':'));
        if (bad) throw Refused(name, "leads out of the folder");
        return Path.GetFullPath(Path.Join([folder, .. parts]));
    }

    private static void WriteFile(string path, Stream content, long length, string name, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path)) throw Refused(name, "is a file where a folder is");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None);
        byte[] buffer = new byte[81_920];
        long written = 0;
        for (int count; (count = content.Read(buffer)) > 0; file.Write(buffer, 0, count))
        {
            cancellationToken.ThrowIfCancellationRequested();
            written += count;
            if (written > length) break;
        }

        if (written != length) throw new InvalidDataException($"entry '{name}' should have {length} bytes, but has {(written > length ? "more" : written)}.");
    }

    private static InvalidDataException Refused(string name, string reason) => new($"entry '{name}' {reason}.");

    private static void Merge(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string folder in Directory.EnumerateDirectories(source)) Merge(folder, Path.Combine(target, Path.GetFileName(folder)));
        foreach (string file in Directory.EnumerateFiles(source)) File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
    }
}

using NKeras.Downloads;

namespace NKeras;

public static partial class Utils
{
    /// <summary>The path of a file in the cache, downloaded if it is not there yet.</summary>
    /// <param name="fname">The file's name in the cache; by default the last part of <paramref name="origin"/>.</param>
    /// <param name="origin">The HTTP or HTTPS address to download from. Required.</param>
    /// <param name="untar">Keras's older name of <paramref name="extract"/>, for tar archives only.</param>
    /// <param name="md5Hash">Keras's older form of <paramref name="fileHash"/>, for MD5 only.</param>
    /// <param name="fileHash">The SHA-256 (64 hexadecimal digits) or MD5 (32) of the file. Without it, any file is accepted.</param>
    /// <param name="cacheSubdir">The folder inside the cache, or an absolute path.</param>
    /// <param name="hashAlgorithm"><c>"sha256"</c>, <c>"md5"</c>, or <c>"auto"</c>: by the hash's length.</param>
    /// <param name="extract">Whether to extract the archive that the file is.</param>
    /// <param name="archiveFormat"><c>"tar"</c> (plain or gzip), <c>"zip"</c>, or <c>"auto"</c>: by the file's content.</param>
    /// <param name="cacheDir">The cache; by default <c>$KERAS_HOME</c>, else <c>~/.keras</c>.</param>
    /// <param name="forceDownload">Whether to download the file even if a good one is in the cache.</param>
    /// <param name="cancellationToken">Ends the download; the cache stays as it was.</param>
    /// <returns>The full path of the file, or of the folder that the archive was extracted to.</returns>
    /// <remarks>
    /// A file in the cache that has the right hash, or any file if no hash is given, is used without network. A download is
    /// verified before it replaces anything: if it fails, the cache is as it was. A folder that an archive is extracted to keeps
    /// the files it has; those in the archive replace files of the same name.
    /// </remarks>
    /// <exception cref="ArgumentException">An argument is not one of those above, or <paramref name="fname"/> leads out of the cache.</exception>
    /// <exception cref="IOException">No connection, an error status, a truncated body, or a server gone silent; or the cache cannot be written.</exception>
    /// <exception cref="InvalidDataException">
    /// The file has another hash, is no archive of the format, is damaged, or holds entries that are unsafe to extract.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static string GetFile(
        string? fname = null,
        string? origin = null,
        bool untar = false,
        string? md5Hash = null,
        string? fileHash = null,
        string cacheSubdir = "datasets",
        string hashAlgorithm = "auto",
        bool extract = false,
        string archiveFormat = "auto",
        string? cacheDir = null,
        bool forceDownload = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cacheSubdir);
        Uri address = ParseOrigin(origin);
        if (md5Hash != null && fileHash == null) (fileHash, hashAlgorithm) = (md5Hash, "md5");
        FileHash? expected = fileHash == null ? null : FileHash.Parse(fileHash, hashAlgorithm);
        ArchiveFormat format = ParseArchiveFormat(untar ? "tar" : archiveFormat);

        string home = cacheDir == null
            ? CacheFolder.Home()
            : CacheFolder.ExpandUser(cacheDir, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        string folder = Path.GetFullPath(Path.Combine(home, cacheSubdir));
        bool isArchive = extract || untar;
        string path = CacheFolder.Resolve(folder, string.IsNullOrEmpty(fname) ? NameFrom(address) : fname);
        (string target, string extracted) = isArchive ? ArchivePaths(path, nameIsGiven: !string.IsNullOrEmpty(fname)) : (path, "");

        if (forceDownload || !IsCached(target, expected))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Console.WriteLine($"Downloading data from {address}");
            // On the pool, so that a caller's synchronisation context cannot wait for itself.
            Task.Run(() => Downloader.Default.DownloadAsync(address, target, expected, cancellationToken), cancellationToken).GetAwaiter().GetResult();
        }

        if (!isArchive) return target;
        ArchiveExtractor.Extract(target, extracted, format, cancellationToken);
        return extracted;
    }

    private static Uri ParseOrigin(string? origin)
    {
        if (string.IsNullOrEmpty(origin)) throw new ArgumentException("Specify origin, the URL of the file to download.", nameof(origin));
        return Uri.TryCreate(origin, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            ? address
            : throw new ArgumentException($"origin must be an absolute HTTP or HTTPS URL. Received '{origin}'.", nameof(origin));
    }

    private static ArchiveFormat ParseArchiveFormat(string format) => format switch
    {
        "auto" => ArchiveFormat.Auto,
        "tar" => ArchiveFormat.Tar,
        "zip" => ArchiveFormat.Zip,
        // Keras: None means "extract nothing"; extract: false says the same.
        _ => throw new ArgumentException($"archiveFormat must be 'auto', 'tar' or 'zip'. Received '{format}'."),
    };

    private static string NameFrom(Uri address)
    {
        // The last part of the path; decoded after it was cut out, so an encoded slash stays in the name, and is refused.
        string name = Uri.UnescapeDataString(address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..]);
        return name is "" or "." or ".." || name.AsSpan().IndexOfAny('/', '\\', ':') >= 0
            ? throw new ArgumentException($"The URL {address} does not end in a file name. Specify fname.")
            : name;
    }

    // Keras's naming: "a.tar.gz" is extracted to "a_extracted", and "a" is downloaded as "a_archive" and extracted to "a".
    private static (string Target, string Extracted) ArchivePaths(string path, bool nameIsGiven)
    {
        string name = Path.GetFileName(path);
        int dot = nameIsGiven ? name.IndexOf('.') : -1;
        return dot < 0
            ? (path + "_archive", path)
            : (path, Path.Combine(Path.GetDirectoryName(path)!, name[..dot] + "_extracted"));
    }

    private static bool IsCached(string target, FileHash? expected)
    {
        if (!File.Exists(target)) return false;
        if (expected == null) return true;
        string found = expected.Of(target);
        if (found == expected.Hex) return true;
        Console.WriteLine($"{target} is incomplete or outdated: expected {expected.Algorithm} {expected.Hex}, found {found}. It will be downloaded again.");
        return false;
    }
}

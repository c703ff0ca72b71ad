using NKeras.Hdf5.Reading;

namespace NKeras.Hdf5;

/// <summary>
/// An HDF5 file that is read: superblocks 0 to 3, old and new groups and attributes, compact, contiguous and chunked datasets with
/// the filters gzip, shuffle, fletcher32 and lzf. Soft and external links, external storage and virtual datasets are refused.
/// </summary>
/// <remarks>
/// Nothing in a file is trusted: every offset and length is checked, and what reading takes is bounded by <see cref="Hdf5Limits"/>.
/// A file and its objects are for one thread at a time, and are read as long as the file is open.
/// </remarks>
/// <example><code>
/// using Hdf5File file = Hdf5File.Open("model.weights.h5");
/// if (file.Root["layers/dense/vars/0"] is Hdf5Dataset { Type.Class: Hdf5TypeClass.Float } kernel)
/// {
///     byte[] elements = new byte[kernel.Count * kernel.Type.Size];
///     kernel.Read(elements);
/// }
/// </code></example>
public sealed class Hdf5File : IDisposable
{
    private readonly FileReader _reader;

    private Hdf5File(FileReader reader)
    {
        _reader = reader;
        Root = new Hdf5Group(reader, reader.Root(), "/", parent: null);
    }

    /// <summary>The group that everything is in.</summary>
    public Hdf5Group Root { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="limits">What reading may take; <see cref="Hdf5Limits.Default"/> if omitted.</param>
    /// <exception cref="Hdf5Exception">It is no HDF5 file, or damaged.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a directory.</exception>
    public static Hdf5File Open(string path, Hdf5Limits? limits = null)
    {
        // Whatever is kept in memory of the file is kept by FileBytes.
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (stream.CanSeek)
            return Open(stream, limits);
        stream.Dispose();
        throw new IOException($"'{path}' is no file that can be read from any place.");
    }

    /// <summary>Opens a file in a stream.</summary>
    /// <param name="stream">A stream that can seek, from its beginning to its end.</param>
    /// <param name="limits">What reading may take; <see cref="Hdf5Limits.Default"/> if omitted.</param>
    /// <param name="leaveOpen">Whether the stream stays open when this is disposed.</param>
    /// <exception cref="Hdf5Exception">It is no HDF5 file, or damaged.</exception>
    /// <exception cref="ArgumentException">The stream cannot read or seek.</exception>
    public static Hdf5File Open(Stream stream, Hdf5Limits? limits = null, bool leaveOpen = false)
    {
        RequireSeekable(stream);
        string name = stream is FileStream file ? $"The file '{file.Name}'" : "The stream";
        FileBytes bytes = new(stream, leaveOpen);
        try
        {
            bytes.Start = Superblock.Find(stream);
            if (bytes.Start < 0)
                throw new Hdf5Exception($"{name} is no HDF5 file.");
            return new Hdf5File(new FileReader(bytes, limits ?? Hdf5Limits.Default));
        }
        catch (Exception e)
        {
            bytes.Dispose();
            if (Guard.IsContent(e))
                throw new Hdf5Exception($"{name} is an HDF5 file that cannot be read: {Guard.Reason(e)}", e);
            throw;
        }
    }

    /// <summary>Whether a stream's first bytes, or those at 512, 1024, 2048, …, are an HDF5 file's. The position is left as it was.</summary>
    /// <param name="stream">A stream that can seek.</param>
    /// <exception cref="ArgumentException">The stream cannot read or seek.</exception>
    public static bool IsHdf5(Stream stream)
    {
        RequireSeekable(stream);
        long position = stream.Position;
        try
        {
            return Superblock.Find(stream) >= 0;
        }
        finally
        {
            stream.Position = position;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _reader.Dispose();

    private static void RequireSeekable(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek || !stream.CanRead)
            throw new ArgumentException("An HDF5 file is read from a stream that can seek.", nameof(stream));
    }
}

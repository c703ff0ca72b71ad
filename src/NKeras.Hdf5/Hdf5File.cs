namespace NKeras.Hdf5;

/// <summary>
/// An HDF5 file that is read: superblocks 0 to 3, old and new groups and attributes, compact, contiguous and chunked datasets with
/// the filters gzip, shuffle and fletcher32. Soft and external links, external storage and virtual datasets are refused.
/// </summary>
/// <remarks>Nothing in a file is trusted: every offset and length is checked, and what reading takes is bounded by <see cref="Hdf5Limits"/>.</remarks>
public sealed class Hdf5File : IDisposable
{
    /// <summary>The group that everything is in.</summary>
    public Hdf5Group Root => throw new NotSupportedException();

    /// <summary>Opens a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="limits">What reading may take; <see cref="Hdf5Limits.Default"/> if omitted.</param>
    /// <exception cref="Hdf5Exception">It is no HDF5 file, or damaged.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static Hdf5File Open(string path, Hdf5Limits? limits = null) => throw new NotSupportedException();

    /// <summary>Opens a file in a stream.</summary>
    /// <param name="stream">A stream that can seek, from its beginning to its end.</param>
    /// <param name="limits">What reading may take; <see cref="Hdf5Limits.Default"/> if omitted.</param>
    /// <param name="leaveOpen">Whether the stream stays open when this is disposed.</param>
    /// <exception cref="Hdf5Exception">It is no HDF5 file, or damaged.</exception>
    public static Hdf5File Open(Stream stream, Hdf5Limits? limits = null, bool leaveOpen = false) => throw new NotSupportedException();

    /// <summary>Whether a stream's first bytes, or those at 512, 1024, 2048, …, are an HDF5 file's. The position is left as it was.</summary>
    public static bool IsHdf5(Stream stream) => throw new NotSupportedException();

    /// <summary>Closes the file.</summary>
    public void Dispose() => throw new NotSupportedException();
}

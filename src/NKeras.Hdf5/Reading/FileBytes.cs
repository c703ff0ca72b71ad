namespace NKeras.Hdf5.Reading;

/// <summary>
/// The bytes of a file from its superblock on, which is what addresses count from. Every read is checked against the file's end.
/// Small reads go through a few pages in memory, because structures are small and lie close together; large ones go straight to their place.
/// </summary>
internal sealed class FileBytes(Stream stream, bool leaveOpen) : IDisposable
{
    private const int PageSize = 16 << 10;
    private const int PageCount = 64;

    private readonly long _fileLength = stream.Length;
    private readonly Page?[] _pages = new Page?[PageCount];
    private bool _disposed;

    /// <summary>Where in the stream address 0 is.</summary>
    public long Start { get; set; }

    /// <summary>How many bytes there are from address 0 on.</summary>
    public long Length => _fileLength - Start;

    /// <summary>Reads bytes at an address.</summary>
    public void Read(long address, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(Hdf5File));
        Check(address, destination.Length);
        if (destination.Length > PageSize)
        {
            ReadStream(Start + address, destination);
            return;
        }

        long position = Start + address;
        while (!destination.IsEmpty)
        {
            ReadOnlySpan<byte> available = PageAt(position / PageSize).AsSpan((int)(position % PageSize));
            int taken = Math.Min(available.Length, destination.Length);
            available[..taken].CopyTo(destination);
            destination = destination[taken..];
            position += taken;
        }
    }

    /// <summary>Refuses what does not lie within the file.</summary>
    public void Check(long address, long size)
    {
        if (address < 0 || size < 0 || address > Length || size > Length - address)
            throw new BadContent($"{size:N0} bytes at {address:N0} lie outside of the file, which has {Length:N0}; it is damaged or cut off.");
    }

    public void Dispose()
    {
        _disposed = true;
        if (!leaveOpen)
            stream.Dispose();
    }

    private byte[] PageAt(long number)
    {
        ref Page? slot = ref _pages[number % PageCount];
        if (slot is null || slot.Number != number)
        {
            long position = number * PageSize;
            byte[] bytes = new byte[(int)Math.Min(PageSize, _fileLength - position)];
            ReadStream(position, bytes);
            slot = new Page(number, bytes);
        }

        return slot.Bytes;
    }

    private void ReadStream(long position, Span<byte> destination)
    {
        stream.Position = position;
        if (stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
            throw new BadContent("the file has become shorter while it was read.");
    }

    private sealed record Page(long Number, byte[] Bytes);
}

using System.IO.Compression;

namespace NKeras.Saving;

/// <summary>
/// A zip archive that may be anybody's. Members are found by their exact names and read in memory, nothing is ever extracted; what could be read in two
/// ways is refused, checksums are verified, and what is inflated is counted as it comes, whatever the archive says.
/// </summary>
/// <remarks>.NET's own reader keeps offsets, flags and double names to itself, so that nobody could check them: here one parser decides.</remarks>
internal sealed class SafeArchive : IDisposable
{
    private const int SegmentSize = 1 << 20;
    private const uint HeaderSignature = 0x04034B50, EndSignature = 0x06054B50;

    // Deflate cannot do better.
    private const int MostCompression = 1032;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly Reading _reading;
    private readonly Dictionary<string, ArchiveMember> _members;
    private readonly HashSet<string> _verified = [];

    private SafeArchive(Stream stream, Reading reading, bool leaveOpen, IReadOnlyList<ArchiveMember> members)
    {
        (_stream, _reading, _leaveOpen) = (stream, reading, leaveOpen);
        Names = [.. members.Where(m => !m.IsFolder).Select(m => m.Name)];
        _members = members.Where(m => !m.IsFolder).ToDictionary(m => m.Name);
    }

    /// <summary>The members that are no folders, in the archive's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">The whole archive, from its beginning to its end; it can seek.</param>
    /// <param name="policy">What reading may take; within a <see cref="Reading"/> its bounds hold for both together.</param>
    /// <param name="leaveOpen">Whether the stream stays open when this is disposed.</param>
    /// <exception cref="InvalidDataException">The archive is damaged or refused.</exception>
    public static SafeArchive Open(Stream stream, LoadPolicy policy, bool leaveOpen = true)
    {
        if (!stream.CanSeek) throw new ArgumentException("An archive is read from a stream that can seek; this one cannot.", nameof(stream));
        Reading reading = Reading.Current ?? new Reading(policy);
        return new SafeArchive(stream, reading, leaveOpen, ArchiveDirectory.Read(stream, reading));
    }

    /// <summary>Whether a stream begins as zip archives do. The position is left as it was.</summary>
    public static bool IsZip(Stream stream)
    {
        long before = stream.Position;
        try
        {
            stream.Position = 0;
            Span<byte> first = stackalloc byte[sizeof(uint)];
            return stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && BitConverter.ToUInt32(first) is HeaderSignature or EndSignature;
        }
        finally
        {
            stream.Position = before;
        }
    }

    /// <summary>Whether there is a member of exactly this name.</summary>
    public bool Contains(string name) => _members.ContainsKey(name);

    /// <summary>How many bytes a member has, as the archive says: reading it gives so many, or fails.</summary>
    /// <exception cref="InvalidDataException">There is no such member.</exception>
    public long SizeOf(string name) => Member(name).Size;

    /// <summary>Reads a member.</summary>
    /// <param name="name">Its exact name.</param>
    /// <param name="mostBytes">How many bytes it may have.</param>
    /// <exception cref="InvalidDataException">There is no such member, it is larger than it may be, or damaged.</exception>
    public byte[] ReadAll(string name, long mostBytes)
    {
        ArchiveMember member = Member(name);
        if (member.Size > Math.Min(mostBytes, Array.MaxLength)) throw new InvalidDataException($"'{ArchiveNames.Shown(name)}' has {member.Size} bytes; at most {mostBytes} are read.");
        using Stream content = OpenSeekable(name);
        return Within(name, () =>
        {
            _reading.TakeBytes(content.Length, "it");
            byte[] bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            return bytes;
        });
    }

    /// <summary>Reads a member's first bytes, which tell what it holds. Unlike those of other methods, they are not verified.</summary>
    /// <param name="name">Its exact name.</param>
    /// <param name="mostBytes">How many bytes are read, unless the member has less.</param>
    /// <exception cref="InvalidDataException">There is no such member, or it is damaged.</exception>
    public byte[] ReadFirst(string name, int mostBytes)
    {
        ArchiveMember member = Member(name);
        return Within(name, () =>
        {
            WindowStream stored = new(_stream, member.DataOffset, member.StoredSize, _reading);
            using Stream content = member.Deflated ? new DeflateStream(stored, CompressionMode.Decompress) : stored;
            byte[] first = new byte[(int)Math.Min(mostBytes, member.Size)];
            return first[..content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        });
    }

    /// <summary>Opens a member: in place if it is stored as it is, else inflated into memory. Its checksum is verified before.</summary>
    /// <param name="name">Its exact name.</param>
    /// <exception cref="InvalidDataException">There is no such member, it takes more than the policy allows, or is damaged.</exception>
    public Stream OpenSeekable(string name)
    {
        ArchiveMember member = Member(name);
        return Within<Stream>(name, () =>
        {
            WindowStream stored = new(_stream, member.DataOffset, member.StoredSize, _reading);
            if (member.Deflated) return Inflate(member, stored);
            if (_verified.Contains(name)) return stored;
            Verify(member, stored);
            _verified.Add(name);
            stored.Position = 0;
            return stored;
        });
    }

    /// <summary>Closes the stream, if it was not to stay open.</summary>
    public void Dispose()
    {
        if (!_leaveOpen) _stream.Dispose();
    }

    private static InvalidDataException Damaged(uint expected, uint actual) => new($"it is damaged: its checksum should be {expected:x8}, but is {actual:x8}.");

    private static void Verify(ArchiveMember member, WindowStream stored)
    {
        Crc32 sum = new();
        byte[] buffer = new byte[(int)Math.Min(SegmentSize, Math.Max(1, stored.Length))];
        for (int count; (count = stored.Read(buffer)) > 0;) sum.Add(buffer.AsSpan(0, count));
        if (sum.Value != member.Crc) throw Damaged(member.Crc, sum.Value);
    }

    private SegmentStream Inflate(ArchiveMember member, WindowStream stored)
    {
        if (member.Size / MostCompression > member.StoredSize) throw new InvalidDataException($"it claims to shrink from {member.Size} to {member.StoredSize} bytes, which cannot be.");
        using DeflateStream inflated = new(stored, CompressionMode.Decompress, leaveOpen: true);
        List<byte[]> segments = [];
        int segmentSize = (int)Math.Clamp(member.Size, 1, SegmentSize);
        Crc32 sum = new();
        long length = 0;
        while (length < member.Size)
        {
            _reading.TakeBytes(segmentSize, "what is inflated");
            byte[] segment = new byte[segmentSize];
            int count = inflated.ReadAtLeast(segment, segmentSize, throwOnEndOfStream: false);
            sum.Add(segment.AsSpan(0, count));
            segments.Add(segment);
            length += count;
            if (count < segmentSize) break;
        }

        if (length != member.Size || inflated.ReadByte() >= 0) throw new InvalidDataException($"it should inflate to {member.Size} bytes, and does not.");
        return sum.Value == member.Crc ? new SegmentStream(segments, segmentSize, length) : throw Damaged(member.Crc, sum.Value);
    }

    private ArchiveMember Member(string name) => _members.TryGetValue(name, out ArchiveMember? member)
        ? member
        : throw new InvalidDataException($"The archive has no member '{ArchiveNames.Shown(name)}'. It has: {BadConfig.List(Names)}.");

    // What bounds reading, and .NET where data is damaged or a file changes meanwhile, throw other exceptions.
    private static T Within<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or EndOfStreamException)
        {
            throw new InvalidDataException($"The archive's member '{ArchiveNames.Shown(name)}': {e.Message}", e);
        }
    }
}

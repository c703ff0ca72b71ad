using System.Buffers.Binary;

namespace NKeras.Saving;

/// <summary>
/// Reads which members a zip archive has. Where it could be understood in two ways it is refused: its end record, its directory and its members'
/// headers must agree, and nothing overlaps.
/// </summary>
internal sealed class ArchiveDirectory
{
    private const uint EndSignature = 0x06054B50, Zip64EndSignature = 0x06064B50, Zip64LocatorSignature = 0x07064B50, MemberSignature = 0x02014B50, HeaderSignature = 0x04034B50, DescriptorSignature = 0x08074B50;
    private const int EndSize = 22, Zip64EndSize = 56, Zip64LocatorSize = 20, MemberSize = 46, HeaderSize = 30, LongestComment = ushort.MaxValue;
    private const int Zip64Extra = 1, UnicodePathExtra = 0x7075;

    // What may be set: how hard deflate tried, sizes after the data, names in UTF-8.
    private const int Encrypted = 1, StrongEncryption = 1 << 6, MaskedHeaders = 1 << 13, SizesFollow = 1 << 3, AllowedFlags = 0b110 | SizesFollow | (1 << 11);
    private const int StoredMethod = 0, DeflatedMethod = 8;
    private const int FileTypeMask = 0xF000, FileType = 0x8000, FolderType = 0x4000, LinkType = 0xA000;

    // What a member takes here beside its name.
    private const int MemberBytes = 256;

    private readonly Stream _stream;
    private readonly Reading _reading;

    private ArchiveDirectory(Stream stream, Reading reading) => (_stream, _reading) = (stream, reading);

    /// <summary>The members, folders included, in the order of the directory.</summary>
    /// <param name="stream">The archive.</param>
    /// <param name="reading">Bounds what it takes.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, or refused.</exception>
    public static List<ArchiveMember> Read(Stream stream, Reading reading)
    {
        try
        {
            return new ArchiveDirectory(stream, reading).Read();
        }
        catch (Exception e) when (e is ArgumentException or EndOfStreamException)
        {
            throw new InvalidDataException($"The archive cannot be read: {e.Message}", e);
        }
    }

    private List<ArchiveMember> Read()
    {
        (long start, long size, long count) = FindDirectory();
        if (count > _reading.Policy.MaxObjects) throw new InvalidDataException($"The archive has {count} members; the policy allows {_reading.Policy.MaxObjects}.");
        if (size > _reading.Policy.MaxConfigBytes) throw new InvalidDataException($"The archive's directory takes {size} bytes; the policy allows {_reading.Policy.MaxConfigBytes}.");
        if (count > size / MemberSize) throw new InvalidDataException($"The archive's directory of {size} bytes cannot hold {count} members.");
        _reading.TakeBytes(size + (count * MemberBytes), "its directory");
        byte[] directory = new byte[size];
        ReadAt(start, directory);
        List<ArchiveMember> members = new((int)count);
        HashSet<string> names = [];
        int position = 0;
        for (long i = 0; i < count; i++)
        {
            ArchiveMember member = WithHeader(ReadMember(directory, ref position, start, out byte[] rawName, out int flags), rawName, flags, start);
            if (!names.Add(ArchiveNames.Folded(member.Name))) throw Refused(member.Name, "another member has the same name, or one that differs in case or spelling of characters only");
            members.Add(member);
        }

        if (position != size) throw new InvalidDataException($"The archive's directory has {size - position} bytes after its last member.");
        CheckOverlaps(members);
        return members;
    }

    private static InvalidDataException Refused(string name, string why) => new($"The archive's member '{ArchiveNames.Shown(name)}' is refused: {why}.");

    private static void CheckOverlaps(List<ArchiveMember> members)
    {
        ArchiveMember? before = null;
        foreach (ArchiveMember member in members.OrderBy(m => m.HeaderOffset))
        {
            if (before != null && member.HeaderOffset < before.End) throw Refused(member.Name, $"it overlaps '{ArchiveNames.Shown(before.Name)}'");
            before = member;
        }
    }

    private (long Start, long Size, long Count) FindDirectory()
    {
        long end = FindEnd();
        Span<byte> record = stackalloc byte[EndSize];
        ReadAt(end, record);
        (uint disk, uint directoryDisk, long countHere, long count) = (Short(record, 4), Short(record, 6), Short(record, 8), Short(record, 10));
        (long size, long start) = (Int(record, 12), Int(record, 16));
        long directoryEnd = end;
        if (end >= Zip64LocatorSize && TryReadLocator(end - Zip64LocatorSize, out long zip64))
        {
            directoryEnd = zip64;
            Span<byte> large = stackalloc byte[Zip64EndSize];
            ReadAt(zip64, large);
            if (Int(large, 0) != Zip64EndSignature || Long(large, 4) != end - Zip64LocatorSize - zip64 - 12) throw new InvalidDataException("The archive's zip64 end record is damaged.");
            bool agree = Agree(disk, Int(large, 16), ushort.MaxValue) && Agree(directoryDisk, Int(large, 20), ushort.MaxValue) && Agree(countHere, Long(large, 24), ushort.MaxValue)
                && Agree(count, Long(large, 32), ushort.MaxValue) && Agree(size, Long(large, 40), uint.MaxValue) && Agree(start, Long(large, 48), uint.MaxValue);
            if (!agree) throw new InvalidDataException("The archive's two end records do not agree.");
            (disk, directoryDisk, countHere, count) = (Int(large, 16), Int(large, 20), Long(large, 24), Long(large, 32));
            (size, start) = (Long(large, 40), Long(large, 48));
        }

        if (disk != 0 || directoryDisk != 0 || countHere != count) throw new InvalidDataException("The archive is spread over several files, which is refused.");
        return start <= directoryEnd && size == directoryEnd - start ? (start, size, count) : throw new InvalidDataException("The archive's directory is not where its end record says.");
    }

    private static bool Agree(long small, long large, long marker) => small == marker || small == large;

    /// <summary>Finds the one end record whose comment ends where the file does.</summary>
    private long FindEnd()
    {
        long length = _stream.Length;
        byte[] tail = new byte[Math.Min(length, EndSize + LongestComment)];
        ReadAt(length - tail.Length, tail);
        long found = -1;
        for (int i = tail.Length - EndSize; i >= 0; i--)
        {
            if (Int(tail, i) != EndSignature || Short(tail, i + EndSize - 2) != tail.Length - i - EndSize) continue;
            if (found >= 0) throw new InvalidDataException("The archive has two end records.");
            found = length - tail.Length + i;
        }

        return found >= 0 ? found : throw new InvalidDataException("The archive has no end record: it is cut off, or no zip archive.");
    }

    private bool TryReadLocator(long position, out long zip64)
    {
        Span<byte> locator = stackalloc byte[Zip64LocatorSize];
        ReadAt(position, locator);
        zip64 = 0;
        if (Int(locator, 0) != Zip64LocatorSignature) return false;
        zip64 = Long(locator, 8);
        if (Int(locator, 4) != 0 || Int(locator, 16) > 1) throw new InvalidDataException("The archive is spread over several files, which is refused.");
        return zip64 <= position - Zip64EndSize ? true : throw new InvalidDataException("The archive's zip64 end record is not where it should be.");
    }

    private static ArchiveMember ReadMember(byte[] directory, ref int position, long end, out byte[] rawName, out int flags)
    {
        if (position + MemberSize > directory.Length || Int(directory, position) != MemberSignature) throw new InvalidDataException("The archive's directory is damaged.");
        ReadOnlySpan<byte> entry = directory.AsSpan(position);
        int nameLength = (int)Short(entry, 28), extraLength = (int)Short(entry, 30), commentLength = (int)Short(entry, 32);
        int length = MemberSize + nameLength + extraLength + commentLength;
        if (length > entry.Length) throw new InvalidDataException("The archive's directory is damaged: a member's entry goes beyond it.");
        rawName = entry.Slice(MemberSize, nameLength).ToArray();
        string name = ArchiveNames.Read(rawName);
        flags = (int)Short(entry, 8);
        CheckFlags(name, flags);
        uint method = Short(entry, 10);
        if (method is not (StoredMethod or DeflatedMethod)) throw Refused(name, $"it is compressed by method {method}; stored (0) and deflated (8) are supported");
        long size = Int(entry, 24), stored = Int(entry, 20), offset = Int(entry, 42);
        ReadExtra(name, rawName, entry.Slice(MemberSize + nameLength, extraLength), ref size, ref stored, ref offset);
        if (Short(entry, 34) != 0) throw Refused(name, "it is on another disk");
        if (method == StoredMethod && size != stored) throw Refused(name, $"it is stored as it is, but said to have {size} bytes and to take {stored}");
        if (offset > end) throw Refused(name, $"its header is said to be at {offset}, beyond the members' end at {end}");
        int type = (int)(Int(entry, 38) >> 16) & FileTypeMask;
        if (type is not (0 or FileType or FolderType)) throw Refused(name, type == LinkType ? "it is a link" : "it is no file");
        if ((type == FolderType && !name.EndsWith('/')) || (name.EndsWith('/') && (type == FileType || size != 0))) throw Refused(name, "it is a file and a folder at once");
        position += length;
        return new ArchiveMember(name, method == DeflatedMethod, Int(entry, 16), stored, size, offset);
    }

    private static void CheckFlags(string name, int flags)
    {
        if ((flags & (Encrypted | StrongEncryption | MaskedHeaders)) != 0) throw Refused(name, "it is encrypted");
        if ((flags & ~AllowedFlags) != 0) throw Refused(name, $"its flags 0x{flags:x4} ask for what is not supported");
    }

    /// <summary>Reads the fields that stand for larger numbers, or another name.</summary>
    private static void ReadExtra(string name, ReadOnlySpan<byte> rawName, ReadOnlySpan<byte> extra, ref long size, ref long stored, ref long offset)
    {
        bool found = false;
        while (extra.Length >= 4)
        {
            uint kind = Short(extra, 0);
            int length = (int)Short(extra, 2);
            if (length > extra.Length - 4) break;
            ReadOnlySpan<byte> field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (kind == UnicodePathExtra && (length < 5 || !field[5..].SequenceEqual(rawName))) throw Refused(name, "an extra field gives it another name");
            if (kind != Zip64Extra) continue;
            if (found) throw Refused(name, "it has two fields of sizes");
            found = true;
            Take(name, ref field, ref size);
            Take(name, ref field, ref stored);
            Take(name, ref field, ref offset);
        }
    }

    private static void Take(string name, ref ReadOnlySpan<byte> field, ref long value)
    {
        if (value != uint.MaxValue) return;
        if (field.Length < sizeof(long)) throw Refused(name, "its field of sizes is too short");
        value = Long(field, 0);
        field = field[sizeof(long)..];
    }

    /// <summary>Compares a member's own header, and finds where its bytes are.</summary>
    private ArchiveMember WithHeader(ArchiveMember member, byte[] rawName, int flags, long end)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (member.HeaderOffset > end - HeaderSize) throw Refused(member.Name, "its header is not where the directory says");
        ReadAt(member.HeaderOffset, header);
        if (Int(header, 0) != HeaderSignature) throw Refused(member.Name, "its header is not where the directory says");
        int nameLength = (int)Short(header, 26), extraLength = (int)Short(header, 28);
        long data = member.HeaderOffset + HeaderSize + nameLength + extraLength;
        if (data > end || member.StoredSize > end - data) throw Refused(member.Name, $"its {member.StoredSize} bytes go beyond the members' end");
        byte[] rest = new byte[nameLength + extraLength];
        ReadAt(member.HeaderOffset + HeaderSize, rest);
        if (!rest.AsSpan(0, nameLength).SequenceEqual(rawName)) throw Refused(member.Name, "its header gives it another name");
        int ownFlags = (int)Short(header, 6);
        CheckFlags(member.Name, ownFlags);
        if (Short(header, 8) != (member.Deflated ? DeflatedMethod : StoredMethod)) throw Refused(member.Name, "its header gives it another kind of compression");
        bool follow = (ownFlags & SizesFollow) != 0;
        if (follow != ((flags & SizesFollow) != 0)) throw Refused(member.Name, "its header and the directory do not agree on where its size is said");
        long size = Int(header, 22), stored = Int(header, 18), noOffset = 0;
        ReadExtra(member.Name, rawName, rest.AsSpan(nameLength), ref size, ref stored, ref noOffset);
        bool agrees = Fits(Int(header, 14), member.Crc) && Fits(stored, member.StoredSize) && Fits(size, member.Size);
        if (!agrees) throw Refused(member.Name, "its header and the directory do not agree on its size or checksum");
        long dataEnd = data + member.StoredSize;
        return member with { DataOffset = data, End = follow ? DescriptorEnd(member, dataEnd, end) : dataEnd };

        bool Fits(long own, long said) => own == said || (follow && own == 0);
    }

    /// <summary>Where what follows a member's data ends: its checksum and sizes, with a signature or without, of 4 bytes or of 8.</summary>
    private long DescriptorEnd(ArchiveMember member, long start, long end)
    {
        Span<byte> bytes = stackalloc byte[24];
        bytes = bytes[..(int)Math.Min(bytes.Length, end - start)];
        ReadAt(start, bytes);
        foreach (int signature in (ReadOnlySpan<int>)[4, 0])
        {
            foreach (int width in (ReadOnlySpan<int>)[4, 8])
            {
                int length = signature + 4 + (2 * width);
                if (length > bytes.Length || (signature == 4 && Int(bytes, 0) != DescriptorSignature) || Int(bytes, signature) != member.Crc) continue;
                long stored = width == 4 ? Int(bytes, signature + 4) : Long(bytes, signature + 4), size = width == 4 ? Int(bytes, signature + 8) : Long(bytes, signature + 12);
                if (stored == member.StoredSize && size == member.Size) return start + length;
            }
        }

        throw Refused(member.Name, "what follows it and the directory do not agree on its size or checksum");
    }

    private void ReadAt(long position, Span<byte> bytes)
    {
        _reading.CheckTime();
        _stream.Position = position;
        _stream.ReadExactly(bytes);
    }

    private static uint Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Long(ReadOnlySpan<byte> bytes, int at)
    {
        long value = BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
        return value >= 0 ? value : throw new InvalidDataException("The archive has a number that no file's size reaches.");
    }
}

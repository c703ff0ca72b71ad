using System.IO.Compression;
using System.Text;

namespace NKeras.Tests.Saving;

/// <summary>Writes zip archives field by field, as no honest program would.</summary>
internal static class ZipBytes
{
    /// <summary>An archive of members that are as they should be.</summary>
    public static byte[] Of(params IEnumerable<(string Name, byte[] Content)> members) => Of(members.Select(m => new ZipMember(m.Name, m.Content)));

    /// <summary>An archive.</summary>
    /// <param name="members">Its members.</param>
    /// <param name="comment">What follows the end record.</param>
    /// <param name="count">How many members the end record claims.</param>
    /// <param name="disk">On which disk the end record claims to be.</param>
    /// <param name="betweenDirectoryAndEnd">What stands before the end record.</param>
    public static byte[] Of(IEnumerable<ZipMember> members, byte[]? comment = null, ushort? count = null, ushort disk = 0, byte[]? betweenDirectoryAndEnd = null)
    {
        MemoryStream file = new();
        BinaryWriter writer = new(file);
        MemoryStream directory = new();
        BinaryWriter entry = new(directory);
        ushort written = 0;
        foreach (ZipMember m in members)
        {
            byte[] name = m.RawName ?? Encoding.UTF8.GetBytes(m.Name), ownName = m.OwnName ?? name, stored = m.Stored ?? (m.Deflated ? Deflate(m.Content) : m.Content);
            uint crc = m.Crc ?? Crc32.Of(m.Content), size = m.Size ?? (uint)m.Content.Length, storedSize = m.StoredSize ?? (uint)stored.Length;
            ushort method = m.Method ?? (ushort)(m.Deflated ? 8 : 0);
            uint offset = m.Offset ?? (uint)file.Position;
            if (!m.ListedOnly)
            {
                writer.Write(0x04034B50u);
                Write(writer, 20, m.OwnFlags ?? m.Flags, m.OwnMethod ?? method, 0, 33);
                Write(writer, m.OwnCrc ?? crc, m.OwnStoredSize ?? storedSize, m.OwnSize ?? size);
                Write(writer, (ushort)ownName.Length, (ushort)m.OwnExtra.Length);
                Write(writer, ownName, m.OwnExtra, stored, m.After);
            }

            entry.Write(0x02014B50u);
            Write(entry, 0x0314, 20, m.Flags, method, 0, 33);
            Write(entry, crc, storedSize, size);
            Write(entry, (ushort)name.Length, (ushort)m.Extra.Length, 0, m.Disk, 0);
            Write(entry, m.Attributes, offset);
            Write(entry, name, m.Extra);
            written++;
        }

        uint start = (uint)file.Position;
        Write(writer, directory.ToArray(), betweenDirectoryAndEnd ?? []);
        writer.Write(0x06054B50u);
        Write(writer, disk, disk, count ?? written, count ?? written);
        Write(writer, (uint)directory.Length, start);
        writer.Write((ushort)(comment?.Length ?? 0));
        Write(writer, comment ?? []);
        return file.ToArray();
    }

    /// <summary>The bytes deflated.</summary>
    public static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        MemoryStream result = new();
        using (DeflateStream stream = new(result, CompressionLevel.SmallestSize, leaveOpen: true)) stream.Write(content);
        return result.ToArray();
    }

    /// <summary>Checksum and sizes as they follow a member's data.</summary>
    public static byte[] Descriptor(byte[] content, bool signature, bool wide)
    {
        MemoryStream result = new();
        BinaryWriter writer = new(result);
        if (signature) writer.Write(0x08074B50u);
        writer.Write(Crc32.Of(content));
        for (int i = 0; i < 2; i++)
        {
            if (wide) writer.Write((ulong)content.Length);
            else writer.Write((uint)content.Length);
        }

        return result.ToArray();
    }

    private static void Write(BinaryWriter writer, params ReadOnlySpan<ushort> values)
    {
        foreach (ushort value in values) writer.Write(value);
    }

    private static void Write(BinaryWriter writer, params ReadOnlySpan<uint> values)
    {
        foreach (uint value in values) writer.Write(value);
    }

    private static void Write(BinaryWriter writer, params ReadOnlySpan<byte[]> values)
    {
        foreach (byte[] value in values) writer.Write(value);
    }
}

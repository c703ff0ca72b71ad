using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NKeras.Tests.Saving;

/// <summary>Damages files: their bytes, or what is inside them, put together again so that only that is wrong.</summary>
internal sealed class FileMutator(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A damaged copy of some files that belong together.</summary>
    public Dictionary<string, byte[]> Mutate(IReadOnlyDictionary<string, byte[]> files, IReadOnlyDictionary<string, byte[]> others)
    {
        Dictionary<string, byte[]> result = files.ToDictionary();
        string name = Pick([.. files.Keys.Order(StringComparer.Ordinal)]), other = Pick([.. others.Keys.Order(StringComparer.Ordinal)]);
        result[name] = Mutate(files[name], others[other]);
        return result;
    }

    private byte[] Mutate(byte[] file, byte[] other)
    {
        if (_random.Next(2) == 0) return new ByteMutator(_random).Mutate(file, other);
        if (file.AsSpan().StartsWith("PK"u8)) return MutateArchive(file, other);
        return file.AsSpan().StartsWith("{"u8) ? MutateText(file) : MutateTextWithin(file) ?? new ByteMutator(_random).Mutate(file, other);
    }

    /// <summary>Changes a configuration's values.</summary>
    private byte[] MutateText(byte[] text)
    {
        JsonNode config = JsonNode.Parse(text)!;
        new ConfigMutator(_random.Next()).Mutate(config);
        return Encoding.UTF8.GetBytes(config.ToJsonString());
    }

    /// <summary>Changes a configuration within an HDF5 file, which has to keep its length: what is shorter is filled up with blanks.</summary>
    private byte[]? MutateTextWithin(byte[] file)
    {
        List<(int Start, int Length)> texts = [];
        for (int start = 0; (start = IndexOf(file, "{\""u8, start)) >= 0; start++)
        {
            Utf8JsonReader reader = new(file.AsSpan(start));
            try
            {
                reader.Read();
                reader.Skip();
                texts.Add((start, (int)reader.BytesConsumed));
                start += (int)reader.BytesConsumed;
            }
            catch (JsonException)
            {
                // Another two bytes that look like one.
            }
        }

        if (texts.Count == 0) return null;
        (int at, int length) = texts[_random.Next(texts.Count)];
        for (int attempt = 0; attempt < 20; attempt++)
        {
            byte[] changed = MutateText(file[at..(at + length)]);
            if (changed.Length > length) continue;
            byte[] result = [.. file];
            result.AsSpan(at, length).Fill((byte)' ');
            changed.CopyTo(result, at);
            return result;
        }

        return null;
    }

    /// <summary>Changes a member of an archive, or what an archive says of it.</summary>
    private byte[] MutateArchive(byte[] file, byte[] other)
    {
        List<ZipMember> members = [];
        using (ZipArchive archive = new(new MemoryStream(file)))
        {
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                MemoryStream content = new();
                using (Stream stream = entry.Open()) stream.CopyTo(content);
                members.Add(new ZipMember(entry.FullName, content.ToArray()) { Deflated = entry.CompressedLength != entry.Length });
            }
        }

        int index = _random.Next(members.Count);
        members[index] = _random.Next(3) == 0 ? Misdescribed(members[index]) : members[index] with { Content = Mutate(members[index].Content, other), Deflated = _random.Next(2) == 0 };
        if (_random.Next(20) == 0) members.Add(members[_random.Next(members.Count)]);
        if (_random.Next(20) == 0) members.RemoveAt(_random.Next(members.Count));
        return ZipBytes.Of(members, count: _random.Next(30) == 0 ? (ushort)_random.Next(5) : null);
    }

    private ZipMember Misdescribed(ZipMember member)
    {
        uint number = _random.Next(3) == 0 ? (uint)_random.NextInt64() : (uint)(member.Content.Length + _random.Next(-2, 3));
        byte[] extra = new byte[_random.Next(40)];
        _random.NextBytes(extra);
        if (extra.Length > 1 && _random.Next(2) == 0) (extra[0], extra[1]) = (1, 0);
        return _random.Next(14) switch
        {
            0 => member with { Size = number },
            1 => member with { OwnSize = number },
            2 => member with { StoredSize = number },
            3 => member with { OwnStoredSize = number, OwnSize = number },
            4 => member with { Crc = number },
            5 => member with { OwnCrc = number },
            6 => member with { Method = (ushort)_random.Next(16) },
            7 => member with { OwnMethod = (ushort)_random.Next(16) },
            8 => member with { Flags = (ushort)(1 << _random.Next(16)) },
            9 => member with { OwnFlags = (ushort)(1 << _random.Next(16)) },
            10 => member with { Offset = number },
            11 => member with { Extra = extra, Size = _random.Next(2) == 0 ? uint.MaxValue : null },
            12 => member with { OwnExtra = extra, OwnSize = _random.Next(2) == 0 ? uint.MaxValue : null, OwnStoredSize = _random.Next(2) == 0 ? uint.MaxValue : null },
            _ => member with { Deflated = true, Stored = new ByteMutator(_random).Mutate(ZipBytes.Deflate(member.Content), member.Content) },
        };
    }

    private string Pick(string[] names) => names[_random.Next(names.Length)];

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> text, int start)
    {
        int at = bytes.AsSpan(start).IndexOf(text);
        return at < 0 ? -1 : start + at;
    }
}

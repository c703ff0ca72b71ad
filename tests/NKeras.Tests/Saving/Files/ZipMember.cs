namespace NKeras.Tests.Saving;

/// <summary>A member of an archive that <see cref="ZipBytes"/> writes. What is not set is as it should be; the rest is what somebody claims.</summary>
internal sealed record ZipMember(string Name, byte[] Content)
{
    public bool Deflated { get; init; }

    /// <summary>The bytes in the archive, in place of the content, deflated or not.</summary>
    public byte[]? Stored { get; init; }

    public byte[]? RawName { get; init; }

    public byte[]? OwnName { get; init; }

    public ushort? Method { get; init; }

    public ushort? OwnMethod { get; init; }

    public ushort Flags { get; init; }

    public ushort? OwnFlags { get; init; }

    public uint? Crc { get; init; }

    public uint? OwnCrc { get; init; }

    public uint? Size { get; init; }

    public uint? OwnSize { get; init; }

    public uint? StoredSize { get; init; }

    public uint? OwnStoredSize { get; init; }

    public byte[] Extra { get; init; } = [];

    public byte[] OwnExtra { get; init; } = [];

    public uint Attributes { get; init; }

    public ushort Disk { get; init; }

    /// <summary>Where the directory says the header is.</summary>
    public uint? Offset { get; init; }

    /// <summary>What follows the data.</summary>
    public byte[] After { get; init; } = [];

    /// <summary>Whether it is listed only, so that its offset leads to another one's header.</summary>
    public bool ListedOnly { get; init; }
}

namespace NKeras.Saving;

/// <summary>A file in an archive, as its directory and its own header say it in agreement.</summary>
/// <param name="Name">Its name, with <c>/</c> between folders; of a folder, with <c>/</c> at the end.</param>
/// <param name="Deflated">Whether it is compressed; it is stored as it is otherwise.</param>
/// <param name="Crc">The CRC-32 of its content.</param>
/// <param name="StoredSize">How many bytes it takes in the archive.</param>
/// <param name="Size">How many bytes its content has, as the archive says.</param>
/// <param name="HeaderOffset">Where its header begins.</param>
internal sealed record ArchiveMember(string Name, bool Deflated, uint Crc, long StoredSize, long Size, long HeaderOffset)
{
    /// <summary>Where its bytes begin.</summary>
    public long DataOffset { get; init; }

    /// <summary>Where what belongs to it ends.</summary>
    public long End { get; init; }

    public bool IsFolder => Name.EndsWith('/');
}

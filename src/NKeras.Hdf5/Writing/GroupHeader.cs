namespace NKeras.Hdf5.Writing;

/// <summary>A group's header: where its members' names are.</summary>
internal sealed class GroupHeader(Hdf5Content content) : ObjectHeader(content.Attributes)
{
    public Hdf5Content Content => content;

    /// <summary>Where its members are; set when they are laid out.</summary>
    public GroupIndex? Index { get; set; }

    protected override int OwnMessages => 1;

    protected override long OwnSize => 16;

    protected override void WriteOwnMessages(ByteWriter writer)
    {
        WriteMessagePrefix(writer, type: 0x11, OwnSize);
        WriteIndex(writer);
    }

    protected override void WriteEntryCache(ByteWriter writer)
    {
        writer.U64(1); // The entry repeats where the members' names are.
        WriteIndex(writer);
    }

    private void WriteIndex(ByteWriter writer)
    {
        writer.U64(Index!.RootNode.Address);
        writer.U64(Index!.Names.Address);
    }
}

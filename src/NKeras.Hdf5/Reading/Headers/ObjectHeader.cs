namespace NKeras.Hdf5.Reading;

/// <summary>A message of an object header.</summary>
/// <param name="Type">What it says.</param>
/// <param name="IsShared">Whether it says only where its content is.</param>
/// <param name="Order">When it was made, where that is kept.</param>
/// <param name="Data">Its content.</param>
internal sealed record HeaderMessage(MessageType Type, bool IsShared, int Order, ReadOnlyMemory<byte> Data);

/// <summary>What the file says about an object: a list of messages.</summary>
internal sealed class ObjectHeader(long address, List<HeaderMessage> messages)
{
    public long Address => address;

    /// <summary>What the object is, which the file says only by which messages it has.</summary>
    public Hdf5MemberKind Kind =>
        Has(MessageType.SymbolTable) || Has(MessageType.LinkInfo) || Has(MessageType.Link) ? Hdf5MemberKind.Group
        : Has(MessageType.Layout) || Has(MessageType.ExternalFiles) || Has(MessageType.Dataspace) ? Hdf5MemberKind.Dataset
        : Has(MessageType.Datatype) ? Hdf5MemberKind.NamedType
        : throw new BadContent("it is neither a group nor a dataset; the file is damaged.");

    public IEnumerable<HeaderMessage> All(MessageType type) => messages.Where(message => message.Type == type);

    public HeaderMessage? Find(MessageType type) => messages.Find(message => message.Type == type);

    public bool Has(MessageType type) => Find(type) is not null;

    public HeaderMessage Require(MessageType type, string name) =>
        Find(type) ?? throw new BadContent($"it has no {name}; the file is damaged.");
}

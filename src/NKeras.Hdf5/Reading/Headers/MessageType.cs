namespace NKeras.Hdf5.Reading;

/// <summary>The kinds of messages in object headers (HDF5 File Format Specification, IV.A.2).</summary>
internal enum MessageType
{
    Nil = 0x00,
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    OldFillValue = 0x04,
    FillValue = 0x05,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    GroupInfo = 0x0A,
    Filters = 0x0B,
    Attribute = 0x0C,
    Comment = 0x0D,
    OldModificationTime = 0x0E,
    SharedMessageTable = 0x0F,
    Continuation = 0x10,
    SymbolTable = 0x11,
    ModificationTime = 0x12,
    BTreeSizes = 0x13,
    DriverInfo = 0x14,
    AttributeInfo = 0x15,
    ReferenceCount = 0x16,
    FileSpaceInfo = 0x17,
    CacheImage = 0x18,
}

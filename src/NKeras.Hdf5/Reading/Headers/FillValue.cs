namespace NKeras.Hdf5.Reading;

/// <summary>What elements are that were never written (HDF5 File Format Specification, IV.A.2.e and f).</summary>
internal static class FillValue
{
    private const string Name = "fill value";

    /// <summary>An element as it is in the file; empty for zeros.</summary>
    public static ReadOnlySpan<byte> Read(FileReader file, ObjectHeader header, int size)
    {
        ReadOnlySpan<byte> value = header.Find(MessageType.FillValue) is { } message ? ReadNew(file.Content(message).Span, file.Sizes)
            : header.Find(MessageType.OldFillValue) is { } old ? ReadOld(file.Content(old).Span, file.Sizes)
            : [];
        return value.IsEmpty || value.Length == size ? value
            : throw new BadContent($"its fill value has {value.Length} bytes where elements have {size}; the file is damaged.");
    }

    private static ReadOnlySpan<byte> ReadOld(ReadOnlySpan<byte> message, FieldSizes sizes)
    {
        Fields fields = new(message, sizes, Name);
        return fields.Take(fields.UInt32());
    }

    private static ReadOnlySpan<byte> ReadNew(ReadOnlySpan<byte> message, FieldSizes sizes)
    {
        Fields fields = new(message, sizes, Name);
        if (fields.Version(1, 3) == 3)
            return (fields.Byte() & 1 << 5) != 0 ? fields.Take(fields.UInt32()) : [];
        fields.Skip(2);
        return fields.Byte() != 0 ? fields.Take(fields.UInt32()) : [];
    }
}

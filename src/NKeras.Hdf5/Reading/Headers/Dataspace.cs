namespace NKeras.Hdf5.Reading;

/// <summary>How many elements there are along each axis (HDF5 File Format Specification, IV.A.2.b).</summary>
/// <param name="Dimensions">The dimensions; null if there are no elements at all.</param>
/// <param name="Largest">What dimensions may grow to; -1 for no end.</param>
/// <param name="Count">How many elements there are.</param>
internal sealed record Dataspace(long[]? Dimensions, long[] Largest, long Count)
{
    private const string Name = "dataspace";
    private const int MaxRank = 32;

    public static Dataspace Read(ReadOnlySpan<byte> message, FieldSizes sizes)
    {
        Fields fields = new(message, sizes, Name);
        byte version = fields.Version(1, 2);
        int rank = fields.Byte();
        bool hasLargest = (fields.Byte() & 1) != 0;
        byte kind = version == 2 ? fields.Byte() : (byte)1;
        if (version == 1)
            fields.Skip(5);
        if (rank > MaxRank || kind > 2)
            throw new BadContent($"its dataspace has {rank} dimensions and is of kind {kind}; the file is damaged.");
        if (kind == 2)
            return new Dataspace(null, [], 0);

        long[] dimensions = new long[kind == 0 ? 0 : rank];
        for (int i = 0; i < dimensions.Length; i++)
            dimensions[i] = fields.Length();
        long[] largest = [.. dimensions];
        for (int i = 0; hasLargest && i < largest.Length; i++)
        {
            ulong value = fields.Number(sizes.Length);
            largest[i] = value > long.MaxValue || value == ulong.MaxValue >> (64 - (8 * sizes.Length)) ? -1 : (long)value;
            if (largest[i] >= 0 && largest[i] < dimensions[i])
                throw new BadContent("a dimension is greater than the dataspace allows; the file is damaged.");
        }

        long count = dimensions.Contains(0) ? 0 : 1;
        foreach (long dimension in dimensions)
            count = checked(count * dimension);
        return new Dataspace(dimensions, largest, count);
    }
}

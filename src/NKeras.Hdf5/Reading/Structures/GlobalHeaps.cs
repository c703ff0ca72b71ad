namespace NKeras.Hdf5.Reading;

/// <summary>The collections that hold texts of their own length (HDF5 File Format Specification, III.E), each read once.</summary>
internal sealed class GlobalHeaps(FileReader file)
{
    private const string Name = "global heap";

    /// <summary>What comes before a collection and before each of its objects, filled up to this size whatever the size of lengths is.</summary>
    private const int Prefix = 16;

    private readonly Dictionary<long, Dictionary<int, ReadOnlyMemory<byte>>> _collections = [];

    /// <summary>An object of a collection.</summary>
    public ReadOnlySpan<byte> Object(long address, int index)
    {
        if (!_collections.TryGetValue(address, out Dictionary<int, ReadOnlyMemory<byte>>? objects))
            _collections.Add(address, objects = Read(address));
        return objects.TryGetValue(index, out ReadOnlyMemory<byte> found) ? found.Span
            : throw new BadContent($"its text {index} is not in the {Name} at {address}; the file is damaged.");
    }

    private Dictionary<int, ReadOnlyMemory<byte>> Read(long address)
    {
        Fields fields = new(file.Block(address, Prefix, Name), file.Sizes, Name);
        fields.Signature("GCOL"u8);
        fields.Version(1, 1);
        fields.Skip(3);
        long size = fields.Length();
        file.Budget.TakeMetadata(size);
        byte[] block = file.Block(address, size, Name);

        Dictionary<int, ReadOnlyMemory<byte>> objects = [];
        fields = new Fields(block, file.Sizes, Name);
        fields.Skip(Prefix);
        while (fields.Remaining >= Prefix)
        {
            int index = fields.UInt16();
            fields.Skip(6);
            long length = fields.Length();
            if (index == 0)
                break;
            fields.Skip(8 - file.Sizes.Length);
            int at = fields.Position;
            fields.Skip(length);
            fields.Skip(Math.Min(fields.Remaining, (8 - (int)(length % 8)) % 8));
            file.Budget.TakeMetadata(ReadBudget.ItemBytes);
            objects[index] = block.AsMemory(at, (int)length);
        }

        return objects;
    }
}

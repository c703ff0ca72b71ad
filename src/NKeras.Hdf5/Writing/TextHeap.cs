namespace NKeras.Hdf5.Writing;

/// <summary>Where a text is.</summary>
internal readonly record struct TextReference(TextCollection Collection, int Index, int Length);

/// <summary>The global heaps, which texts of their own length are in.</summary>
internal sealed class TextHeap
{
    private readonly List<TextCollection> _collections = [];
    private TextCollection? _open;

    public IReadOnlyList<TextCollection> Collections => _collections;

    public TextReference Add(byte[] text)
    {
        if (!TextCollection.Fits(text))
        {
            TextCollection own = new();
            _collections.Add(own);
            return own.Add(text);
        }

        if (_open is null || !_open.HasRoom(text))
            _collections.Add(_open = new TextCollection());
        return _open.Add(text);
    }
}

/// <summary>A global heap collection (specification, III.E): of the least size allowed, or of a single long text's.</summary>
internal sealed class TextCollection : Block
{
    private const int LeastSize = 4096;
    private const int PrefixSize = 16;

    private readonly List<byte[]> _texts = [];
    private long _used = PrefixSize;

    public override long Size => Math.Max(_used, LeastSize);

    /// <summary>Whether a text fits into a collection of the least size.</summary>
    public static bool Fits(byte[] text) => PrefixSize + Needed(text) <= LeastSize;

    public bool HasRoom(byte[] text) => _used + Needed(text) <= LeastSize;

    public TextReference Add(byte[] text)
    {
        _texts.Add(text);
        _used += Needed(text);
        return new TextReference(this, _texts.Count, text.Length);
    }

    public override void Write(ByteWriter writer)
    {
        writer.Bytes("GCOL"u8);
        writer.U32(1);
        writer.U64(Size);
        for (int i = 0; i < _texts.Count; i++)
        {
            WritePrefix(writer, i + 1, _texts[i].Length);
            writer.PaddedBytes(_texts[i]);
        }

        long free = Size - _used;
        if (free < PrefixSize)
        {
            writer.Zeros(free);
            return;
        }

        // Object 0 is what is free, with its own prefix.
        WritePrefix(writer, 0, free);
        writer.Zeros(free - PrefixSize);
    }

    private static long Needed(byte[] text) => PrefixSize + ByteWriter.Padded(text.Length);

    private static void WritePrefix(ByteWriter writer, int index, long size)
    {
        writer.U16(index);
        writer.U16(0);
        writer.U32(0);
        writer.U64(size);
    }
}

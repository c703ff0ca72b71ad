using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NKeras.Hdf5.Reading;

/// <summary>How texts that take a fixed number of bytes end.</summary>
internal enum TextPadding
{
    NullTerminated,
    NullPadded,
    SpacePadded,
}

/// <summary>How elements are kept in a file, and what they are once they are read.</summary>
/// <param name="Type">What they are.</param>
/// <param name="StoredSize">The bytes that one takes in the file.</param>
/// <param name="Name">What to call the type in messages.</param>
internal sealed record Datatype(Hdf5Type Type, int StoredSize, string Name)
{
    /// <summary>Whether the first byte is the highest.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>How texts of a fixed size end.</summary>
    public TextPadding Padding { get; init; }

    /// <summary>Refuses elements that are listed only.</summary>
    public void RequireReadable()
    {
        if (Type.Class == Hdf5TypeClass.Other)
            throw new BadContent($"elements of the type {Name} are not supported.");
    }

    /// <summary>Elements as they are in the file made little-endian.</summary>
    public void ToLittleEndian(Span<byte> elements)
    {
        if (!IsBigEndian)
            return;
        switch (StoredSize)
        {
            case 2:
                Span<ushort> halves = MemoryMarshal.Cast<byte, ushort>(elements);
                BinaryPrimitives.ReverseEndianness(halves, halves);
                break;
            case 4:
                Span<uint> words = MemoryMarshal.Cast<byte, uint>(elements);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(elements);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    /// <summary>Elements that are texts.</summary>
    public string[] Texts(ReadOnlySpan<byte> elements, long count, FileReader file)
    {
        // An empty text takes memory too.
        file.Budget.TakeMetadata(checked(count * ReadBudget.ItemBytes));
        string[] texts = new string[checked((int)count)];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = Text(elements.Slice(i * StoredSize, StoredSize), file);
        return texts;
    }

    private string Text(ReadOnlySpan<byte> element, FileReader file)
    {
        ReadOnlySpan<byte> bytes = Type.Size == 0 ? OwnLength(element, file) : element;
        bytes = Padding switch
        {
            TextPadding.NullPadded => bytes.TrimEnd((byte)0),
            TextPadding.SpacePadded => bytes.TrimEnd((byte)' ').TrimEnd((byte)0),
            _ => bytes.IndexOf((byte)0) is int end and >= 0 ? bytes[..end] : bytes,
        };
        file.Budget.TakeMetadata(bytes.Length);
        return Names.Text(bytes);
    }

    /// <summary>A text of its own length is kept as that length and where it is in a global heap.</summary>
    private static ReadOnlySpan<byte> OwnLength(ReadOnlySpan<byte> element, FileReader file)
    {
        Fields fields = new(element, file.Sizes, "text");
        uint length = fields.UInt32();
        long heap = fields.Address();
        uint index = fields.UInt32();
        if (length == 0 || heap is 0 or Fields.Undefined)
            return [];
        ReadOnlySpan<byte> bytes = file.GlobalHeaps.Object(heap, checked((int)index));
        return length <= bytes.Length ? bytes[..(int)length] : throw new BadContent("a text is longer than what is kept of it; the file is damaged.");
    }
}

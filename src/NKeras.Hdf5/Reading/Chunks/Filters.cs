using System.IO.Compression;
using System.Text;

namespace NKeras.Hdf5.Reading;

/// <summary>What was done to a dataset's chunks when they were written, and undoes it (HDF5 File Format Specification, IV.A.2.l).</summary>
internal sealed class Filters
{
    private const string Name = "list of filters";
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher32 = 3;
    private const int Lzf = 32000;

    private static readonly Dictionary<int, string> s_knownNames = new() { [4] = "szip", [5] = "nbit", [6] = "scaleoffset" };

    private readonly List<Step> _steps = [];

    /// <summary>Whether chunks are kept as they are.</summary>
    public bool IsEmpty => _steps.Count == 0;

    public static Filters Read(FileReader file, ObjectHeader header)
    {
        Filters filters = new();
        if (header.Find(MessageType.Filters) is not { } message)
            return filters;
        Fields fields = new(file.Content(message).Span, file.Sizes, Name);
        byte version = fields.Version(1, 2);
        int count = fields.Byte();
        if (version == 1)
            fields.Skip(6);
        for (int i = 0; i < count; i++)
        {
            int id = fields.UInt16();
            int nameLength = version == 1 || id >= 256 ? fields.UInt16() : 0;
            fields.Skip(2);
            int values = fields.UInt16();
            string name = Encoding.Latin1.GetString(fields.Take(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength)).TrimEnd('\0');
            int first = values > 0 ? (int)Math.Min(fields.UInt32(), int.MaxValue) : 0;
            fields.Skip(4 * (Math.Max(values, 1) - 1));
            if (version == 1 && values % 2 != 0)
                fields.Skip(4);

            // Once for each filter bounds what a chunk can grow to on the way.
            if (filters._steps.Exists(step => step.Id == id))
                throw new BadContent($"its filter {id} is used twice, which is refused.");
            filters._steps.Add(new Step(id, s_knownNames.GetValueOrDefault(id, name), first));
        }

        return filters;
    }

    /// <summary>The elements of a chunk.</summary>
    /// <param name="stored">What is in the file.</param>
    /// <param name="size">The bytes that the elements take.</param>
    /// <param name="mask">The filters that were left out, a bit for each.</param>
    public byte[] Undo(byte[] stored, int size, uint mask)
    {
        byte[] chunk = stored;
        for (int i = _steps.Count - 1; i >= 0; i--)
        {
            if (IsUsed(i, mask))
                chunk = _steps[i].Undo(chunk, SizeBefore(i));
        }

        return chunk.Length == size ? chunk
            : throw new BadContent($"a chunk has {chunk.Length:N0} bytes where {size:N0} are expected; the file is damaged.");

        // A checksum that was added before a filter was used made the chunk longer.
        int SizeBefore(int step)
        {
            int checksum = _steps.FindIndex(other => other.Id == Fletcher32);
            return checksum >= 0 && checksum < step && IsUsed(checksum, mask) ? size + 4 : size;
        }
    }

    private static bool IsUsed(int step, uint mask) => step >= 32 || (mask >> step & 1) == 0;

    private sealed record Step(int Id, string Name, int First)
    {
        public byte[] Undo(byte[] chunk, int size) => Id switch
        {
            Deflate => Inflate(chunk, size),
            Shuffle => Unshuffle(chunk, First),
            Fletcher32 => Reading.Fletcher32.Check(chunk),
            Lzf => Reading.Lzf.Decode(chunk, size),
            _ => throw new BadContent($"it is written with the filter {Id}{(Name.Length > 0 ? $" ('{Name}')" : "")}, which is not supported; supported are gzip, shuffle, fletcher32 and lzf."),
        };

        private static byte[] Inflate(byte[] chunk, int size)
        {
            // No byte of deflate says more than 1032.
            if (size / 1032 > chunk.Length)
                throw new BadContent($"a chunk of {chunk.Length:N0} bytes cannot be {size:N0} once it is inflated; the file is damaged.");
            byte[] elements = new byte[size];
            try
            {
                using ZLibStream inflater = new(new MemoryStream(chunk), CompressionMode.Decompress);
                if (inflater.ReadAtLeast(elements, size, throwOnEndOfStream: false) < size || inflater.ReadByte() >= 0)
                    throw new BadContent($"a chunk has not {size:N0} bytes once it is inflated; the file is damaged.");
            }
            catch (Exception e) when (e is InvalidDataException or IOException)
            {
                // The stream is in memory: an IOException says that the data are damaged, too.
                throw new BadContent("a chunk cannot be inflated; the file is damaged.", e);
            }

            return elements;
        }

        /// <summary>First bytes of all elements come first, then the second ones, and so on; what is no whole element stays at the end.</summary>
        private static byte[] Unshuffle(byte[] chunk, int elementSize)
        {
            if (elementSize <= 1 || elementSize > chunk.Length)
                return chunk;
            int count = chunk.Length / elementSize;
            byte[] elements = new byte[chunk.Length];
            for (int part = 0; part < elementSize; part++)
            {
                ReadOnlySpan<byte> from = chunk.AsSpan(part * count, count);
                for (int i = 0, to = part; i < from.Length; i++, to += elementSize)
                    elements[to] = from[i];
            }

            chunk.AsSpan(count * elementSize).CopyTo(elements.AsSpan(count * elementSize));
            return elements;
        }
    }
}

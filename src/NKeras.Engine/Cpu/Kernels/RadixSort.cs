using System.Buffers;

namespace NKeras.Engine.Cpu;

/// <summary>Sorts words byte by byte, which takes time in proportion to their number.</summary>
internal static class RadixSort
{
    /// <summary>The fewest words for which it beats comparing them.</summary>
    public const int Shortest = 512;

    private const int Buckets = 256;
    private const int LowestBit = 32;
    private const int Passes = 4;

    /// <summary>Sorts by the upper 32 bits; words that are equal there keep their order.</summary>
    public static void ByUpperHalf(Span<ulong> words)
    {
        Span<int> counts = stackalloc int[Passes * Buckets];
        counts.Clear();
        foreach (ulong word in words)
        {
            for (int pass = 0; pass < Passes; pass++) counts[(pass * Buckets) + Digit(word, pass)]++;
        }

        ulong[] rented = ArrayPool<ulong>.Shared.Rent(words.Length);
        Span<ulong> from = words, to = rented.AsSpan(0, words.Length);
        for (int pass = 0; pass < Passes; pass++)
        {
            Span<int> next = counts.Slice(pass * Buckets, Buckets);
            if (next[Digit(words[0], pass)] == words.Length) continue; // All have the same byte here.
            for (int bucket = 0, start = 0; bucket < Buckets; bucket++) (next[bucket], start) = (start, start + next[bucket]);
            foreach (ulong word in from) to[next[Digit(word, pass)]++] = word;
            Span<ulong> sorted = to;
            to = from;
            from = sorted;
        }

        if (from != words) from.CopyTo(words);
        ArrayPool<ulong>.Shared.Return(rented);
    }

    private static int Digit(ulong word, int pass) => (byte)(word >> (LowestBit + (8 * pass)));
}

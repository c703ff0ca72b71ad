namespace NKeras.Training;

/// <summary>Random orders of samples and batches.</summary>
internal static class Shuffling
{
    /// <summary>What the order of a pass is drawn with: another one for each seed, and for each pass of a seed.</summary>
    public static Random Random(int seed, int pass) => new((int)(Mixed(seed, pass) >> 32));

    /// <summary>Puts places into the order of a pass (Fisher and Yates). Allocates nothing.</summary>
    public static void Shuffle(Span<int> places, int seed, int pass)
    {
        ulong state = Mixed(seed, pass);
        for (int i = places.Length - 1; i > 0; i--)
        {
            int other = (int)Below((uint)i + 1, ref state);
            (places[i], places[other]) = (places[other], places[i]);
        }
    }

    /// <summary>Elements in the order in which they are drawn from a buffer, which the next ones fill up.</summary>
    public static IEnumerable<T> Shuffle<T>(IEnumerable<T> elements, int bufferSize, Random random)
    {
        List<T> buffer = [];
        foreach (T element in elements)
        {
            if (buffer.Count < bufferSize)
            {
                buffer.Add(element);
                continue;
            }

            int drawn = random.Next(bufferSize);
            yield return buffer[drawn];
            buffer[drawn] = element;
        }

        T[] rest = [.. buffer];
        random.Shuffle(rest);
        foreach (T element in rest) yield return element;
    }

    // Neighbouring seeds must not give the orders of each other's passes.
    private static ulong Mixed(int seed, int pass) => ((ulong)(uint)seed * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)pass * 0xBF58476D1CE4E5B9);

    /// <summary>A number less than a bound, each equally likely (Lemire).</summary>
    private static uint Below(uint bound, ref ulong state)
    {
        while (true)
        {
            ulong product = (Next(ref state) >> 32) * bound;
            if ((uint)product >= bound || (uint)product >= (uint.MaxValue - bound + 1) % bound) return (uint)(product >> 32);
        }
    }

    /// <summary>The next 64 bits (SplitMix64).</summary>
    private static ulong Next(ref ulong state)
    {
        ulong bits = state += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}

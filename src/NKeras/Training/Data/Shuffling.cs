namespace NKeras.Training;

/// <summary>Random orders of samples and batches.</summary>
internal static class Shuffling
{
    /// <summary>What the order of a pass is drawn with: another one for each seed, and for each pass of a seed.</summary>
    public static Random Random(int seed, int pass)
    {
        // Neighbouring seeds must not give the orders of each other's passes.
        ulong mixed = ((ulong)(uint)seed * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)pass * 0xBF58476D1CE4E5B9);
        return new Random((int)(mixed >> 32));
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
}

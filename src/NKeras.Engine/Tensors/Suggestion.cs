namespace NKeras;

/// <summary>"Did you mean …?" for names that a user misspelt.</summary>
internal static class Suggestion
{
    /// <summary>A sentence naming the nearest candidate, or the whole list where none is near.</summary>
    public static string For(string name, IEnumerable<string> candidates)
    {
        string[] known = [.. candidates];
        string? nearest = known.MinBy(c => Distance(name.ToLowerInvariant(), c.ToLowerInvariant()));
        int limit = Math.Max(1, name.Length / 3);
        return nearest != null && Distance(name.ToLowerInvariant(), nearest.ToLowerInvariant()) <= limit
            ? $"Did you mean '{nearest}'?"
            : $"Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
    }

    /// <summary>The edit distance; two letters that changed places count once.</summary>
    private static int Distance(string a, string b)
    {
        int[] beforePrevious = new int[b.Length + 1];
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        int[] current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[b.Length];
    }
}

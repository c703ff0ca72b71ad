namespace NKeras;

/// <summary>"Did you mean …?" for names that a user misspelt.</summary>
internal static class Suggestion
{
    /// <summary>The most names that are listed; they may come from somebody's file.</summary>
    private const int MostListed = 200;

    /// <summary>What is longer is not compared, and cut where it is listed.</summary>
    private const int Longest = 100;

    /// <summary>A sentence naming the nearest candidate, or the list where none is near.</summary>
    public static string For(string name, IEnumerable<string> candidates)
    {
        string[] known = [.. candidates];
        int limit = Math.Max(1, name.Length / 3);
        string? nearest = name.Length > Longest ? null : known.Where(c => Math.Abs(c.Length - name.Length) <= limit).MinBy(c => Distance(name.ToLowerInvariant(), c.ToLowerInvariant()));
        if (nearest != null && Distance(name.ToLowerInvariant(), nearest.ToLowerInvariant()) <= limit) return $"Did you mean '{nearest}'?";
        IEnumerable<string> listed = known.Order(StringComparer.Ordinal).Take(MostListed).Select(c => c.Length > Longest ? $"{c[..Longest]}..." : c);
        return $"Known: {string.Join(", ", listed)}{(known.Length > MostListed ? ", …" : "")}.";
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

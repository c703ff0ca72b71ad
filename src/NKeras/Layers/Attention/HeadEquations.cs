namespace NKeras.Layers;

/// <summary>The einsum equations of attention with several heads, for inputs of any rank.</summary>
internal static class HeadEquations
{
    /// <summary>The product of an input with a kernel: the last axes of the input become other ones.</summary>
    /// <param name="free">How many axes stay.</param>
    /// <param name="bound">How many axes are summed over.</param>
    /// <param name="made">How many axes the result has in their place.</param>
    /// <returns>The equation, and the letters of the axes that are made.</returns>
    public static (string Equation, string Made) Projection(int free, int bound, int made)
    {
        string kept = Letters(0, free), summed = Letters(free, bound), result = Letters(free + bound, made);
        return ($"{kept}{summed},{summed}{result}->{kept}{result}", result);
    }

    /// <summary>The scores of every query for every key, and the sums of values that they weight.</summary>
    /// <param name="rank">The rank of projected tensors: batch, axes, heads, features.</param>
    /// <param name="axes">The axes that attention goes along.</param>
    public static (string Scores, string Sum) Attention(int rank, int[] axes)
    {
        string query = Letters(0, rank), other = Letters(rank, axes.Length);
        string key = string.Concat(query.Select((c, i) => Array.IndexOf(axes, i) is var at and >= 0 ? other[at] : c));
        string scores = string.Concat(query.Where((_, i) => i < rank - 1 && !axes.Contains(i))) + string.Concat(axes.Select(a => query[a])) + other;
        return ($"{key},{query}->{scores}", $"{scores},{key}->{query}");
    }

    private static string Letters(int start, int count) => string.Concat(Enumerable.Range(start, count).Select(i => (char)('a' + i)));
}

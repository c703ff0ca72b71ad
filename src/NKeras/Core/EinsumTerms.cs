namespace NKeras.Core;

/// <summary>What an einsum's subscripts say: a label for each axis of each operand and of the result.</summary>
/// <remarks>Labels are letters; axes that an ellipsis stands for have the labels -1, -2, … from the last one on, which lets them broadcast.</remarks>
internal sealed record EinsumTerms(IReadOnlyList<int[]> Operands, int[] Result)
{
    private const string Dots = "...";

    /// <summary>Reads subscripts such as <c>"bij,bjk->bik"</c>, <c>"...ij->...ji"</c> or <c>"ii"</c>.</summary>
    /// <exception cref="ArgumentException">They are no such text, or do not fit the operands.</exception>
    public static EinsumTerms Parse(string subscripts, IReadOnlyList<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(subscripts);
        string text = string.Concat(subscripts.Where(c => !char.IsWhiteSpace(c)));
        string[] sides = text.Split("->");
        if (sides.Length > 2) throw Wrong(subscripts, "there is more than one '->'");
        string[] terms = sides[0].Split(',');
        if (terms.Length != shapes.Count) throw Wrong(subscripts, $"they are about {terms.Length} operands, and {shapes.Count} were given");
        List<int[]> operands = [];
        for (int i = 0; i < terms.Length; i++) operands.Add(Labels(subscripts, terms[i], shapes[i].Rank, i));
        int[] dotted = [.. Enumerable.Range(1, operands.SelectMany(o => o).Where(l => l < 0).Select(l => -l).DefaultIfEmpty(0).Max()).Reverse().Select(n => -n)];
        return new EinsumTerms(operands, sides.Length == 2 ? Explicit(subscripts, sides[1], operands, dotted) : Implicit(operands, dotted));
    }

    private static int[] Labels(string subscripts, string term, int rank, int operand)
    {
        (string before, string? after) = Split(subscripts, term);
        int letters = before.Length + (after?.Length ?? 0);
        if (after == null ? letters != rank : letters > rank)
            throw Wrong(subscripts, $"'{term}' has {letters} letters for operand {operand + 1}, which has {rank} axes");
        return [.. before, .. Enumerable.Range(1, rank - letters).Reverse().Select(n => -n), .. after ?? ""];
    }

    private static int[] Explicit(string subscripts, string term, IReadOnlyList<int[]> operands, int[] dotted)
    {
        (string before, string? after) = Split(subscripts, term);
        string letters = before + after;
        if (letters.Distinct().Count() != letters.Length) throw Wrong(subscripts, $"the result '{term}' names an axis twice");
        if (letters.FirstOrDefault(c => !operands.Any(o => o.Contains(c))) is var unknown and not '\0') throw Wrong(subscripts, $"'{unknown}' of the result is in no operand");
        if (after == null && dotted.Length > 0) throw Wrong(subscripts, "operands have an ellipsis, and the result has none");
        return [.. before, .. after == null ? [] : dotted, .. after ?? ""];
    }

    /// <summary>What an ellipsis stands for, then the letters that occur once, in alphabetical order.</summary>
    private static int[] Implicit(IReadOnlyList<int[]> operands, int[] dotted) =>
        [.. dotted, .. operands.SelectMany(o => o).Where(l => l > 0).GroupBy(l => l).Where(g => g.Count() == 1).Select(g => g.Key).Order()];

    private static (string Before, string? After) Split(string subscripts, string term)
    {
        string[] parts = term.Split(Dots);
        if (parts.Length > 2) throw Wrong(subscripts, $"'{term}' has more than one ellipsis");
        foreach (char c in parts.SelectMany(p => p))
        {
            if (!char.IsAsciiLetter(c)) throw Wrong(subscripts, $"'{c}' is no letter");
        }

        return (parts[0], parts.Length == 2 ? parts[1] : null);
    }

    private static ArgumentException Wrong(string subscripts, string why) => new($"Einsum cannot take the subscripts \"{subscripts}\": {why}.", nameof(subscripts));
}

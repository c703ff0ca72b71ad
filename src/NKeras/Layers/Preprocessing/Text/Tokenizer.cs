using NKeras.Layers.Preprocessing;

namespace NKeras.Layers;

/// <summary>Makes tokens of texts: standardizes and splits them, and puts neighbours together.</summary>
/// <param name="Owner">Who asks, for messages: <c>Layer 'text_vectorization'</c>.</param>
/// <param name="Standardize">How texts are brought to one form.</param>
/// <param name="Split">How they are split.</param>
/// <param name="Widths">How many neighbours make a token, for each kind of them; null for each on its own.</param>
internal sealed record Tokenizer(string Owner, TextStandardization Standardize, TextSplitting Split, IReadOnlyList<int>? Widths)
{
    /// <summary>The tokens of rows of texts.</summary>
    /// <param name="texts">The texts, row after row.</param>
    /// <param name="lengths">How many texts there are in each row.</param>
    /// <exception cref="ArgumentException">A text is not valid Unicode, or a function of the user's gives null.</exception>
    public TokenRows Tokens(string[] texts, IReadOnlyList<int> lengths)
    {
        List<string> all = new(texts.Length * 2), row = [];
        int[] splits = new int[lengths.Count + 1];
        Func<string, string>? standardize = Standardize.Effective;
        int next = 0;
        for (int i = 0; i < lengths.Count; i++)
        {
            row.Clear();
            for (int end = next + lengths[i]; next < end; next++)
            {
                string text = Checked(texts[next]);
                if (standardize != null) text = standardize(text) ?? throw new ArgumentException($"{Owner}: the function 'standardize' gave null for a text.");
                Split.AddTokens(text, row);
            }

            if (Split.Function != null && row.Contains(null!)) throw new ArgumentException($"{Owner}: the function 'split' gave null among the tokens of a text.");
            AddNeighbours(row, all);
            splits[i + 1] = all.Count;
        }

        return new TokenRows([.. all], splits);
    }

    /// <summary>How many tokens a row of a fixed number of texts gives, where texts are not split; unknown (-1) if the number is.</summary>
    public int Count(int texts) => Widths == null || texts == Shape.Unknown ? texts : Widths.Sum(w => Math.Max(0, texts - w + 1));

    /// <summary>Puts neighbours together: all of the first width, then all of the second, and so on.</summary>
    private void AddNeighbours(List<string> row, List<string> all)
    {
        if (Widths == null)
        {
            all.AddRange(row);
            return;
        }

        ReadOnlySpan<string> tokens = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(row);
        foreach (int width in Widths)
        {
            for (int start = 0; start + width <= tokens.Length; start++) all.Add(width == 1 ? tokens[start] : string.Join(' ', tokens.Slice(start, width)));
        }
    }

    private string Checked(string text)
    {
        // Surrogates are rare: only a text that has some is looked at closely.
        int first = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        for (int i = first; i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) throw HashBuckets.Invalid(Owner, text);
            i++;
        }

        return text;
    }
}

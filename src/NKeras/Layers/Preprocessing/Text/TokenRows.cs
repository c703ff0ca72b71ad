using NKeras.Engine;

namespace NKeras.Layers;

/// <summary>Rows of tokens that may differ in number.</summary>
/// <param name="Tokens">The tokens, row after row.</param>
/// <param name="Splits">Where each row starts, and the number of tokens at the end.</param>
internal sealed record TokenRows(string[] Tokens, int[] Splits)
{
    /// <summary>How many rows there are.</summary>
    public int Count => Splits.Length - 1;

    /// <summary>How many tokens the longest row has.</summary>
    public int Longest
    {
        get
        {
            int longest = 0;
            for (int i = 0; i < Count; i++) longest = Math.Max(longest, Splits[i + 1] - Splits[i]);
            return longest;
        }
    }

    /// <summary>The first tokens of each row.</summary>
    /// <param name="length">How many at most; all if null.</param>
    public TokenRows Cut(int? length)
    {
        if (length is not { } most || Longest <= most) return this;
        int[] splits = new int[Splits.Length];
        for (int i = 0; i < Count; i++) splits[i + 1] = splits[i] + Math.Min(most, Splits[i + 1] - Splits[i]);
        string[] tokens = new string[splits[^1]];
        for (int i = 0; i < Count; i++) Array.Copy(Tokens, Splits[i], tokens, splits[i], splits[i + 1] - splits[i]);
        return new TokenRows(tokens, splits);
    }

    /// <summary>All rows cut or filled up with empty texts to one length.</summary>
    /// <param name="shape">The shape that rows have among themselves, and the length; a scalar's for one row of one token.</param>
    public Tensor ToDense(params ReadOnlySpan<int> shape)
    {
        int length = shape.IsEmpty ? 1 : shape[^1];
        string[] texts = new string[Count * length];
        for (int i = 0; i < Count; i++)
        {
            int count = Math.Min(length, Splits[i + 1] - Splits[i]);
            Array.Copy(Tokens, Splits[i], texts, i * length, count);
            texts.AsSpan((i * length) + count, length - count).Fill("");
        }

        return ConcreteTensor.OfTexts(texts, new Shape(shape));
    }

    /// <summary>The parts of a ragged tensor: tokens, where rows start, the row of each token, and a vector as long as the longest row.</summary>
    public Tensor[] ToParts()
    {
        int[] rows = new int[Tokens.Length];
        for (int i = 0; i < Count; i++) rows.AsSpan(Splits[i]..Splits[i + 1]).Fill(i);
        return [ConcreteTensor.OfTexts(Tokens, new Shape([Tokens.Length])), Tensor.From<int>(Splits), Tensor.From<int>(rows), Tensor.From<int>(new int[Longest])];
    }
}

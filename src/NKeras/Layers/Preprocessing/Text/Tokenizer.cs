using System.Runtime.InteropServices;
using NKeras.Engine;
using NKeras.Engine.Graphs;
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

    /// <summary>The tokens of a tensor of texts in rows of one length, with empty ones at the end.</summary>
    /// <param name="texts">Texts: each is a row if it is split; otherwise rows are along the last axis.</param>
    /// <param name="length">To how many tokens rows are cut or filled up; as many as the longest has if null.</param>
    /// <param name="fillsUp">Whether rows that have one length already are filled up.</param>
    public Tensor Dense(Tensor texts, int? length = null, bool fillsUp = true)
    {
        if (texts is RaggedTensor ragged)
            return HostFunction.Call(Owner, [ragged.Values, ragged.RowSplits], s => [Texts([Less(s[1].Shape.Dims[0], 1), length ?? Shape.Unknown])], t => [Filled(RowsOf(t[0], t[1]), length, [t[1].Shape.Size - 1])])[0];
        if (Split.Splits)
            return HostFunction.Call(Owner, [texts], s => [Texts([.. Outer(s[0].Shape), length ?? Shape.Unknown])], t => [Filled(Tokens(t[0]), length, Outer(t[0].Shape))])[0];
        if (texts.Rank == 0 && Widths != null) throw new ArgumentException($"{Owner} puts neighbouring tokens together, so it takes rows of them, (batch, tokens); received a single text.");
        return HostFunction.Call(Owner, [texts], s => [Texts(EvenShape(s[0].Shape))], t => [Tokens(t[0]).ToDense(EvenShape(t[0].Shape))])[0];

        int[] EvenShape(Shape shape)
        {
            if (shape.Rank == 0) return [];
            int count = Count(shape.Dims[^1]);
            return [.. shape.Dims[..^1], length is not { } given ? count : fillsUp ? given : count == Shape.Unknown ? count : Math.Min(given, count)];
        }
    }

    /// <summary>The tokens of a tensor of texts in rows of their own lengths.</summary>
    /// <param name="texts">A vector of texts, or a column of them, each of which is split; or rows of texts.</param>
    /// <param name="length">To how many tokens rows are cut; none is if null.</param>
    public RaggedTensor Ragged(Tensor texts, int? length = null)
    {
        TensorSpec numbers = new(new Shape([Shape.Unknown]), DType.Int32);
        RaggedTensor? ragged = texts as RaggedTensor;
        Tensor[] parts = HostFunction.Call(
            Owner,
            ragged is null ? [texts] : [ragged.Values, ragged.RowSplits],
            s => [Texts([Shape.Unknown]), numbers with { Shape = ragged is null ? new Shape([Less(s[0].Shape.Dims[0], -1)]) : s[1].Shape }, numbers, numbers],
            t => (t.Length == 1 ? Tokens(t[0]) : RowsOf(t[0], t[1])).Cut(length).ToParts());
        return new RaggedTensor(parts[0], parts[1], parts[2], new Shape([Less(parts[1].Shape.Dims[0], 1), Shape.Unknown]), parts[3].Shape.Dims[0]);
    }

    private static TensorSpec Texts(ReadOnlySpan<int> dims) => new(new Shape(dims), DType.String);

    private static int Less(int dimension, int by) => dimension == Shape.Unknown ? dimension : dimension - by;

    /// <summary>The shape that rows have among themselves where each text makes one: a last axis of length 1 is none.</summary>
    private static int[] Outer(Shape shape) => [.. shape.Rank > 1 ? shape.Dims[..^1] : shape.Dims];

    private static Tensor Filled(TokenRows rows, int? length, int[] outer) => rows.ToDense([.. outer, length ?? rows.Longest]);

    private TokenRows Tokens(Tensor texts)
    {
        string[] all = ((TextStorage)texts.Data).Texts;
        bool areRows = !Split.Splits && texts.Rank > 0;
        int[] lengths = new int[areRows ? texts.Shape.Dims[..^1].ToArray().Aggregate(1, (a, b) => a * b) : all.Length];
        lengths.AsSpan().Fill(areRows ? texts.Shape.Dims[^1] : 1);
        return Tokens(all, lengths);
    }

    private TokenRows RowsOf(Tensor values, Tensor rowSplits)
    {
        int[] splits = rowSplits.ToArray<int>();
        return Tokens(((TextStorage)values.Data).Texts, [.. Enumerable.Range(0, splits.Length - 1).Select(i => splits[i + 1] - splits[i])]);
    }

    /// <summary>How many tokens a row of a fixed number of texts gives, where texts are not split; unknown (-1) if the number is.</summary>
    private int Count(int texts) => Widths == null || texts == Shape.Unknown ? texts : Widths.Sum(w => Math.Max(0, texts - w + 1));

    /// <summary>Puts neighbours together: all of the first width, then all of the second, and so on.</summary>
    private void AddNeighbours(List<string> row, List<string> all)
    {
        if (Widths == null)
        {
            all.AddRange(row);
            return;
        }

        ReadOnlySpan<string> tokens = CollectionsMarshal.AsSpan(row);
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

namespace NKeras.Layers.Preprocessing;

/// <summary>A vocabulary that is in effect. It never changes, so several threads may read it.</summary>
/// <typeparam name="TToken">What a token is.</typeparam>
internal sealed class TokenTable<TToken>
    where TToken : notnull
{
    private readonly Dictionary<TToken, long> _indices;

    /// <summary>Numbers tokens.</summary>
    /// <param name="special">The tokens of the first numbers, which are not found: the mask's and those of unknown ones.</param>
    /// <param name="tokens">The others, each once.</param>
    /// <param name="mask">The mask's token with its number, which is found; none for null.</param>
    /// <param name="idfWeights">What a token counts, by its number; null if all count one.</param>
    public TokenTable(TToken[] special, TToken[] tokens, (TToken Token, long Index)? mask, Tensor? idfWeights)
    {
        (Special, Tokens, IdfWeights) = (special, tokens, idfWeights);
        _indices = new(tokens.Length + 1);
        for (int i = 0; i < tokens.Length; i++) _indices.Add(tokens[i], special.Length + i);
        if (mask is { } m) _indices[m.Token] = m.Index;
    }

    private TokenTable(TokenTable<TToken> other, Tensor? idfWeights) => (Special, Tokens, _indices, IdfWeights) = (other.Special, other.Tokens, other._indices, idfWeights);

    /// <summary>The tokens of the first numbers.</summary>
    public TToken[] Special { get; }

    /// <summary>The tokens of the others.</summary>
    public TToken[] Tokens { get; }

    /// <summary>What a token counts, by its number; null if all count one.</summary>
    public Tensor? IdfWeights { get; }

    /// <summary>The number of numbers.</summary>
    public int Size => Special.Length + Tokens.Length;

    /// <summary>The tokens that are found, with their numbers.</summary>
    public IReadOnlyDictionary<TToken, long> Indices => _indices;

    /// <summary>The number of a token.</summary>
    public bool TryFind(TToken token, out long index) => _indices.TryGetValue(token, out index);

    /// <summary>The token of a number; the second one if it has none.</summary>
    public TToken TokenOf(long index, TToken other) => (ulong)index < (ulong)Special.Length ? Special[index] : (ulong)index < (ulong)Size ? Tokens[index - Special.Length] : other;

    /// <summary>The same vocabulary with other weights.</summary>
    public TokenTable<TToken> With(Tensor? idfWeights) => new(this, idfWeights);
}

namespace NKeras.Layers;

/// <summary>Makes vocabularies of collection expressions: <c>vocabulary: ["a", "b"]</c>.</summary>
public static class Vocabulary
{
    /// <summary>A vocabulary of tokens.</summary>
    /// <typeparam name="TToken">What a token is: a text or a whole number.</typeparam>
    /// <param name="tokens">The tokens, in order.</param>
    public static Vocabulary<TToken> Create<TToken>(ReadOnlySpan<TToken> tokens)
        where TToken : notnull => tokens.ToArray();
}

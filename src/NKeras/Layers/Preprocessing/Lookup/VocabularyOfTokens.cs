using System.Collections;
using System.Runtime.CompilerServices;
using NKeras.Layers.Preprocessing;

namespace NKeras.Layers;

/// <summary>
/// What Keras takes as "array, or a string path to a text file": the tokens of a vocabulary, or a file with one a line. Converts from an array, a list, a
/// collection expression, a vector, and from the path of a file, which is read, as UTF-8, when a layer gets it.
/// </summary>
/// <typeparam name="TToken">What a token is: a text (<see cref="string"/>) or a whole number (<see cref="long"/>).</typeparam>
/// <example><code>
/// new StringLookup(vocabulary: ["red", "green", "blue"]);
/// new StringLookup(vocabulary: "words.txt");
/// new IntegerLookup(vocabulary: new[] { 12, 36, 1138 });
/// </code></example>
[CollectionBuilder(typeof(Vocabulary), nameof(Vocabulary.Create))]
public sealed class Vocabulary<TToken> : IEnumerable<TToken>
    where TToken : notnull
{
    private readonly object _source;

    private Vocabulary(object source) => _source = source;

    /// <summary>The file that holds the tokens; null if they were given.</summary>
    public string? Path => _source as string;

    /// <summary>The name of a file that a configuration gives, which nobody opens; null if there is none.</summary>
    internal string? Unopened => (_source as Foreign)?.Path;

    /// <summary>The path of a file with a token a line.</summary>
    public static implicit operator Vocabulary<TToken>(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(path);
    }

    /// <summary>The tokens of an array.</summary>
    public static implicit operator Vocabulary<TToken>(TToken[] tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new((TToken[])tokens.Clone());
    }

    /// <summary>The tokens of a list.</summary>
    public static implicit operator Vocabulary<TToken>(List<TToken> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new(tokens.ToArray());
    }

    /// <summary>The tokens of an array of smaller numbers.</summary>
    public static implicit operator Vocabulary<TToken>(int[] tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new(Tensor.From<int>(tokens));
    }

    /// <summary>The tokens of a vector.</summary>
    public static implicit operator Vocabulary<TToken>(Tensor tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return new(tokens);
    }

    /// <summary>The tokens that were given; none for a file.</summary>
    public IEnumerator<TToken> GetEnumerator() => ((IEnumerable<TToken>)(_source switch
    {
        TToken[] tokens => tokens,
        Tensor vector => TokensOf(vector, "A vocabulary"),
        _ => [],
    })).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What a configuration names that is no list of tokens.</summary>
    internal static Vocabulary<TToken> NamedIn(string config) => new(new Foreign(config));

    /// <summary>The tokens, those of a file included.</summary>
    /// <param name="owner">Who asks, for messages: <c>Layer 'string_lookup'</c>.</param>
    /// <exception cref="ArgumentException">The tensor is no vector of tokens, or there is no such file, or it holds something else.</exception>
    internal TToken[] Read(string owner) => _source switch
    {
        TToken[] tokens => tokens,
        Tensor vector => TokensOf(vector, owner),
        string path => VocabularyFile.Read<TToken>(owner, path),
        _ => throw new ArgumentException($"{owner}: its configuration names a file '{Saving.BadConfig.Excerpt(Unopened!)}' as vocabulary. Files and addresses that a configuration names are never opened. Give the layer the vocabulary, or load an archive that holds it."),
    };

    private static TToken[] TokensOf(Tensor vector, string owner)
    {
        bool isText = typeof(TToken) == typeof(string);
        if (vector.Rank != 1) throw new ArgumentException($"{owner}: a vocabulary is a vector; received a tensor of shape {vector.Shape}.");
        if (isText != (vector.DType == DType.String) || (!isText && !vector.DType.IsInteger))
            throw new ArgumentException($"{owner}: its vocabulary is of {(isText ? "strings" : "whole numbers")}; received a vector of {vector.DType}.");
        return (TToken[])(object)(isText ? vector.ToStrings() : Engine.Primitives.PrimitiveOps.Convert(vector, DType.Int64).ToArray<long>());
    }

    private sealed record Foreign(string Path);
}

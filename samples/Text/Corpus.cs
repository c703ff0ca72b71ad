using System.IO.Compression;
using NKeras;

namespace Samples.Text;

/// <summary>A text whose characters are numbered in the order of their codes. Its last tenth is kept for validation.</summary>
public sealed class Corpus
{
    private readonly int[] _training;
    private readonly int[] _validation;

    /// <summary>Numbers the characters of a text.</summary>
    public Corpus(string text)
    {
        Characters = [.. text.Distinct().Order()];
        int[] numbers = Encode(text);
        (_training, _validation) = (numbers[..(text.Length * 9 / 10)], numbers[(text.Length * 9 / 10)..]);
    }

    /// <summary>Every character that occurs, once; its position is its number.</summary>
    public IReadOnlyList<char> Characters { get; }

    /// <summary>1.1 MB of Shakespeare's plays, in the public domain.</summary>
    public static Corpus Shakespeare() => new(ShakespeareText());

    /// <summary>The same as a text.</summary>
    public static string ShakespeareText()
    {
        using Stream file = typeof(Corpus).Assembly.GetManifestResourceStream("tinyshakespeare.txt.gz")!;
        using StreamReader text = new(new GZipStream(file, CompressionMode.Decompress));
        return text.ReadToEnd();
    }

    /// <summary>The numbers of a text's characters.</summary>
    /// <exception cref="KeyNotFoundException">One of them does not occur in the corpus.</exception>
    public int[] Encode(string text)
    {
        Dictionary<char, int> numbers = Characters.Index().ToDictionary(c => c.Item, c => c.Index);
        return [.. text.Select(c => numbers[c])];
    }

    /// <summary>Pieces of the text from random places, and for each character of them the one that follows.</summary>
    /// <param name="count">How many pieces.</param>
    /// <param name="length">How many characters each.</param>
    /// <param name="seed">Chooses the places.</param>
    /// <returns>int32 (count, length) both; <c>Y</c> is <c>X</c> one character later.</returns>
    public (Tensor X, Tensor Y) TrainingPieces(int count, int length, int seed)
    {
        Random random = new(seed);
        return Pieces(_training, length, [.. Enumerable.Range(0, count).Select(_ => random.Next(_training.Length - length))]);
    }

    /// <summary>The same from the part that is kept for validation, at equal distances.</summary>
    public (Tensor X, Tensor Y) ValidationPieces(int count, int length) =>
        Pieces(_validation, length, [.. Enumerable.Range(0, count).Select(i => (int)((long)i * (_validation.Length - length) / count))]);

    private static (Tensor X, Tensor Y) Pieces(int[] text, int length, int[] starts)
    {
        int[] x = new int[starts.Length * length], y = new int[starts.Length * length];
        foreach ((int i, int start) in starts.Index())
        {
            text.AsSpan(start, length).CopyTo(x.AsSpan(i * length));
            text.AsSpan(start + 1, length).CopyTo(y.AsSpan(i * length));
        }

        return (Tensor.From(x, [starts.Length, length]), Tensor.From(y, [starts.Length, length]));
    }
}

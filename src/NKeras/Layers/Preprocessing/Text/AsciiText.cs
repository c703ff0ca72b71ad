using System.Buffers;

namespace NKeras.Layers;

/// <summary>What TensorFlow's functions of texts do to characters, all of which concern ASCII only: other letters, spaces and marks stay as they are.</summary>
// Keras: calls tf.strings.lower without an encoding, so É stays É; and its punctuation and white space are ASCII's.
internal static class AsciiText
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static readonly SearchValues<char> s_punctuation = SearchValues.Create(Punctuation);
    private static readonly SearchValues<char> s_upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly SearchValues<char> s_both = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ" + Punctuation);
    private static readonly SearchValues<char> s_space = SearchValues.Create(" \t\n\v\f\r");

    /// <summary>A text in lower case, or without punctuation.</summary>
    public static string Changed(string text, bool lower, bool strip)
    {
        SearchValues<char> changing = lower ? strip ? s_both : s_upper : s_punctuation;
        int first = text.AsSpan().IndexOfAny(changing);
        if (first < 0) return text;
        char[]? rented = null;
        Span<char> result = text.Length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(text.Length);
        text.AsSpan(0, first).CopyTo(result);
        int length = first;
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            if (strip && c < 128 && s_punctuation.Contains(c)) continue;
            result[length++] = lower && char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        string changed = new(result[..length]);
        if (rented != null) ArrayPool<char>.Shared.Return(rented);
        return changed;
    }

    /// <summary>Adds what stands between white space.</summary>
    public static void AddWords(string text, List<string> words)
    {
        ReadOnlySpan<char> rest = text;
        while (true)
        {
            int start = rest.IndexOfAnyExcept(s_space);
            if (start < 0) return;
            rest = rest[start..];
            int end = rest.IndexOfAny(s_space);
            if (end < 0) end = rest.Length;
            words.Add(end == text.Length ? text : new string(rest[..end]));
            rest = rest[end..];
        }
    }

    /// <summary>Adds the characters, of which one may be two of .NET's.</summary>
    public static void AddCharacters(string text, List<string> characters)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int length = char.IsHighSurrogate(text[i]) ? 2 : 1;
            characters.Add(length == 1 && text[i] < 128 ? s_ascii[text[i]] : text.Substring(i, length));
            i += length - 1;
        }
    }

    private static readonly string[] s_ascii = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];
}

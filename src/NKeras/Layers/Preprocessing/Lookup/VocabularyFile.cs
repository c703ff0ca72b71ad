using System.Globalization;
using System.Text;

namespace NKeras.Layers.Preprocessing;

/// <summary>Vocabularies as text: UTF-8, a token a line.</summary>
internal static class VocabularyFile
{
    /// <summary>The name of a vocabulary among a layer's assets.</summary>
    public const string AssetName = "vocabulary.txt";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file that the caller names.</summary>
    /// <param name="owner">Who asks, for messages.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">There is no such file, or it holds something else.</exception>
    public static TToken[] Read<TToken>(string owner, string path) => File.Exists(path)
        ? Parse<TToken>($"{owner}: vocabulary file '{path}'", File.ReadAllBytes(path))
        : throw new ArgumentException($"{owner}: vocabulary file '{path}' does not exist.");

    /// <summary>The tokens of a text. Empty lines at its end are none.</summary>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="content">The text.</param>
    /// <exception cref="ArgumentException">It is not valid UTF-8, or a line is no number where numbers are expected.</exception>
    public static TToken[] Parse<TToken>(string what, byte[] content)
    {
        List<string> lines = [.. Decoded(what, content).Split('\n').Select(l => l.EndsWith('\r') ? l[..^1] : l)];
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return typeof(TToken) == typeof(string) ? (TToken[])(object)lines.ToArray() : (TToken[])(object)lines.Select(Number).ToArray();

        long Number(string line, int index) => long.TryParse(line, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new ArgumentException($"{what}: line {index + 1} is no whole number of 64 bits: '{Saving.BadConfig.Excerpt(line)}'.");
    }

    /// <summary>Tokens as a text.</summary>
    /// <param name="owner">Who asks, for messages.</param>
    /// <param name="tokens">The tokens.</param>
    /// <exception cref="ArgumentException">A token has line breaks.</exception>
    public static byte[] Write<TToken>(string owner, IEnumerable<TToken> tokens) =>
        s_utf8.GetBytes(string.Join('\n', tokens.Select(t => Line(owner, Convert.ToString(t, CultureInfo.InvariantCulture)!))));

    private static string Line(string owner, string token) => token.AsSpan().IndexOfAny('\n', '\r') < 0
        ? token
        : throw new ArgumentException($"{owner}: token '{Saving.BadConfig.Excerpt(token.ReplaceLineEndings("\\n"))}' of its vocabulary has a line break, so it cannot be saved: an archive keeps a token a line. Give the vocabulary to the constructor, with which it becomes part of the configuration.");

    private static string Decoded(string what, byte[] content)
    {
        ReadOnlySpan<byte> text = content;
        if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[Encoding.UTF8.Preamble.Length..];
        try
        {
            return s_utf8.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            string bytes = Convert.ToHexString(e.BytesUnknown ?? []);
            throw new ArgumentException($"{what}: line {text[..Math.Clamp(e.Index, 0, text.Length)].Count((byte)'\n') + 1} is not valid UTF-8 (bytes {bytes}). Save the file as UTF-8.", e);
        }
    }
}

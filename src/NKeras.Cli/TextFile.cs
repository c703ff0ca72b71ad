using System.Text;

namespace NKeras.Cli;

/// <summary>Texts: a line for each sample.</summary>
internal static class TextFile
{
    /// <summary>Reads texts.</summary>
    /// <param name="stream">The file, in UTF-8.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="expected">The input that it is for: one of shape (null, 1) gets a column.</param>
    /// <exception cref="InvalidDataException">It has no lines, or is not UTF-8.</exception>
    public static Tensor Read(Stream stream, string name, KerasTensor? expected)
    {
        List<string> lines = [];
        try
        {
            using StreamReader reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            while (reader.ReadLine() is { } line) lines.Add(line);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"'{name}' is not UTF-8: after line {lines.Count}, {e.Message}", e);
        }

        if (lines.Count == 0) throw new InvalidDataException($"'{name}' has no lines.");
        return Tensor.FromStrings([.. lines], expected is { Shape: { Rank: 2 } shape } && shape[1] is 1 or null ? [lines.Count, 1] : [lines.Count]);
    }
}

using System.Globalization;
using System.Text;

namespace NKeras.Saving;

/// <summary>Which names members of archives may have: those that mean the same file for every program and system.</summary>
internal static class ArchiveNames
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly HashSet<string> s_devices = new(
        ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$", .. "123456789¹²³".SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })], StringComparer.OrdinalIgnoreCase);

    // Without ICU .NET leaves texts as they are.
    private static readonly bool s_normalizes = "e\u0301".Normalize(NormalizationForm.FormC) == "\u00E9";

    /// <summary>The name that bytes spell.</summary>
    /// <exception cref="InvalidDataException">They are not UTF-8, or the name is refused.</exception>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        string name;
        try
        {
            name = s_utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"The archive has a member whose name is not UTF-8: '{Shown(Encoding.Latin1.GetString(bytes))}'.", e);
        }

        return Fault(name) is { } fault ? throw new InvalidDataException($"The archive's member '{Shown(name)}' is refused: its name {fault}.") : name;
    }

    /// <summary>The same text for names that some system takes for one.</summary>
    public static string Folded(string name) => name.TrimEnd('/').Normalize(NormalizationForm.FormC).ToUpperInvariant();

    /// <summary>A name in a message: short, and without characters that do something to terminals.</summary>
    public static string Shown(string name) => BadConfig.Excerpt(string.Concat(name.Take(1000).Select(c => char.IsControl(c) ? '\uFFFD' : c)));

    private static string? Fault(string name)
    {
        if (name.Length == 0) return "is empty";
        if (name.Contains('\\')) return "has a back-slash";
        if (name.Any(char.IsControl)) return "has a control character";
        if (name[0] == '/') return "is absolute";
        if (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])) return "names a drive";
        if (!s_normalizes && name.Any(c => char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)) return "has combining marks, which cannot be compared on this system";
        if (name.Contains('\uFFFD')) return "has a character that stands for none";
        foreach (string part in name.TrimEnd('/').Split('/'))
        {
            if (part is "" or "." or "..") return "does not go straight down";
            if (part[^1] is '.' or ' ') return "has a part that ends with a dot or a space";
            if (s_devices.Contains(part.Split('.')[0].TrimEnd(' '))) return "is that of a device";
        }

        return name.EndsWith("//", StringComparison.Ordinal) ? "does not go straight down" : null;
    }
}

using System.Text.RegularExpressions;

namespace NKeras.Core;

/// <summary>Regular expressions for names and paths. They may come from a file, so they are of a kind that takes no time.</summary>
internal static class PathPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Whether a regular expression matches all of a path.</summary>
    /// <exception cref="ArgumentException">It is none that can be used.</exception>
    public static bool Matches(string pattern, string path) => IsMatch($@"\A(?:{pattern})\z", path, pattern);

    /// <summary>Whether a regular expression matches some part of a path.</summary>
    /// <exception cref="ArgumentException">It is none that can be used.</exception>
    public static bool Occurs(string pattern, string path) => IsMatch(pattern, path, pattern);

    /// <summary>Refuses what is no regular expression that can be used.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void Check(string pattern) => Occurs(pattern, "");

    private static bool IsMatch(string expression, string path, string pattern)
    {
        try
        {
            return Regex.IsMatch(path, expression, Options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ArgumentException($"'{pattern}' is no regular expression that can be used: {e.Message}", e);
        }
    }
}

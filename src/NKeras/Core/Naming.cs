using System.Text.RegularExpressions;

namespace NKeras.Core;

/// <summary>Keras's automatic names: the class name in snake case, numbered from the second on.</summary>
internal static partial class Naming
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<string, long> s_counts = [];

    /// <summary>A name not given out since the last <see cref="Reset"/>: <c>dense</c>, <c>dense_1</c>, ….</summary>
    public static string AutoName(string className)
    {
        string prefix = ToSnakeCase(className);
        lock (s_gate)
        {
            long count = s_counts.GetValueOrDefault(prefix);
            s_counts[prefix] = count + 1;
            return count == 0 ? prefix : $"{prefix}_{count}";
        }
    }

    /// <summary>Leaves out names that Keras gives to what exists on the way to a result only.</summary>
    public static void Skip(string prefix, long count)
    {
        lock (s_gate) s_counts[prefix] = s_counts.GetValueOrDefault(prefix) + count;
    }

    /// <summary>Starts numbering anew.</summary>
    public static void Reset()
    {
        lock (s_gate) s_counts.Clear();
    }

    /// <summary><c>MaxPooling2D</c> becomes <c>max_pooling2d</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        name = NonWord().Replace(name, "");
        name = BeforeCapitalised().Replace(name, "$1_$2");
        return LowerUpper().Replace(name, "$1_$2").ToLowerInvariant();
    }

    [GeneratedRegex(@"\W+")]
    private static partial Regex NonWord();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex BeforeCapitalised();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex LowerUpper();
}

namespace NKeras.Conformance.Binding;

/// <summary>The mechanical naming rule between Keras and NKeras.</summary>
internal static class Names
{
    /// <summary><c>log_sum_exp</c> becomes <c>LogSumExp</c>, <c>MAP_TO_NONE</c> <c>MapToNone</c>.</summary>
    public static string Pascal(string name) => string.Concat((IsConstant(name) ? name.ToLowerInvariant() : name).Split('_').Select(Capital));

    /// <summary><c>from_logits</c> becomes <c>fromLogits</c>.</summary>
    public static string Camel(string name) => string.Concat(name.Split('_').Where(w => w.Length > 0).Select((word, i) => i == 0 ? Lower(word) : Capital(word)));

    private static bool IsConstant(string name) => name.Contains('_') && name.All(c => c == '_' || char.IsAsciiLetterUpper(c));

    private static string Capital(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];

    // Python's N and M are parameters, too.
    private static string Lower(string word) => char.ToLowerInvariant(word[0]) + word[1..];
}

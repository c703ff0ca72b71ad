namespace NKeras.Callbacks;

/// <summary>A score of training and that of validation which goes with it. Either may be missing.</summary>
internal sealed record ScorePair(string Name, string? Training, string? Validation)
{
    private const string Prefix = "val_";

    /// <summary>The names of the scores that there are.</summary>
    public IEnumerable<string> Names => new[] { Training, Validation }.OfType<string>();

    /// <summary>The scores in pairs: the loss first, the others in the order given.</summary>
    public static IReadOnlyList<ScorePair> Of(IReadOnlyCollection<string> names)
    {
        IEnumerable<string> bases = names.Select(n => IsValidation(n) ? n[Prefix.Length..] : n).Distinct();
        return [.. bases.Select(n => new ScorePair(n, names.Contains(n) ? n : null, names.Contains(Prefix + n) ? Prefix + n : null)).OrderBy(p => p.Name == "loss" ? 0 : 1)];
    }

    private static bool IsValidation(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}

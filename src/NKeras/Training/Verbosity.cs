namespace NKeras;

/// <summary>How much <c>Fit</c> and its kin print: <c>"auto"</c> (the default), 0 (nothing), 1 (a progress bar) or 2 (a line per epoch).</summary>
public readonly struct Verbosity
{
    private readonly int? _level;

    private Verbosity(int? level) => _level = level;

    /// <summary>0, 1 or 2; "auto" counts as 1.</summary>
    public int Level => _level ?? 1;

    /// <summary>A level.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 0, 1 or 2.</exception>
    public static implicit operator Verbosity(int level) => level is >= 0 and <= 2
        ? new(level)
        : throw new ArgumentOutOfRangeException(nameof(level), level, "verbose is \"auto\", 0, 1 or 2.");

    /// <summary><c>"auto"</c>.</summary>
    /// <exception cref="ArgumentException">It is another word.</exception>
    public static implicit operator Verbosity(string level) => level == "auto"
        ? default
        : throw new ArgumentException($"verbose is \"auto\", 0, 1 or 2, not \"{level}\".", nameof(level));
}

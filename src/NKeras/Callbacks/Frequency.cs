namespace NKeras.Callbacks;

/// <summary>How often a callback does something: <c>"epoch"</c> (the default), <c>"batch"</c>, or a number of batches.</summary>
public readonly struct Frequency
{
    private Frequency(int? batches) => Batches = batches;

    /// <summary>After how many batches each time; null for after every epoch.</summary>
    public int? Batches { get; }

    /// <summary>A number of batches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public static implicit operator Frequency(int batches) => batches >= 1
        ? new(batches)
        : throw new ArgumentOutOfRangeException(nameof(batches), batches, $"A frequency is \"epoch\", \"batch\" or a number of batches of 1 or more, not {batches}.");

    /// <summary><c>"epoch"</c>, or <c>"batch"</c>, which means the same as 1.</summary>
    /// <exception cref="ArgumentException">It is another word.</exception>
    public static implicit operator Frequency(string name) => name switch
    {
        "epoch" => default,
        "batch" => new(1),
        _ => throw new ArgumentException($"A frequency is \"epoch\", \"batch\" or a number of batches, not \"{name}\".", nameof(name)),
    };

    /// <summary><c>epoch</c>, or the number of batches.</summary>
    public override string ToString() => Batches is { } batches ? $"{batches} batches" : "epoch";
}

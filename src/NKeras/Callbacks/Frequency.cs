namespace NKeras.Callbacks;

/// <summary>How often a callback does something: <c>"epoch"</c> (the default), <c>"batch"</c>, or a number of batches.</summary>
public readonly struct Frequency
{
    private readonly bool _isWord;

    private Frequency(int? batches, bool isWord = false) => (Batches, _isWord) = (batches, isWord);

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
        "batch" => new(1, isWord: true),
        _ => throw new ArgumentException($"A frequency is \"epoch\", \"batch\" or a number of batches, not \"{name}\".", nameof(name)),
    };

    /// <summary>Refuses <c>"batch"</c>, which is no frequency for saving.</summary>
    /// <exception cref="ArgumentException">It is that.</exception>
    // Keras: takes it where scores are written, and refuses it where the model is saved, which takes its time.
    internal void RequireForSaving(string callback)
    {
        if (_isWord) throw new ArgumentException($"{callback} takes saveFreq: \"epoch\" or a number of batches; received \"batch\".", "saveFreq");
    }

    /// <summary><c>epoch</c>, or the number of batches.</summary>
    public override string ToString() => Batches is { } batches ? $"{batches} batches" : "epoch";
}

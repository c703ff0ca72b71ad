using System.Collections;
using System.Globalization;

namespace NKeras;

/// <summary>The loss and the metrics of a model over some data: what <c>Evaluate</c> returns.</summary>
// Keras: evaluate() returns a number, a list or a dictionary; this is all three, and converts to a number or an array.
public sealed class Scores : IReadOnlyDictionary<string, double>
{
    private readonly string[] _names;
    private readonly double[] _values;

    internal Scores(IEnumerable<KeyValuePair<string, double>> scores)
    {
        _names = [.. scores.Select(s => s.Key)];
        _values = [.. scores.Select(s => s.Value)];
    }

    /// <inheritdoc/>
    public int Count => _names.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _names;

    /// <inheritdoc/>
    public IEnumerable<double> Values => _values;

    /// <summary>The score at a position; the loss is first unless a dictionary was asked for.</summary>
    public double this[int index] => _values[index];

    /// <summary>The score with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public double this[string key] => TryGetValue(key, out double value)
        ? value
        : throw new KeyNotFoundException($"There is no score '{key}'. {Suggestion.For(key, _names)}");

    /// <summary>The loss.</summary>
    public static implicit operator double(Scores scores) => scores["loss"];

    /// <summary>All scores, in order.</summary>
    public static implicit operator double[](Scores scores) => [.. scores._values];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _names.Contains(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out double value)
    {
        int at = Array.IndexOf(_names, key);
        value = at >= 0 ? _values[at] : 0;
        return at >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() =>
        _names.Zip(_values, (n, v) => new KeyValuePair<string, double>(n, v)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names and values.</summary>
    public override string ToString() => string.Join(", ", this.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key}: {s.Value:G6}")));
}

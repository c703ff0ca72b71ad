using System.Text;
using NKeras.Core;

namespace NKeras.Callbacks;

/// <summary>A path with fields as Python's <c>str.format</c> has them: <c>{epoch:02d}</c>, <c>{batch}</c>, <c>{val_loss:.2f}</c>.</summary>
internal sealed class CheckpointPath
{
    private const string Epoch = "epoch", Batch = "batch";

    private readonly string _pattern;
    private readonly List<(string Text, string? Field, PythonFormat Format)> _parts = [];

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public CheckpointPath(string pattern)
    {
        _pattern = pattern;
        StringBuilder text = new();
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            bool doubled = i + 1 < pattern.Length && pattern[i + 1] == c;
            if (c is not ('{' or '}'))
            {
                text.Append(c);
            }
            else if (doubled)
            {
                text.Append(c);
                i++;
            }
            else
            {
                int end = c == '{' ? pattern.IndexOf('}', i) : -1;
                if (end < 0) throw Invalid($"there is a single '{c}'; one that belongs to the name is doubled");
                AddField(text.ToString(), pattern[(i + 1)..end]);
                text.Clear();
                i = end;
            }
        }

        _parts.Add((text.ToString(), null, new PythonFormat("")));
    }

    /// <summary>Whether it has fields for scores.</summary>
    public bool HasScores => _parts.Exists(p => p.Field is not (null or Epoch or Batch));

    /// <summary>The path.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="batch">The batch, from 1; null if it is saved after an epoch.</param>
    /// <param name="logs">The scores.</param>
    /// <exception cref="KeyNotFoundException">There is no such score.</exception>
    public string Format(int epoch, int? batch, IDictionary<string, double> logs)
    {
        StringBuilder path = new();
        foreach ((string text, string? field, PythonFormat format) in _parts)
        {
            path.Append(text);
            if (field == Epoch) path.Append(format.Apply(epoch));
            else if (field == Batch && batch is { } number && !logs.ContainsKey(Batch)) path.Append(format.Apply(number));
            else if (field != null) path.Append(format.Apply(logs.TryGetValue(field, out double value) ? value : throw Missing(field, batch, logs)));
        }

        return path.ToString();
    }

    private void AddField(string text, string field)
    {
        int colon = field.IndexOf(':', StringComparison.Ordinal);
        (string name, string spec) = colon < 0 ? (field, "") : (field[..colon], field[(colon + 1)..]);
        if (name.Length == 0 || char.IsAsciiDigit(name[0])) throw Invalid($"the field '{{{field}}}' has no name");
        if (name.AsSpan().IndexOfAny(".[!{") >= 0) throw Invalid($"the field '{{{field}}}' is more than a name and a format");
        try
        {
            PythonFormat format = new(spec);
            format.CheckFor(integers: name is Epoch or Batch);
            _parts.Add((text, name, format));
        }
        catch (FormatException e)
        {
            throw Invalid($"in '{{{field}}}': {e.Message}");
        }
    }

    private KeyNotFoundException Missing(string field, int? batch, IDictionary<string, double> logs)
    {
        string[] names = [Epoch, .. batch == null ? [] : new[] { Batch }, .. logs.Keys.Order(StringComparer.Ordinal)];
        return new($"Failed to format this callback filepath: \"{_pattern}\". There is no '{field}'; there are {string.Join(", ", names.Select(n => $"'{n}'"))}. {Suggestion.For(field, names)}".TrimEnd());
    }

    private ArgumentException Invalid(string why) => new($"The filepath \"{_pattern}\" is not valid: {why}.", "filepath");
}

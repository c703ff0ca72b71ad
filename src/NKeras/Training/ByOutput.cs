using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Training;

/// <summary>Values given to <c>Compile</c> for a model's outputs: one for all, one for each, or some by name.</summary>
internal sealed class ByOutput<T>
    where T : class
{
    private readonly List<T?> _values = [];
    private readonly List<string> _names = [];

    public IReadOnlyList<T?> Values => _values;

    public bool HasNames => _names.Count > 0;

    /// <summary>The names as they were given; null if there are none.</summary>
    public IReadOnlyList<string>? Names => HasNames ? _names : null;

    public void Add(T? value) => _values.Add(value);

    public void Set(string name, T? value)
    {
        if (_names.Count != _values.Count) throw new ArgumentException($"A value for output '{name}' cannot be added to values without names.", nameof(name));
        _names.Add(name);
        _values.Add(value);
    }

    public T? Get(string name)
    {
        int at = _names.IndexOf(name);
        return at >= 0 ? _values[at] : null;
    }

    /// <summary>One value for each output; null where there is none.</summary>
    /// <exception cref="ArgumentException">A name is no output's, or the number does not fit.</exception>
    public T?[] For(string argument, IReadOnlyList<string> outputs)
    {
        if (HasNames)
        {
            if (_names.FirstOrDefault(n => !outputs.Contains(n)) is { } unknown)
                throw new ArgumentException($"{argument} names '{unknown}', which is no output of the model. {Suggestion.For(unknown, outputs)}", argument);
            return [.. outputs.Select(Get)];
        }

        return _values.Count == outputs.Count
            ? [.. _values]
            : throw new ArgumentException(
                $"{argument} holds {_values.Count} entries for a model with {outputs.Count} outputs ({string.Join(", ", outputs.Select(o => $"'{o}'"))}).", argument);
    }

    /// <summary>The values as a configuration holds them: a list, or an object by name.</summary>
    public JsonNode ToConfig(Func<T?, JsonNode?> write) => HasNames
        ? new JsonObject(_names.Select((n, i) => KeyValuePair.Create(n, write(_values[i]))))
        : new JsonArray([.. _values.Select(write)]);

    /// <summary>Takes over the values of a configuration.</summary>
    public void ReadConfig(JsonNode node, Func<JsonNode?, T?> read)
    {
        if (node is JsonObject byName)
        {
            foreach ((string name, JsonNode? value) in byName) Set(name, read(value));
            return;
        }

        foreach (JsonNode? value in ConfigReader.List(node)) Add(read(value));
    }
}

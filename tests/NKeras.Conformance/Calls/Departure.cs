using System.Text.Json;
using System.Text.Json.Serialization;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Calls;

/// <summary>A rule by which NKeras departs from Keras on purpose.</summary>
/// <remarks>It is about a behaviour, never about a record: it can name a target, the types of arguments and the kind of difference; and tests of Keras's, if what they do is not in their recordings.</remarks>
internal sealed record Departure
{
    /// <summary>The kind of records.</summary>
    [JsonRequired]
    public required string Kind { get; init; }

    /// <summary>The Keras names it is about.</summary>
    [JsonRequired]
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Types of which one must be among those of the tensors given; any if empty.</summary>
    public IReadOnlyList<string> ArgumentTypes { get; init; } = [];

    /// <summary>The tests of Keras's that it is about; all if empty.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];

    /// <summary>What the configuration of the object that is called says; anything if empty.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The backend of Keras that behaves otherwise; all if null.</summary>
    public string? Backend { get; init; }

    /// <summary>The difference that it explains. Other differences of the same call, such as wrong values behind another type, still fail.</summary>
    [JsonRequired]
    [JsonConverter(typeof(JsonStringEnumConverter<DifferenceKind>))]
    public required DifferenceKind Difference { get; init; }

    /// <summary>Why NKeras departs.</summary>
    [JsonRequired]
    public required string Reason { get; init; }

    /// <summary>Whether it explains a difference of a record.</summary>
    public bool Explains(CallRecord record, Difference difference) =>
        Kind == record.Kind && Targets.Contains(record.Target) && Difference == difference.Kind && (Backend == null || Backend == record.Backend)
        && (Tests.Count == 0 || Tests.Any(t => record.Json.GetProperty("test").GetString()!.EndsWith($"::{t}", StringComparison.Ordinal)))
        && Settings.All(s => record.Json.GetProperty("config").GetProperty("config").TryGetProperty(s.Key, out JsonElement setting) && setting.ToString() == s.Value)
        && (ArgumentTypes.Count == 0 || record.Args.Concat(record.Kwargs.Values).SelectMany(RecordedValue.Tensors).Any(t => ArgumentTypes.Contains(t.DType.Name)));
}

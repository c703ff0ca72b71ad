using System.Text.Json;

namespace NKeras.Conformance.Calls;

/// <summary>Where NKeras departs from Keras on purpose (<c>departures.json</c>).</summary>
/// <param name="Rules">The rules.</param>
internal sealed record Departures(IReadOnlyList<Departure> Rules)
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow };

    /// <summary>The project's own rules.</summary>
    public static Departures Read() => new(JsonSerializer.Deserialize<Departure[]>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "departures.json")), s_options)!);

    /// <summary>The rule that explains a difference; null if none does.</summary>
    public Departure? Find(CallRecord record, Comparison.Difference difference) => Rules.FirstOrDefault(r => r.Explains(record, difference));
}

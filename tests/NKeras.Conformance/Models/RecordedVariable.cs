using System.Text.Json;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Models;

/// <summary>A recorded variable.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Trainable">Whether training changes it; null if that was not recorded.</param>
/// <param name="Value">Its value.</param>
internal sealed record RecordedVariable(string Path, bool? Trainable, Tensor Value)
{
    /// <summary>The variables of a list.</summary>
    public static IReadOnlyList<RecordedVariable> ReadAll(JsonElement json) => [.. json.EnumerateArray().Select(Read)];

    private static RecordedVariable Read(JsonElement json) => new(
        json.GetProperty("path").GetString()!,
        json.TryGetProperty("trainable", out JsonElement trainable) ? trainable.GetBoolean() : null,
        RecordedValue.Read(json.GetProperty("value")) as Tensor ?? RecordedTensor.Read(json.GetProperty("value")));
}

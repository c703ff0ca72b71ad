using System.Text.Json;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Calls;

/// <summary>One recorded call.</summary>
/// <param name="Json">The record.</param>
internal sealed record CallRecord(JsonElement Json)
{
    /// <summary>Identifies the record.</summary>
    public string Id => Text("id") ?? "";

    /// <summary>How it is replayed.</summary>
    public string Kind => Text("kind")!;

    /// <summary>What is called, by its Keras name.</summary>
    public string Target => Text("target")!;

    /// <summary>For calls that raise: whether a function, a layer or a constructor is called.</summary>
    public string? On => Text("on");

    /// <summary>The backend that computed it.</summary>
    public string? Backend => Text("backend");

    /// <summary>Whether values are random, so that only shapes and types can be compared.</summary>
    public bool IsRandom => Json.TryGetProperty("random", out JsonElement random) && random.GetBoolean();

    /// <summary>Whether types are compared: not where Keras foretells others than data have.</summary>
    public bool ComparesTypes => !Json.TryGetProperty("types", out JsonElement types) || types.GetBoolean();

    /// <summary>The arguments by position.</summary>
    public IReadOnlyList<object?> Args => Json.TryGetProperty("args", out JsonElement args) ? RecordedValue.ReadAll(args) : [];

    /// <summary>The arguments by name.</summary>
    public IReadOnlyDictionary<string, object?> Kwargs => Json.TryGetProperty("kwargs", out JsonElement kwargs) ? RecordedValue.ReadNamed(kwargs) : new Dictionary<string, object?>();

    /// <summary>What the call returned.</summary>
    public object? Result => RecordedValue.Read(Json.GetProperty("result"));

    /// <summary>The recorded vector-Jacobian product; null if there is none.</summary>
    public RecordedPullback? Pullback => Json.TryGetProperty("vjp", out JsonElement vjp) && vjp.ValueKind == JsonValueKind.Object
        ? new(
            [.. RecordedValue.ReadAll(vjp.GetProperty("cotangents")).Cast<Tensor?>()],
            [.. RecordedValue.ReadAll(vjp.GetProperty("grads")).Cast<Tensor?>()])
        : null;

    private string? Text(string name) => Json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}

using System.Text.Json.Nodes;

namespace NKeras.Conformance.Values;

/// <summary>A Keras object in Keras's own serialised form.</summary>
internal sealed record RecordedObject(JsonObject Config);

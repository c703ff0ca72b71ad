using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>A function of TensorFlow that one of Keras's operations computes exactly.</summary>
/// <param name="ClassName">Keras's operation, or layer.</param>
/// <param name="Arguments">The function's parameters that are tensors, in the order in which the operation takes them; the function's first parameter is in front.</param>
/// <param name="Settings">Its parameters that are settings of the operation, with their names there.</param>
internal sealed record TensorFlowFunction(string ClassName, string[] Arguments, params (string Key, string Setting)[] Settings)
{
    /// <summary>Parameters that may be given at one value only.</summary>
    public (string Key, JsonNode? Value)[] Fixed { get; init; } = [];

    /// <summary>Settings of the operation that the function implies; a parameter that sets one goes before.</summary>
    public (string Setting, JsonNode? Value)[] Implied { get; init; } = [];

    /// <summary>Changes the settings where their values are others; null for nothing.</summary>
    public Action<JsonObject>? Convert { get; init; }

    /// <summary>Whether the operation is a layer.</summary>
    public bool IsLayer { get; init; }
}

using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>A result of a call in a configuration: which of which call of which layer.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Node">The call's number.</param>
/// <param name="Tensor">The result's number.</param>
internal sealed record TensorReference(string Layer, int Node, int Tensor)
{
    /// <summary>Reads the form of a symbolic tensor.</summary>
    public static TensorReference Read(JsonNode? config) =>
        FromList((config as JsonObject ?? throw ConfigReader.Expected("a symbolic tensor", config))["keras_history"]);

    /// <summary>Reads a list of name and numbers.</summary>
    public static TensorReference FromList(JsonNode? list) => list is JsonArray { Count: >= 3 } items
        ? new TensorReference(ConfigReader.Text(items[0]), ConfigReader.Integer(items[1] ?? 0), ConfigReader.Integer(items[2] ?? 0))
        : throw ConfigReader.Expected("the name of a layer and two numbers", list);
}

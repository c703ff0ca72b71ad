using System.Text.Json.Nodes;
using NKeras.Engine;

namespace NKeras.Saving;

/// <summary>The indices of <c>x[…]</c> in configurations: a number, or a list of numbers, slices, ellipses and null for new axes.</summary>
internal static class TensorKeyForm
{
    /// <summary>The form of a key.</summary>
    // Keras: cannot read a slice that stands alone; in a list it means the same.
    public static JsonNode Write(TensorKey key) => key.Indices is [{ Kind: TensorIndexKind.Position } position]
        ? Write(position)!
        : new JsonArray([.. key.Indices.Select(Write)]);

    /// <summary>The indices that a form describes.</summary>
    /// <exception cref="ArgumentException">It describes none.</exception>
    public static TensorIndex[] Read(JsonNode? node) => node is JsonArray list ? [.. list.Select(ReadIndex)] : [ReadIndex(node)];

    private static JsonNode? Write(TensorIndex index) => index.Kind switch
    {
        TensorIndexKind.NewAxis => null,
        TensorIndexKind.Ellipsis => new JsonObject { ["class_name"] = "__ellipsis__", ["config"] = new JsonObject() },
        TensorIndexKind.Slice => new JsonObject
        {
            ["class_name"] = "__slice__",
            ["config"] = new JsonObject { ["start"] = index.Start, ["stop"] = index.Stop, ["step"] = index.Step },
        },
        _ => index.Start ?? 0,
    };

    private static TensorIndex ReadIndex(JsonNode? node) => node switch
    {
        null => TensorIndex.NewAxis,
        JsonValue number => ConfigReader.Integer(number),
        JsonObject form when PlainForms.Read(ConfigReader.Text(form["class_name"]), form["config"]) is TensorIndex index => index,
        _ => throw ConfigReader.Expected("a position, a slice, an ellipsis or null", node),
    };
}

using System.Text.Json.Nodes;
using NKeras.Engine;

namespace NKeras.Saving;

/// <summary>The indices of <c>x[…]</c> in configurations: a number, or a list of numbers, slices, ellipses and null for new axes.</summary>
internal static class TensorKeyForm
{
    /// <summary>The form of a key.</summary>
    // Keras: cannot read a slice that stands alone; in a list it means the same.
    public static JsonNode Write(TensorKey key) => Write(key, ConfigValue.Of);

    /// <summary>The form of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="tensor">Gives the forms of tensors.</param>
    public static JsonNode Write(TensorKey key, Func<Tensor, JsonNode?> tensor) => key.Indices is [{ Kind: TensorIndexKind.Position } position]
        ? Write(position, tensor)!
        : new JsonArray([.. key.Indices.Select(i => Write(i, tensor))]);

    /// <summary>The indices that a form describes.</summary>
    /// <exception cref="ArgumentException">It describes none.</exception>
    public static TensorIndex[] Read(JsonNode? node) => node is JsonArray list ? [.. list.Select(ReadIndex)] : [ReadIndex(node)];

    /// <summary>Whether a form is one that only keys have.</summary>
    public static bool IsPartForm(JsonNode? node) =>
        node is JsonObject form && form["class_name"] is JsonValue name && name.TryGetValue(out string? text) && text is "__slice__" or "__ellipsis__";

    private static JsonNode? Write(TensorIndex index, Func<Tensor, JsonNode?> tensor) => index.Kind switch
    {
        TensorIndexKind.Tensor => tensor(index.Tensor!),
        TensorIndexKind.NewAxis => null,
        TensorIndexKind.Ellipsis => new JsonObject { ["class_name"] = "__ellipsis__", ["config"] = new JsonObject() },
        TensorIndexKind.Slice => new JsonObject
        {
            ["class_name"] = "__slice__",
            ["config"] = new JsonObject { ["start"] = index.Start, ["stop"] = index.Stop, ["step"] = index.Step },
        },
        _ => index.Start ?? 0,
    };

    /// <summary>One of the indices.</summary>
    public static TensorIndex ReadIndex(JsonNode? node) => node switch
    {
        null => TensorIndex.NewAxis,
        JsonValue number => ConfigReader.Integer(number),
        JsonObject form => PlainForms.Read(ConfigReader.Text(form["class_name"]), form["config"]) switch
        {
            TensorIndex index => index,
            Tensor tensor => tensor,
            _ => throw ConfigReader.Expected("a position, a slice, an ellipsis, null or a tensor", node),
        },
        _ => throw ConfigReader.Expected("a position, a slice, an ellipsis or null", node),
    };
}

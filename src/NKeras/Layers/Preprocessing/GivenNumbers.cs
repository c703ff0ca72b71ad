using System.Text.Json.Nodes;
using NKeras.Engine;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>What Keras takes as "number or array" and keeps in configurations as it was given: a number, or nested lists of numbers.</summary>
internal static class GivenNumbers
{
    /// <summary>Numbers that are data.</summary>
    /// <exception cref="ArgumentException">They are symbolic, or no numbers.</exception>
    public static Tensor? Checked(Layer layer, Tensor? numbers, string argument) => numbers is null || (numbers is ConcreteTensor && numbers.DType != DType.String)
        ? numbers
        : throw new ArgumentException($"Layer '{layer.Name}': {argument} is a number or an array of numbers; received {numbers.DType} of shape {numbers.Shape}{(numbers is ConcreteTensor ? "" : ", which is no data")}.", argument);

    /// <summary>The form in a configuration.</summary>
    public static JsonNode? Write(Tensor? numbers) => ConfigValue.Of(numbers) switch
    {
        JsonObject tensor => tensor["config"]!["value"]!.DeepClone(),
        var number => number,
    };

    /// <summary>A configuration with the lists of some entries as tensors that have all digits.</summary>
    public static JsonObject Read(JsonObject config, params ReadOnlySpan<string> keys)
    {
        JsonObject read = (JsonObject)config.DeepClone();
        foreach (string key in keys)
        {
            if (Items(read[key]) is { } items) read[key] = new JsonObject { ["class_name"] = "__tensor__", ["config"] = new JsonObject { ["value"] = items.DeepClone(), ["dtype"] = TypeOf(items) } };
        }

        return read;
    }

    /// <summary>The items of a list or of a tuple; null for anything else.</summary>
    private static JsonArray? Items(JsonNode? node) => node switch
    {
        JsonArray list => list,
        JsonObject tuple when tuple["class_name"] is JsonValue name && name.TryGetValue(out string? text) && text == "__tuple__" => tuple["items"] as JsonArray,
        _ => null,
    };

    private static string TypeOf(JsonArray items) => items.ToJsonString().AsSpan().IndexOfAny(".eE") < 0 ? "int32" : "float64";
}

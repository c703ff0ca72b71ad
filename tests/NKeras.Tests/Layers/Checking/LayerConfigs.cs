using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Tests.Layers.Checking;

/// <summary>Layers made again from their configurations.</summary>
internal static class LayerConfigs
{
    /// <summary>Through text, as from a file.</summary>
    public static Layer Again(Layer layer) => Read(Text(layer));

    /// <summary>The same layer with another policy of types, for the layers inside, too.</summary>
    public static Layer WithTypes(Layer layer, DTypePolicy policy)
    {
        JsonNode form = JsonNode.Parse(Text(layer))!;
        SetTypes(form, KerasSerializer.Serialize(policy)!);
        return Read(form.ToJsonString());
    }

    public static string Text(Layer layer) => KerasSerializer.Serialize(layer)!.ToJsonString();

    private static Layer Read(string text) => KerasSerializer.Deserialize<Layer>((JsonObject)JsonNode.Parse(text)!);

    private static void SetTypes(JsonNode? node, JsonNode policy)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list) SetTypes(item, policy);
        }

        if (node is not JsonObject form) return;
        foreach ((string key, JsonNode? value) in form.ToArray())
        {
            // Some layers have the policy's name alone; inputs and tensors have a type.
            if (key == "dtype" && (value is JsonObject || form["rate"] is not null || form.ContainsKey("bin_boundaries"))) form[key] = policy.DeepClone();
            else SetTypes(value, policy);
        }
    }
}

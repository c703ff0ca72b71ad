using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>Chains of Keras 1 that were merged into one, laid out as a graph of all their layers, which is how their weights' files list them, too.</summary>
internal sealed class MergedChains
{
    private readonly Dictionary<string, JsonObject> _byName = [];

    /// <summary>The layers.</summary>
    public JsonArray Layers { get; } = [];

    /// <summary>References to the inputs.</summary>
    public JsonArray Inputs { get; } = [];

    /// <summary>A reference to the result of a layer's call.</summary>
    public static JsonArray Reference(string layer, int call = 0) => [layer, call, 0];

    /// <summary>Adds the layers of a chain, and gives the name of the last.</summary>
    /// <exception cref="ArgumentException">The chain does not tell the shape of its input, or merges what is no chain.</exception>
    public string Add(JsonArray chain) => Add(chain, depth: 0);

    private string Add(JsonArray chain, int depth)
    {
        if (chain.Count == 0) throw new ArgumentException("a chain that is merged has no layers.");
        if (depth > Reading.PolicyNow.MaxDepth) throw new ArgumentException("chains are merged in chains without end.");
        JsonArray from;
        int next = 0;
        if (OlderChains.MergedIn(chain) is { } merged)
        {
            from = [.. merged.Select(b => Reference(Add(BranchOf(b), depth + 1)))];
        }
        else if (chain[0] is JsonObject first && OlderChains.LayersOf(first) is { } inner)
        {
            (from, next) = ([Reference(Add(inner, depth + 1))], 1);
        }
        else
        {
            JsonObject input = (chain[0] is JsonObject form ? OlderChains.InputOf(form) : null) ?? throw new ArgumentException("a chain that is merged does not tell the shape of its input.");
            string name = NameOf(input);
            AddCall(input, name, []);
            Inputs.Add(Reference(name));
            from = [Reference(name)];
        }

        string last = "";
        for (; next < chain.Count; next++)
        {
            JsonObject layer = chain[next] as JsonObject ?? throw ConfigReader.Expected("a layer's configuration", chain[next]);
            last = NameOf(layer);
            from = [Reference(last, AddCall(layer, last, from))];
        }

        return last.Length > 0 ? last : ConfigReader.Text(from[0]![0]);
    }

    /// <summary>Adds a call of a layer, and gives its number: a layer that two chains share is called twice.</summary>
    private int AddCall(JsonObject layer, string name, JsonArray from)
    {
        if (!_byName.TryGetValue(name, out JsonObject? entry))
        {
            entry = _byName[name] = (JsonObject)layer.DeepClone();
            (entry["name"], entry["inbound_nodes"]) = (name, new JsonArray());
            Layers.Add(entry);
        }

        JsonArray calls = (JsonArray)entry["inbound_nodes"]!;
        if (from.Count > 0) calls.Add(from);
        return calls.Count - 1;
    }

    private static JsonArray BranchOf(JsonNode? branch) => branch is JsonObject form && OlderChains.LayersOf(form) is { } layers
        ? layers
        : throw new ArgumentException($"a Merge layer merges a {BadConfig.Excerpt((branch as JsonObject)?["class_name"])}; supported are Sequential models.");

    private static string NameOf(JsonObject layer) => ConfigReader.Text((layer["config"] as JsonObject)?["name"] ?? throw new ArgumentException("a layer of a chain that is merged has no name."));
}

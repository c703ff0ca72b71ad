using System.Text.Json;
using System.Text.Json.Nodes;

namespace NKeras.Conformance.Files;

/// <summary>Where a configuration uses a class or function that is not Keras's own.</summary>
/// <param name="Role">The key that it stands under, such as <c>loss</c>, or <c>layers</c>; empty for the model itself.</param>
/// <param name="IsFunction">Whether it is named as a function rather than a class.</param>
/// <param name="Name">The name of a layer.</param>
/// <param name="Result">The shape of what a layer gives, where other layers tell.</param>
internal sealed record CustomUse(string Role, bool IsFunction, string? Name, Shape? Result)
{
    /// <summary>Keys under which a name or form is neither a layer nor a model.</summary>
    private static readonly string[] s_roles = ["loss", "metrics", "weighted_metrics", "optimizer", "optimizer_config", "learning_rate", "activation", "recurrent_activation"];

    /// <summary>Every use of a name, in the file's order.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="name">The name, with or without the package that it was registered in.</param>
    public static IReadOnlyList<CustomUse> Find(JsonNode config, string name)
    {
        List<CustomUse> found = [];
        string plain = name[(name.LastIndexOf('>') + 1)..];
        Search(config, "");
        return found;

        void Search(JsonNode? node, string role)
        {
            if (node is JsonObject form)
            {
                string? className = Text(form["class_name"]);
                bool isFunction = className == "function" && IsNamed(Text(form["config"]));
                if (IsNamed(className) || IsNamed(Text(form["registered_name"])) || isFunction)
                {
                    string? layer = Text((form["config"] as JsonObject)?["name"]) ?? Text(form["name"]);
                    found.Add(new CustomUse(role, isFunction, layer, layer == null ? null : ResultOf(config, layer)));
                }

                foreach ((string key, JsonNode? value) in form)
                {
                    if (value is JsonValue && IsNamed(Text(value)) && key is not ("class_name" or "registered_name" or "name" or "config")) found.Add(new CustomUse(RoleOf(key, role), IsFunction: true, null, null));
                    Search(value, RoleOf(key, role));
                }
            }
            else if (node is JsonArray items)
            {
                foreach (JsonNode? item in items)
                {
                    if (item is JsonValue && role.Length > 0 && s_roles.Contains(role) && IsNamed(Text(item))) found.Add(new CustomUse(role, IsFunction: true, null, null));
                    Search(item, role);
                }
            }
        }

        bool IsNamed(string? text) => text != null && (text == name || text == plain);
    }

    private static string RoleOf(string key, string outer) => s_roles.Contains(key) || key == "layers" || key.EndsWith("_initializer", StringComparison.Ordinal) || key.EndsWith("_regularizer", StringComparison.Ordinal) || key.EndsWith("_constraint", StringComparison.Ordinal) ? key : outer;

    /// <summary>The shape of a layer's result, as the arguments of other layers have it.</summary>
    private static Shape? ResultOf(JsonNode? node, string layer) => node switch
    {
        JsonObject form when Text(form["class_name"]) == "__keras_tensor__" => form["config"] is JsonObject { } tensor && tensor["keras_history"] is JsonArray history && Text(history[0]) == layer && tensor["shape"] is JsonArray shape
            ? Shape.Create([.. shape.Select(d => (int?)d)])
            : null,
        JsonObject form => form.Select(p => ResultOf(p.Value, layer)).FirstOrDefault(s => s != null),
        JsonArray items => items.Select(i => ResultOf(i, layer)).FirstOrDefault(s => s != null),
        _ => null,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}

using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>
/// Steps of a model that are functions of TensorFlow, as its Keras 2 wrote them (<c>TFOpLambda</c>, <c>SlicingOpLambda</c>, <c>TensorFlowOpLayer</c>), as
/// Keras 3's operations. What <see cref="TensorFlowFunctions"/> does not list is refused by name; no name is looked up anywhere else.
/// </summary>
internal static class TensorFlowSteps
{
    /// <summary>Whether a class is one of such steps.</summary>
    public static bool IsStep(string? className) => className is "TFOpLambda" or "SlicingOpLambda" or "TensorFlowOpLayer";

    /// <summary>A step's form, whose calls are in today's form already, as an operation's.</summary>
    /// <exception cref="ArgumentException">Keras 3 has no operation that computes the same.</exception>
    public static JsonObject Renewed(JsonObject form)
    {
        JsonObject config = form["config"] as JsonObject ?? throw ConfigReader.Expected("a step's configuration", form["config"]);
        string name = ConfigReader.Text(form["name"] ?? config["name"]);
        JsonArray calls = ConfigReader.List(form["inbound_nodes"]);
        bool isNode = ConfigReader.Text(form["class_name"]) == "TensorFlowOpLayer";
        string function = isNode ? TensorFlowNodes.FunctionOf(config) : ConfigReader.Text(config["function"]);
        TensorFlowFunction operation = TensorFlowFunctions.Find(function)
            ?? throw new ArgumentException($"it is TensorFlow's function '{BadConfig.Excerpt(function)}', which is not supported.");
        JsonArray renewed = [];
        JsonObject? settings = null;
        foreach (JsonNode? call in calls)
        {
            JsonObject now = [];
            JsonObject arguments = isNode ? TensorFlowNodes.Arguments(config, operation, (JsonObject)call!) : Named(operation, (JsonObject)call!);
            renewed.Add(Call(operation, function, arguments, now));
            if (settings != null && !JsonNode.DeepEquals(settings, now)) throw new ArgumentException($"its calls set '{function}' in different ways, which one operation cannot.");
            settings = now;
        }

        settings ??= [];
        settings["name"] = name;
        return new JsonObject
        {
            ["module"] = operation.IsLayer ? "keras.layers" : OpTable.ModuleOf(operation.ClassName),
            ["class_name"] = operation.ClassName,
            ["config"] = settings,
            ["registered_name"] = operation.IsLayer ? null : operation.ClassName,
            ["name"] = name,
            ["inbound_nodes"] = renewed,
        };
    }

    /// <summary>A call's arguments by the function's names; the first is the only one by position.</summary>
    private static JsonObject Named(TensorFlowFunction operation, JsonObject call)
    {
        JsonObject arguments = (JsonObject)call["kwargs"]!.DeepClone();
        arguments[operation.Arguments[0]] = call["args"]![0]?.DeepClone();
        return arguments;
    }

    private static JsonObject Call(TensorFlowFunction operation, string function, JsonObject arguments, JsonObject settings)
    {
        arguments.Remove("name");
        foreach ((string setting, JsonNode? value) in operation.Implied) settings[setting] = value?.DeepClone();
        JsonArray args = [];
        foreach (string key in operation.Arguments)
        {
            if (arguments[key] is not { } value) throw new ArgumentException($"it gives '{function}' no '{key}', which is needed.");
            args.Add(key == "slice_spec" ? SliceKey(value) : value.DeepClone());
            arguments.Remove(key);
        }

        foreach ((string key, string setting) in operation.Settings)
        {
            if (arguments[key] is { } value) settings[setting] = value.DeepClone();
            arguments.Remove(key);
        }

        foreach ((string key, JsonNode? only) in operation.Fixed)
        {
            if (arguments[key] is { } value && !IsSame(value, only)) throw new ArgumentException($"it sets '{key}' of '{function}' to {BadConfig.Excerpt(value)}; supported is {BadConfig.Excerpt(only)}.");
            arguments.Remove(key);
        }

        if (arguments.FirstOrDefault(a => a.Value is not null) is { Key: { } unknown }) throw new ArgumentException($"it sets '{BadConfig.Excerpt(unknown)}' of '{function}', which is not supported.");
        operation.Convert?.Invoke(settings);
        return new JsonObject { ["args"] = args, ["kwargs"] = new JsonObject() };
    }

    private static bool IsSame(JsonNode value, JsonNode? only) =>
        JsonNode.DeepEquals(value, only) || (value is JsonValue a && only is JsonValue b && a.TryGetValue(out double x) && b.TryGetValue(out double y) && x == y);

    /// <summary>The key of <c>x[…]</c>: there, slices are plain objects.</summary>
    private static JsonNode? SliceKey(JsonNode? key) => key switch
    {
        JsonArray list => new JsonArray([.. list.Select(SliceKey)]),
        JsonObject slice when slice.ContainsKey("start") => new JsonObject { ["class_name"] = "__slice__", ["config"] = slice.DeepClone() },
        JsonObject form when form["class_name"] is JsonValue name && name.TryGetValue(out string? text) && text == "__ellipsis__" => new JsonObject { ["class_name"] = text, ["config"] = new JsonObject() },
        _ => key?.DeepClone(),
    };
}

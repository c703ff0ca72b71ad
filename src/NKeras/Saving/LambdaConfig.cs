using System.Text.Json.Nodes;
using NKeras.Layers;

namespace NKeras.Saving;

/// <summary>Configurations of <see cref="Lambda"/>, which may hold Python code: that is never run, only replaced by what the user registered.</summary>
internal static class LambdaConfig
{
    /// <summary>What Keras 2 wrote about the Python functions.</summary>
    private static readonly string[] s_pythonKeys = ["function_type", "module", "output_shape_type", "output_shape_module"];

    /// <summary>Makes a layer.</summary>
    /// <exception cref="ArgumentException">Its function is not registered.</exception>
    public static Lambda Read(JsonObject config)
    {
        string name = config["name"] is { } given ? ConfigReader.Text(given) : "";
        JsonObject copy = (JsonObject)config.DeepClone();
        foreach (string key in s_pythonKeys) copy.Remove(key);
        copy["function"] = Replaced(copy["function"], name);
        // Shapes are found by tracing; a Python function of them is not needed.
        if (copy["output_shape"] is not JsonArray dims || !dims.All(d => d is null or JsonValue)) copy.Remove("output_shape");
        if (IsPython(copy["mask"])) throw Refusal(name, "mask");
        return (Lambda)AutoConfig.Create(typeof(Lambda), copy);
    }

    /// <summary>The function of a form.</summary>
    public static LambdaFunction ReadFunction(JsonNode form) => LambdaFunction.Of(CustomFunctions.Deserialize(NameIn(form), LambdaFunction.Types));

    /// <summary>The function of a mask's form.</summary>
    public static Func<Tensors, Tensors?, Tensors?> ReadMask(JsonNode form)
    {
        if (form is JsonObject tensor && PlainForms.Read(ConfigReader.Text(tensor["class_name"]), tensor["config"]) is Tensor constant) return (_, _) => constant;
        return (Func<Tensors, Tensors?, Tensors?>)CustomFunctions.Deserialize(NameIn(form), typeof(Func<Tensors, Tensors?, Tensors?>));
    }

    /// <summary>Values by name: numbers, texts, lists and what has a form of its own.</summary>
    public static Dictionary<string, object?> ReadArguments(JsonNode node) =>
        (node as JsonObject ?? throw ConfigReader.Expected("an object", node)).ToDictionary(p => p.Key, p => Value(p.Value));

    private static JsonNode? Replaced(JsonNode? function, string layer)
    {
        if (!IsPython(function)) return function;
        return CustomFunctions.Find(layer) != null ? JsonValue.Create(layer) : throw Refusal(layer, "function");
    }

    /// <summary>Whether a form holds Python code, as Keras 3 or Keras 2 wrote it.</summary>
    private static bool IsPython(JsonNode? form) => form is JsonArray || (form is JsonObject { } named && named["class_name"] is JsonValue name && name.TryGetValue(out string? text) && text == "__lambda__");

    private static ArgumentException Refusal(string layer, string what) => new(
        $"The {what} of Lambda layer '{BadConfig.Excerpt(layer)}' is Python code, which is never run. " + (what == "function"
            ? $"Register a C# function that does the same under the layer's name: Utils.RegisterKerasSerializable(x => …, name: \"{BadConfig.Excerpt(layer)}\"), or open a CustomObjectScope."
            : "Make the layer in C#."));

    private static string NameIn(JsonNode form) => form is JsonObject named && named["class_name"] is JsonValue kind && kind.TryGetValue(out string? text) && text == "function"
        ? ConfigReader.Text(named["config"])
        : ConfigReader.Text(form);

    private static object? Value(JsonNode? node) => node switch
    {
        null => null,
        JsonArray list => list.Select(Value).ToArray(),
        JsonObject form when form.ContainsKey("class_name") => KerasSerializer.Deserialize(form),
        JsonObject named => named.ToDictionary(p => p.Key, p => Value(p.Value)),
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.ToJsonString().AsSpan().IndexOfAny(".eE") >= 0 => ConfigReader.Read<double>(value),
        JsonValue value => ConfigReader.Integer(value),
        _ => throw ConfigReader.Expected("a plain value", node),
    };
}

using System.Text.Json.Nodes;

namespace NKeras.Saving.Older;

/// <summary>
/// Configurations of models made of inputs and outputs as Keras 1 and 2 wrote them. A call is a list of what it takes, each <c>[layer, call, result]</c>,
/// with the call's other arguments behind the first ones; models within models count the call that they begin with.
/// </summary>
internal sealed class OlderGraphs
{
    private const string Constant = "_CONSTANT_VALUE";

    /// <summary>Layers that took their state along with the input.</summary>
    private static readonly HashSet<string> s_recurrent = ["RNN", "SimpleRNN", "LSTM", "GRU", "LSTMV2", "GRUV2", "CuDNNLSTM", "CuDNNGRU", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "Bidirectional"];

    private readonly Dictionary<string, string?> _classes = [];

    /// <summary>The lowest number of a call of each layer that is referred to.</summary>
    private readonly Dictionary<string, int> _firstCalls = [];

    private OlderGraphs(JsonObject config, JsonArray layers)
    {
        foreach (JsonObject layer in layers.OfType<JsonObject>())
        {
            if (NameOf(layer) is { } name) _classes[name] = Text(layer["class_name"]);
        }

        foreach (JsonObject layer in layers.OfType<JsonObject>()) CountCalls(layer["inbound_nodes"]);
        CountCalls(config["output_layers"]);
    }

    /// <summary>The configuration as today's Keras writes it.</summary>
    /// <exception cref="ArgumentException">A call takes what cannot be said today.</exception>
    public static JsonObject Renewed(JsonObject config)
    {
        if (config["layers"] is not JsonArray layers || !layers.Any(IsOlder)) return config;
        JsonObject copy = (JsonObject)config.DeepClone();
        layers = (JsonArray)copy["layers"]!;
        if (OlderFormats.Concerns(layers)) OlderFormats.Complete(layers);
        OlderGraphs graph = new(copy, layers);
        for (int i = 0; i < layers.Count; i++)
        {
            if (layers[i] is JsonObject layer) layers[i] = BadConfig.Within($"Layer '{BadConfig.Excerpt(NameOf(layer) ?? "")}'", () => graph.Layer(layer));
        }

        foreach (string key in (ReadOnlySpan<string>)["input_layers", "output_layers"]) copy[key] = graph.Ends(copy[key]);
        return copy;
    }

    /// <summary>
    /// A step's form with its module, if it is an operation. Legacy files of Keras 3 leave the module out, and call the operation as they call a layer;
    /// but every layer says whether it is trainable.
    /// </summary>
    // Keras: takes such a step for a layer, and fails.
    public static JsonObject WithModule(JsonObject form)
    {
        bool isOperation = !KerasVersion.IsBefore3 && form["module"] is null && form["registered_name"] is null && Text(form["class_name"]) is { } className and not "InputLayer" && OpTable.Find(className) != null
            && form["config"] is JsonObject config && !config.ContainsKey("trainable") && form["inbound_nodes"] is JsonArray { Count: > 0 } calls && calls.All(c => c is JsonObject call && call.ContainsKey("args"));
        if (!isOperation) return form;
        JsonObject copy = (JsonObject)form.DeepClone();
        copy["module"] = OpTable.ModuleOf(Text(form["class_name"])!);
        return copy;
    }

    private static bool IsOlder(JsonNode? layer) => (layer as JsonObject)?["inbound_nodes"] is JsonArray nodes && nodes.Any(n => n is JsonArray || (n is JsonObject named && !named.ContainsKey("args")));

    private JsonObject Layer(JsonObject layer)
    {
        if (layer["inbound_nodes"] is not JsonArray nodes) return layer;
        string? className = Text(layer["class_name"]);
        if (s_recurrent.Contains(className ?? "") && (layer["config"] as JsonObject)?["num_constants"] is JsonValue constants && constants.TryGetValue(out int number) && number > 0)
            throw new ArgumentException($"it is called with {number} constants besides its state, which is not supported.");
        JsonArray calls = [.. nodes.Select(n => n is JsonObject today && today.ContainsKey("args") ? today.DeepClone() : Call(n, className))];
        layer = (JsonObject)layer.DeepClone();
        layer["inbound_nodes"] = calls;
        return TensorFlowSteps.IsStep(className) ? TensorFlowSteps.Renewed(layer) : layer;
    }

    private JsonObject Call(JsonNode? node, string? className)
    {
        JsonObject kwargs = [];
        JsonNode? inputs = Inputs(node, kwargs, depth: 0);
        // A layer of one input has it in a list nevertheless.
        if (inputs is JsonArray { Count: 1 } list && node is JsonArray) inputs = list[0]?.DeepClone();
        if (inputs is JsonArray { Count: > 1 } all && s_recurrent.Contains(className ?? ""))
        {
            kwargs["initial_state"] = all.Count == 2 ? all[1]!.DeepClone() : new JsonArray([.. all.Skip(1).Select(s => s?.DeepClone())]);
            inputs = all[0]!.DeepClone();
        }

        return new JsonObject { ["args"] = new JsonArray(inputs), ["kwargs"] = kwargs };
    }

    /// <summary>What a call's first argument holds; its other arguments are added to <paramref name="kwargs"/>.</summary>
    private JsonNode? Inputs(JsonNode? node, JsonObject kwargs, int depth)
    {
        if (depth > Reading.PolicyNow.MaxDepth) throw new ArgumentException("its call is nested too deep.");
        if (IsReference(node))
        {
            JsonArray reference = (JsonArray)node!;
            foreach ((string key, JsonNode? value) in reference.Count > 3 ? (JsonObject)reference[3]! : [])
            {
                // What is left at nothing need not be said; some layers do not know of it today.
                if (value is not null && !kwargs.ContainsKey(key)) kwargs[key] = Value(value);
            }

            return Text(reference[0]) == Constant ? Value(reference[2]) : Tensor(reference);
        }

        return node switch
        {
            JsonArray list => new JsonArray([.. list.Select(i => Inputs(i, kwargs, depth + 1))]),
            JsonObject named => new JsonObject(named.Select(p => KeyValuePair.Create(p.Key, Inputs(p.Value, kwargs, depth + 1)))),
            _ => throw ConfigReader.Expected("a reference [layer, call, result]", node),
        };
    }

    /// <summary>A further argument, in which references may stand anywhere.</summary>
    private JsonNode? Value(JsonNode? value) => value switch
    {
        JsonArray list when IsReference(list) && _classes.ContainsKey(Text(list[0])!) => Tensor(list),
        JsonArray list => new JsonArray([.. list.Select(Value)]),
        JsonObject named => new JsonObject(named.Select(p => KeyValuePair.Create(p.Key, Value(p.Value)))),
        _ => value?.DeepClone(),
    };

    private JsonObject Tensor(JsonArray reference)
    {
        string layer = ConfigReader.Text(reference[0]);
        return new JsonObject
        {
            ["class_name"] = "__keras_tensor__",
            ["config"] = new JsonObject { ["keras_history"] = new JsonArray(layer, ConfigReader.Integer(reference[1]!) - Offset(layer), reference[2]!.DeepClone()) },
        };
    }

    /// <summary>What a model's inputs or outputs refer to; a list of one is the one.</summary>
    private JsonNode? Ends(JsonNode? node) => node switch
    {
        JsonArray list when IsReference(list) => End(list),
        JsonArray { Count: 1 } list => Ends(list[0]),
        JsonArray list => new JsonArray([.. list.Select(Ends)]),
        JsonObject named => new JsonObject(named.Select(p => KeyValuePair.Create(p.Key, Ends(p.Value)))),
        _ => node?.DeepClone(),
    };

    private JsonArray End(JsonArray reference)
    {
        string layer = ConfigReader.Text(reference[0]);
        int call = ConfigReader.Integer(reference[1]!) - Offset(layer);
        // Keras: there, the call that a model of inputs and outputs begins with still counts, but for the first.
        if (Offset(layer) > 0 && call > 0 && _classes.GetValueOrDefault(layer) != "Sequential") call++;
        return [layer, call, reference[2]!.DeepClone()];
    }

    private int Offset(string layer) => Math.Clamp(_firstCalls.GetValueOrDefault(layer), 0, 1);

    private void CountCalls(JsonNode? start)
    {
        Stack<JsonNode?> open = new([start]);
        while (open.TryPop(out JsonNode? node))
        {
            if (IsReference(node) && Text(((JsonArray)node!)[0]) is { } layer && layer != Constant)
            {
                int call = ConfigReader.Integer(((JsonArray)node)[1]!);
                _firstCalls[layer] = _firstCalls.TryGetValue(layer, out int lowest) ? Math.Min(lowest, call) : call;
            }

            foreach (JsonNode? inner in node switch { JsonArray list => list, JsonObject named => named.Select(p => p.Value), _ => [] }) open.Push(inner);
        }
    }

    /// <summary>Whether a value is <c>[layer, call, result]</c>, perhaps with an object of further arguments.</summary>
    private static bool IsReference(JsonNode? node) =>
        node is JsonArray { Count: 3 or 4 } list && Text(list[0]) is { } text && IsInteger(list[1]) && (text == Constant || IsInteger(list[2])) && (list.Count == 3 || list[3] is JsonObject);

    private static bool IsInteger(JsonNode? node) => node is JsonValue value && value.TryGetValue(out int _);

    private static string? NameOf(JsonObject layer) => Text(layer["name"]) ?? Text((layer["config"] as JsonObject)?["name"]);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

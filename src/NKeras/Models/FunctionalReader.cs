using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Models;

/// <summary>Makes a model from the configuration of one made of inputs and outputs.</summary>
internal sealed class FunctionalReader
{
    private readonly string _model;
    private readonly Dictionary<string, Step> _steps = [];

    private FunctionalReader(string model) => _model = model;

    /// <summary>Whether a class is made of inputs and outputs as <see cref="Model"/> is, so that it has such a configuration, too.</summary>
    public static bool CanMake([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type) =>
        type == typeof(Model) || (type.IsSubclassOf(typeof(Model)) && Constructor(type) != null);

    /// <summary>The model.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message names the layer.</exception>
    public static Model Read(JsonObject config) => Read(typeof(Model), config);

    /// <inheritdoc cref="Read(JsonObject)"/>
    public static Model Read([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type, JsonObject config) =>
        new FunctionalReader(config["name"] is { } name ? ConfigReader.Text(name) : "functional").ReadModel(config, type);

    private static ConstructorInfo? Constructor([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type) =>
        type.GetConstructor([typeof(KerasTensors), typeof(KerasTensors), typeof(string), typeof(bool?)]);

    private Model ReadModel(JsonObject config, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type)
    {
        foreach (JsonNode? layer in ConfigReader.List(config["layers"])) AddStep(layer as JsonObject ?? throw ConfigReader.Expected("a layer's configuration", layer));
        Connect();
        KerasTensors inputs = Ends(config["input_layers"], "input_layers"), outputs = Ends(config["output_layers"], "output_layers");
        bool? trainable = config["trainable"] is { } given ? ConfigReader.Read<bool>(given) : null;
        string? name = config["name"] is null ? null : _model;
        Model model = type == typeof(Model) ? new Model(inputs, outputs, name) : (Model)Constructor(type)!.Invoke([inputs, outputs, name, null]);
        // Keras: sets it on every layer; a frozen layer in a trainable model would thaw, so only false is passed on.
        if (trainable == false) model.Trainable = false;
        return model;
    }

    private void AddStep(JsonObject form)
    {
        string? name = (form["name"] ?? (form["config"] as JsonObject)?["name"]) is { } n ? ConfigReader.Text(n) : throw new ArgumentException($"Model '{_model}': a layer has no name.");
        string? module = form["module"] is { } m ? ConfigReader.Text(m) : null;
        Operation? layer = null;
        if (!OpSerializer.IsOperation(module))
        {
            try
            {
                layer = KerasSerializer.Deserialize<Layer>(form);
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"Model '{_model}', layer '{name}': {e.Message}", e);
            }
        }

        Queue<JsonObject> calls = new(form["inbound_nodes"] is { } nodes ? ConfigReader.List(nodes).Select(c => c as JsonObject ?? throw ConfigReader.Expected($"a call of layer '{name}' with args and kwargs", c)) : []);
        if (!_steps.TryAdd(name, new Step(name, form, layer, calls))) throw new ArgumentException($"Model '{_model}' has two layers named '{name}'.");
    }

    /// <summary>Makes the calls, each as soon as what it is applied to exists.</summary>
    private void Connect()
    {
        bool progress = true;
        while (progress)
        {
            progress = false;
            foreach (Step step in _steps.Values)
            {
                while (step.Calls.TryPeek(out JsonObject? call) && TryArguments(step, call) is { } arguments)
                {
                    step.Calls.Dequeue();
                    progress = true;
                    Apply(step, arguments);
                }
            }
        }

        string[] open = [.. _steps.Values.Where(s => s.Calls.Count > 0).Select(s => $"'{s.Name}'")];
        if (open.Length > 0)
            throw new ArgumentException($"Model '{_model}': the configuration's graph has a cycle, or calls that nothing leads to: {string.Join(", ", open.Take(10))}{(open.Length > 10 ? ", …" : "")} cannot be connected.");
    }

    private void Apply(Step step, CallArguments arguments)
    {
        try
        {
            if (step.Layer is Layer layer)
            {
                layer.ApplyTo(arguments);
                return;
            }

            FunctionOperation operation = OpSerializer.Apply(step.Name, ConfigReader.Text(step.Form["class_name"]), step.Form["config"] as JsonObject ?? [], arguments);
            // An operation that is called several times: its other calls become calls of the first.
            if (step.Layer is FunctionOperation first) first.Apply(operation.InboundNodes[0].Arguments);
            else step.Layer = operation;
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"Model '{_model}', layer '{step.Name}' cannot be applied as the configuration says: {e.Message}", e);
        }
    }

    /// <summary>What a call is made with; null if something of it does not exist yet.</summary>
    private CallArguments? TryArguments(Step step, JsonObject call)
    {
        bool complete = true;
        CallArguments arguments = new(
            [.. ConfigReader.List(call["args"]).Select(Value)],
            [.. (call["kwargs"] as JsonObject ?? []).Select(k => KeyValuePair.Create(k.Key, Value(k.Value)))]);
        return complete ? arguments : null;

        object? Value(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject form when form["class_name"] is JsonValue kind && kind.TryGetValue(out string? className):
                    return PlainForms.Read(className, form["config"]) switch
                    {
                        TensorReference reference => Tensor(step, reference) ?? Incomplete(),
                        null => KerasSerializer.Deserialize(form),
                        var plain => plain,
                    };
                case JsonArray list when list.Any(i => i is JsonObject):
                    object?[] items = [.. list.Select(Value)];
                    return !complete ? null : items.Any(i => i is Tensor) ? Tensors.Create([.. items.Select(AsTensor)!]) : list;
                case JsonObject byName:
                    KeyValuePair<string, object?>[] named = [.. byName.Select(p => KeyValuePair.Create(p.Key, Value(p.Value)))];
                    return complete ? Tensors.Named(named.Select(p => KeyValuePair.Create(p.Key, AsTensor(p.Value)!))) : null;
                case JsonValue value when value.TryGetValue(out bool flag):
                    return flag;
                default:
                    return node;
            }
        }

        static Tensor? AsTensor(object? value) => value switch
        {
            null => null,
            Tensor tensor => tensor,
            JsonNode node => ConfigReader.Read<Tensor>(node),
            _ => throw new ArgumentException($"A {value.GetType().Name} stands where a tensor is expected."),
        };

        object? Incomplete()
        {
            complete = false;
            return null;
        }
    }

    private KerasTensor? Tensor(Step? step, TensorReference reference)
    {
        if (!_steps.TryGetValue(reference.Layer, out Step? from))
            throw new ArgumentException($"Model '{_model}'{(step == null ? "" : $", layer '{step.Name}'")}: the configuration refers to layer '{reference.Layer}', which it does not have. {Suggestion.For(reference.Layer, _steps.Keys)}");
        int at = reference.Node + (from.Layer is { } layer ? from.FirstNode : 0);
        if (from.Layer == null || reference.Node < 0 || at >= from.Layer.InboundNodes.Count) return null;
        IReadOnlyList<KerasTensor> outputs = from.Layer.InboundNodes[at].Outputs;
        return reference.Tensor >= 0 && reference.Tensor < outputs.Count
            ? outputs[reference.Tensor]
            : throw new ArgumentException($"Model '{_model}': the configuration refers to result {reference.Tensor} of layer '{reference.Layer}', which has {outputs.Count}.");
    }

    private KerasTensors Ends(JsonNode? node, string key)
    {
        switch (node)
        {
            case JsonArray list when IsReference(list):
                return End(list);
            case JsonArray list:
                return KerasTensors.Create([.. list.Select(End)]);
            case JsonObject byName:
                return byName.ToDictionary(p => p.Key, p => End(p.Value));
            default:
                throw new ArgumentException($"Model '{_model}': '{key}' names no tensors.");
        }

        KerasTensor End(JsonNode? entry)
        {
            TensorReference reference = TensorReference.FromList(entry);
            // Keras: the call that a nested model begins with counts as its first.
            if (_steps.TryGetValue(reference.Layer, out Step? step) && step.Layer is Model { GraphOrNull: not null } and not Sequential) reference = reference with { Node = reference.Node - 1 };
            return Tensor(null, reference) ?? throw new ArgumentException($"Model '{_model}': '{key}' refers to call {reference.Node} of layer '{reference.Layer}', which the configuration does not have.");
        }

        static bool IsReference(JsonArray list) => list.Count == 3 && list[0] is JsonValue name && name.TryGetValue(out string? _);
    }

    /// <summary>A layer or operation, and the calls of it that are yet to be made.</summary>
    private sealed class Step(string name, JsonObject form, Operation? layer, Queue<JsonObject> calls)
    {
        public string Name => name;

        public JsonObject Form => form;

        public Operation? Layer { get; set; } = layer;

        public Queue<JsonObject> Calls => calls;

        /// <summary>The first of the layer's calls that belongs to this model.</summary>
        public int FirstNode { get; } = layer is InputLayer ? 0 : layer?.InboundNodes.Count ?? 0;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Saving;
using NKeras.Saving.Older;

namespace NKeras.Models;

/// <summary>Makes a model from the configuration of one made of inputs and outputs.</summary>
internal sealed class FunctionalReader
{
    private const int MostNamed = 10;

    private readonly string _model;
    private readonly Dictionary<string, ConfigStep> _steps = [];

    private FunctionalReader(string model) => _model = BadConfig.Excerpt(model);

    /// <summary>Whether a class is made of inputs and outputs as <see cref="Model"/> is, so that it has such a configuration, too.</summary>
    public static bool CanMake([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type) =>
        type == typeof(Model) || (type.IsSubclassOf(typeof(Model)) && Constructor(type) != null);

    /// <summary>The model.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message names the layer.</exception>
    public static Model Read(JsonObject config) => Read(typeof(Model), config);

    /// <inheritdoc cref="Read(JsonObject)"/>
    public static Model Read([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type, JsonObject config)
    {
        string? name = config["name"] is { } given ? ConfigReader.Text(given) : null;
        config = BadConfig.Within($"Model '{BadConfig.Excerpt(name ?? "functional")}'", () => OlderGraphs.Renewed(config));
        return new FunctionalReader(name ?? "functional").ReadModel(config, name, type == typeof(Model) ? null : Constructor(type));
    }

    private static ConstructorInfo? Constructor([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type) =>
        type.GetConstructor([typeof(KerasTensors), typeof(KerasTensors), typeof(string), typeof(bool?)]);

    private Model ReadModel(JsonObject config, string? name, ConstructorInfo? constructor)
    {
        foreach (JsonNode? layer in BadConfig.Within($"Model '{_model}', layers", () => ConfigReader.List(config["layers"]))) AddStep(layer);
        Connect();
        return BadConfig.Within($"Model '{_model}'", () =>
        {
            KerasTensors inputs = Ends(config["input_layers"], "input_layers"), outputs = Ends(config["output_layers"], "output_layers");
            bool? trainable = config["trainable"] is { } given ? ConfigReader.Read<bool>(given) : null;
            Model model = constructor == null ? new Model(inputs, outputs, name) : Make(constructor, [inputs, outputs, name, null]);
            // Keras: sets it on every layer; a frozen layer in a trainable model would thaw, so only false is passed on.
            if (trainable == false) model.Trainable = false;
            return model;
        });
    }

    /// <summary>Whatever a class of the user's throws, the configuration did not suit it.</summary>
    private static Model Make(ConstructorInfo constructor, object?[] arguments)
    {
        try
        {
            return (Model)constructor.Invoke(arguments);
        }
        catch (Exception e) when (e is TargetInvocationException or MemberAccessException)
        {
            Exception cause = e.InnerException ?? e;
            throw new ArgumentException($"{constructor.DeclaringType!.Name} cannot be made: {cause.Message}", cause);
        }
    }

    private void AddStep(JsonNode? node)
    {
        ConfigStep step = BadConfig.Within($"Model '{_model}', layer {_steps.Count}", () =>
        {
            JsonObject form = OlderGraphs.WithModule(node as JsonObject ?? throw ConfigReader.Expected("a layer's configuration", node));
            string name = ConfigReader.Text(form["name"] ?? (form["config"] as JsonObject)?["name"] ?? throw new ArgumentException("it has no name."));
            return BadConfig.Within($"'{BadConfig.Excerpt(name)}'", () =>
            {
                Operation? layer = OpSerializer.IsOperation(form["module"] is { } module ? ConfigReader.Text(module) : null) ? null : KerasSerializer.Deserialize<Layer>(form);
                Queue<ConfigCall> calls = new(form["inbound_nodes"] is { } nodes ? ConfigReader.List(nodes).Select(n => new ConfigCall(n)) : []);
                return new ConfigStep(_steps.Count, name, form, layer, calls);
            });
        });
        if (!_steps.TryAdd(step.Name, step)) throw new ArgumentException($"Model '{_model}' has two layers named '{BadConfig.Excerpt(step.Name)}'.");
    }

    /// <summary>Makes the calls, each as soon as what it is applied to exists: in the order of passes over the layers.</summary>
    private void Connect()
    {
        // A step waits for one call of another at a time, so that what leads nowhere costs nothing.
        PriorityQueue<ConfigStep, (int Pass, int Index)> ready = new();
        foreach (ConfigStep step in _steps.Values)
        {
            step.Begin();
            ready.Enqueue(step, (0, step.Index));
        }

        while (ready.TryDequeue(out ConfigStep? step, out (int Pass, int Index) turn))
        {
            int before = step.Calls.Count;
            while (step.Calls.TryPeek(out ConfigCall? call) && IsReady(step, call))
            {
                step.Calls.Dequeue();
                BadConfig.Within(
                    $"Model '{_model}', layer '{BadConfig.Excerpt(step.Name)}' cannot be applied as the configuration says",
                    () => step.Apply(call.Arguments(r => Numbered(r, step))));
            }

            if (step.Calls.Count == before) continue;
            foreach (ConfigStep waiting in step.Waiting) ready.Enqueue(waiting, (waiting.Index > step.Index ? turn.Pass : turn.Pass + 1, waiting.Index));
            step.Waiting.Clear();
        }

        ConfigStep[] open = [.. _steps.Values.Where(s => s.Calls.Count > 0)];
        if (open.Length == 0) return;
        string names = string.Join(", ", open.Take(MostNamed).Select(s => $"'{BadConfig.Excerpt(s.Name)}'"));
        throw new ArgumentException($"Model '{_model}': the configuration's graph has a cycle, or calls that nothing leads to: {names}{(open.Length > MostNamed ? ", …" : "")} cannot be connected.");
    }

    /// <summary>Whether all that a call takes exists; if not, the step is noted where it will.</summary>
    private bool IsReady(ConfigStep step, ConfigCall call)
    {
        while (call.Needed.TryPeek(out TensorReference? reference))
        {
            ConfigStep from = Find(reference, step);
            if (Tensor(reference, step) is null)
            {
                // A layer that waits for itself waits for ever.
                if (from != step) from.Waiting.Add(step);
                return false;
            }

            call.Needed.Dequeue();
        }

        return true;
    }

    // Keras: makes a symbolic tensor of the reference before it looks for the one that is meant.
    private KerasTensor Numbered(TensorReference reference, ConfigStep step)
    {
        Naming.Skip(KerasTensor.AutomaticName, 1);
        return Tensor(reference, step) ?? throw new ArgumentException($"it refers to a call of layer '{BadConfig.Excerpt(reference.Layer)}' that does not exist.");
    }

    private ConfigStep Find(TensorReference reference, ConfigStep? by) => _steps.TryGetValue(reference.Layer, out ConfigStep? from) ? from : throw new ArgumentException(
        $"{Where(by)}: the configuration refers to layer '{BadConfig.Excerpt(reference.Layer)}', which it does not have. {Suggestion.For(reference.Layer, _steps.Keys)}");

    private string Where(ConfigStep? step) => step == null ? $"Model '{_model}'" : $"Model '{_model}', layer '{BadConfig.Excerpt(step.Name)}'";

    private KerasTensor? Tensor(TensorReference reference, ConfigStep? by)
    {
        if (Find(reference, by).OutputsOf(reference.Node) is not { } outputs) return null;
        return reference.Tensor >= 0 && reference.Tensor < outputs.Count
            ? outputs[reference.Tensor]
            : throw new ArgumentException($"{Where(by)}: the configuration refers to result {reference.Tensor} of layer '{BadConfig.Excerpt(reference.Layer)}', which has {outputs.Count}.");
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
                throw new ArgumentException($"'{key}' names no tensors.");
        }

        KerasTensor End(JsonNode? entry)
        {
            TensorReference reference = TensorReference.FromList(entry);
            // Keras: the call that a nested model begins with counts as its first.
            int call = Find(reference, null).Operation is Model { GraphOrNull: not null } and not Sequential && reference.Node > 0 ? reference.Node - 1 : reference.Node;
            return Tensor(reference with { Node = call }, null)
                ?? throw new ArgumentException($"'{key}' refers to call {reference.Node} of layer '{BadConfig.Excerpt(reference.Layer)}', which the configuration does not have.");
        }

        static bool IsReference(JsonArray list) => list.Count == 3 && list[0] is JsonValue name && name.TryGetValue(out string? _);
    }
}

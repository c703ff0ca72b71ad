using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Models;

/// <summary>A call of a layer in a configuration.</summary>
internal sealed class ConfigCall
{
    private readonly JsonArray _args;
    private readonly JsonObject _kwargs;

    /// <summary>Takes a call from a configuration.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public ConfigCall(JsonNode? node)
    {
        JsonObject call = node as JsonObject ?? throw ConfigReader.Expected("a call with 'args' and 'kwargs'", node);
        _args = call["args"] as JsonArray ?? throw ConfigReader.Expected("a list of a call's 'args'", call["args"]);
        _kwargs = call["kwargs"] switch { null => [], JsonObject given => given, var other => throw ConfigReader.Expected("an object with a call's 'kwargs'", other) };
        List<TensorReference> needed = [];
        Collect(_args, needed);
        Collect(_kwargs, needed);
        Needed = new Queue<TensorReference>(needed);
    }

    /// <summary>What the call takes that was not found to exist yet.</summary>
    public Queue<TensorReference> Needed { get; }

    /// <summary>What the call is made with.</summary>
    /// <param name="tensor">Gives the tensor of a reference.</param>
    /// <exception cref="ArgumentException">A value is of a kind that no call takes.</exception>
    public CallArguments Arguments(Func<TensorReference, KerasTensor> tensor)
    {
        return new CallArguments([.. _args.Select(Value)], [.. _kwargs.Select(k => KeyValuePair.Create(k.Key, Value(k.Value)))]);

        object? Value(JsonNode? node) => node switch
        {
            JsonObject form when ClassName(form) is { } className => PlainForms.Read(className, form["config"]) switch
            {
                TensorReference reference => tensor(reference),
                null => KerasSerializer.Deserialize(form),
                var plain => plain,
            },
            JsonArray list when list.Any(HoldsTensor) && list.Any(TensorKeyForm.IsPartForm) => list.Select(i => HoldsTensor(i) ? Element(i)! : TensorKeyForm.ReadIndex(i)).ToArray(),
            JsonArray list when list.Any(HoldsTensor) => Tensors.Create([.. list.Select(Element)!]),
            JsonObject byName when byName.Any(p => HoldsTensor(p.Value)) => Tensors.Named(byName.Select(p => KeyValuePair.Create(p.Key, Element(p.Value)!))),
            JsonValue value when value.TryGetValue(out bool flag) => flag,
            _ => node,
        };

        Tensor? Element(JsonNode? node) => Value(node) switch
        {
            null => null,
            Tensor one => one,
            JsonNode number => ConfigReader.Read<Tensor>(number),
            _ => throw ConfigReader.Expected("a list of tensors", node),
        };
    }

    private static string? ClassName(JsonObject form) => form["class_name"] is JsonValue value && value.TryGetValue(out string? name) ? name : null;

    private static bool HoldsTensor(JsonNode? node)
    {
        List<TensorReference> found = [];
        Collect(node, found);
        return found.Count > 0;
    }

    /// <summary>Finds the symbolic tensors in a value.</summary>
    private static void Collect(JsonNode? node, List<TensorReference> found)
    {
        switch (node)
        {
            case JsonObject form when ClassName(form) == "__keras_tensor__":
                found.Add(TensorReference.Read(form["config"]));
                break;
            case JsonObject form:
                foreach ((_, JsonNode? value) in form) Collect(value, found);
                break;
            case JsonArray list:
                foreach (JsonNode? item in list) Collect(item, found);
                break;
        }
    }
}

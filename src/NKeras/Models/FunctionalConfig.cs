using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Saving;

namespace NKeras.Models;

/// <summary>Writes the configuration of a model made of inputs and outputs.</summary>
internal sealed class FunctionalConfig
{
    private readonly FunctionGraph _graph;

    /// <summary>The number of each call in the configuration: calls that belong to other models do not count.</summary>
    private readonly Dictionary<OperationNode, int> _numbers = [];

    private FunctionalConfig(FunctionGraph graph)
    {
        _graph = graph;
        foreach (Operation operation in graph.Operations)
        {
            int next = 0;
            foreach (OperationNode node in operation.InboundNodes.Where(graph.Nodes.Contains)) _numbers[node] = next++;
        }
    }

    /// <summary>The configuration.</summary>
    public static JsonObject Of(Model model) => new FunctionalConfig(model.Graph).Write(model);

    private JsonObject Write(Model model)
    {
        JsonArray layers = [];
        foreach (Operation operation in _graph.Operations)
        {
            JsonObject layer = operation is FunctionOperation function ? OpSerializer.Serialize(function) : (JsonObject)KerasSerializer.Serialize(operation)!;
            layer["name"] = operation.Name;
            layer["inbound_nodes"] = new JsonArray([.. operation.InboundNodes.Where(n => !n.IsInput && _graph.Nodes.Contains(n)).Select(Call)]);
            layers.Add(layer);
        }

        return new JsonObject
        {
            ["name"] = model.Name,
            ["trainable"] = model.Trainable,
            ["layers"] = layers,
            ["input_layers"] = Structure(_graph.InputStructure, Ends),
            ["output_layers"] = Structure(_graph.OutputStructure, Ends),
        };

        // Keras: the call that a nested model begins with counts as its first.
        JsonArray Ends(KerasTensor t) => Place(t, t.History!.Operation is Model { GraphOrNull: not null } and not Sequential ? 1 : 0);
    }

    private JsonObject Call(OperationNode node) => new()
    {
        ["args"] = new JsonArray([.. node.Arguments.Positional.Select(Argument)]),
        ["kwargs"] = new JsonObject(node.Arguments.Named.Select(n => KeyValuePair.Create(n.Key, Argument(n.Value)))),
    };

    private JsonNode? Argument(object? value) => value switch
    {
        KerasTensor tensor => Reference(tensor.Origin),
        Tensors { Names: { } names } tensors => new JsonObject(names.Select(n => KeyValuePair.Create(n, Argument(tensors[n])))),
        Tensors { IsSingle: true } tensors => Argument(tensors[0]),
        Tensors tensors => new JsonArray([.. tensors.Select(Argument)]),
        TensorKey key => TensorKeyForm.Write(key, Argument),
        _ => ConfigValue.Of(value),
    };

    private JsonObject Reference(KerasTensor tensor) => new()
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject { ["shape"] = ConfigValue.Of(tensor.Shape), ["dtype"] = tensor.DType.Name, ["keras_history"] = Place(tensor, 0) },
    };

    private JsonArray Place(KerasTensor tensor, int offset) => ConfigValue.Array([tensor.History!.Operation.Name, _numbers[tensor.History.Node] + offset, tensor.History.TensorIndex]);

    private static JsonNode Structure(KerasTensors tensors, Func<KerasTensor, JsonArray> write) => tensors.Names is { } names
        ? new JsonObject(names.Select(n => KeyValuePair.Create(n, (JsonNode?)write((KerasTensor)tensors[n]))))
        : tensors.IsSingle ? write(tensors[0])
        : new JsonArray([.. tensors.Select(t => write((KerasTensor)t))]);
}

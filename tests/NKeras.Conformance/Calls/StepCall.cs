using System.Text.Json.Nodes;
using NKeras.Conformance.Comparison;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Conformance.Calls;

/// <summary>Calls functions with symbolic tensors, and compares how the step of a model that comes of it is written.</summary>
internal static class StepCall
{
    /// <summary>Calls the function and compares the operation's class, module and settings, and what it is called with.</summary>
    /// <exception cref="MissingNameException">There is no such function.</exception>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        KerasTensor? result = ResultComparison.Tensors(FunctionCall.Call(record.Target, record.Args, record.Kwargs)).OfType<KerasTensor>().FirstOrDefault();
        if (result?.History is not { Operation: FunctionOperation operation } history) return [new(DifferenceKind.Structure, "no step of a model comes of it")];
        JsonObject step = OpSerializer.Serialize(operation);
        ((JsonObject)step["config"]!).Remove("name");
        step.Remove("registered_name");
        step["args"] = new JsonArray([.. history.Node.Arguments.Positional.Select(Argument)]);
        step["kwargs"] = new JsonObject(history.Node.Arguments.Named.Select(n => KeyValuePair.Create(n.Key, Argument(n.Value))));
        JsonObject recorded = JsonObject.Create(record.Json.GetProperty("step"))!;
        return [.. recorded.Where(p => !JsonNode.DeepEquals(p.Value, step[p.Key])).Select(p => new Difference(DifferenceKind.Structure, $"{p.Key} is {Text(step[p.Key])}, Keras {Text(p.Value)}"))];
    }

    /// <summary>An argument; symbolic tensors, which the recording tells apart by their place only, are marked.</summary>
    private static JsonNode? Argument(object? value) => value switch
    {
        KerasTensor => "@",
        Tensors { Names: { } names } tensors => new JsonObject(names.Select(n => KeyValuePair.Create(n, Argument(tensors[n])))),
        Tensors { IsSingle: true } tensors => Argument(tensors[0]),
        Tensors tensors => new JsonArray([.. tensors.Select(Argument)]),
        // Python's own truth values and lists stay what they are; C#'s have become tensors, which are written as such.
        Tensor when ConfigValue.Of(value) is JsonObject data => data["config"]!["value"]!.DeepClone(),
        _ => ConfigValue.Of(value),
    };

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}

using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Models;

/// <summary>A layer or operation of a model that is being read, and the calls of it that are yet to be made.</summary>
/// <param name="index">Its place in the configuration.</param>
/// <param name="name">Its name.</param>
/// <param name="form">Its entry in the configuration.</param>
/// <param name="layer">The layer; null for an operation, which the first call makes.</param>
/// <param name="calls">The calls.</param>
internal sealed class ConfigStep(int index, string name, JsonObject form, Operation? layer, Queue<ConfigCall> calls)
{
    /// <summary>The first of the layer's calls that belongs to this model.</summary>
    private int _firstNode;

    public int Index => index;

    public string Name => name;

    public Operation? Operation { get; private set; } = layer;

    public Queue<ConfigCall> Calls => calls;

    /// <summary>The steps that cannot go on before this one has been called again.</summary>
    public List<ConfigStep> Waiting { get; } = [];

    /// <summary>Begins with the calls, all layers being there: those that a layer has already belong to models that it is a part of, too.</summary>
    public void Begin() => _firstNode = Operation is InputLayer ? 0 : Operation?.InboundNodes.Count ?? 0;

    /// <summary>The results of one of the calls in the configuration; null if it has not been made.</summary>
    public IReadOnlyList<KerasTensor>? OutputsOf(int call) =>
        Operation != null && call >= 0 && call < Operation.InboundNodes.Count - _firstNode ? Operation.InboundNodes[call + _firstNode].Outputs : null;

    /// <summary>Makes a call.</summary>
    /// <exception cref="ArgumentException">The layer cannot be called so.</exception>
    public void Apply(CallArguments arguments)
    {
        if (!arguments.IsSymbolic) throw new ArgumentException("the call takes data only; a step of a model takes a symbolic tensor.");
        if (Operation is Layer layer)
        {
            _ = layer.ApplyTo(arguments);
            return;
        }

        FunctionOperation operation = OpSerializer.Apply(name, ConfigReader.Text(form["class_name"]), form["config"] as JsonObject ?? [], arguments);
        if (Operation is not FunctionOperation first)
        {
            Operation = operation;
            return;
        }

        // An operation that is called several times: its other calls become calls of the first.
        CheckLikeFirst(first, operation.InboundNodes[0].Arguments);
        _ = first.Apply(operation.InboundNodes[0].Arguments);
    }

    /// <summary>Checks that an operation that is called once more takes its tensors as the first time.</summary>
    private static void CheckLikeFirst(FunctionOperation operation, CallArguments arguments)
    {
        IReadOnlyList<object?> first = operation.InboundNodes[0].Arguments.Positional;
        bool like = arguments.Named.Count == 0 && arguments.Positional.Count == first.Count
            && arguments.Positional.Zip(first).All(p => p.First is Tensor == p.Second is Tensor && (p.First as Tensors)?.Count == (p.Second as Tensors)?.Count);
        if (!like) throw new ArgumentException($"its calls take different arguments, which one {operation.ClassName} cannot.");
    }
}

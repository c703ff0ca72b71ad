using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Models;

/// <summary>Makes models with the same layers and fresh weights.</summary>
/// <param name="cloneFunction">Makes each layer's copy; by its configuration if null.</param>
internal sealed class ModelCloner(Func<Layer, Layer>? cloneFunction)
{
    private readonly Dictionary<Layer, Layer> _copies = [];

    /// <summary>The copy.</summary>
    public Model Clone(Model model, KerasTensors? inputs) => model switch
    {
        Sequential chain => CloneChain(chain, inputs),
        { GraphOrNull: { } graph } => CloneGraph(model, graph, inputs),
        _ when inputs != null || cloneFunction != null => throw new ArgumentException($"Model '{model.Name}' is subclassed ({model.GetType().Name}): it can be cloned by its configuration only, without inputTensors and cloneFunction.", nameof(model)),
        _ => (Model)ByConfig(model),
    };

    private Sequential CloneChain(Sequential chain, KerasTensors? inputs)
    {
        if (inputs is { Count: not 1 }) throw new ArgumentException($"Model '{chain.Name}' is a chain with one input; {inputs.Count} tensors were given.", nameof(inputs));
        List<Layer> layers = [.. chain.SubLayers.Select(l => l is InputLayer input ? inputs == null ? Copy(input) : (Layer)inputs[0] : Copy(l))];
        if (inputs != null && chain.SubLayers is not [InputLayer, ..]) layers.Insert(0, inputs[0]);
        return new Sequential(layers, chain.Trainable, chain.Name);
    }

    private Model CloneGraph(Model model, FunctionGraph graph, KerasTensors? inputs)
    {
        if (inputs != null && inputs.Count != graph.Inputs.Count)
            throw new ArgumentException($"Model '{model.Name}' has {graph.Inputs.Count} inputs; {inputs.Count} tensors were given.", nameof(inputs));
        Dictionary<KerasTensor, KerasTensor> copies = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < graph.Inputs.Count; i++)
            copies[graph.Inputs[i]] = inputs?.Flat[i] ?? ((InputLayer)Copy((InputLayer)graph.Inputs[i].History!.Operation)).Output;
        foreach (OperationNode node in graph.NodesByDepth.SelectMany(n => n).Where(n => !n.IsInput))
        {
            CallArguments arguments = node.Arguments.Select(t => t is KerasTensor k ? copies[k.Origin] : t);
            IReadOnlyList<Tensor> results = node.Operation switch
            {
                FunctionOperation function => function.Copy().Apply(arguments).Flat,
                var operation => Copy((Layer)operation).ApplyTo(arguments).Flat,
            };
            for (int i = 0; i < results.Count; i++) copies[node.Outputs[i]] = (KerasTensor)results[i];
        }

        Model copy = new(graph.InputStructure.WithFlat([.. graph.Inputs.Select(t => copies[t])]), graph.OutputStructure.WithFlat([.. graph.Outputs.Select(t => copies[t])]), model.Name);
        if (!model.Trainable) copy.Trainable = false;
        return copy;
    }

    /// <summary>A layer's copy; one for all its calls.</summary>
    private Layer Copy(Layer layer)
    {
        if (!_copies.TryGetValue(layer, out Layer? copy)) _copies[layer] = copy = MakeCopy(layer);
        return copy;
    }

    private Layer MakeCopy(Layer layer)
    {
        if (layer is InputLayer || cloneFunction == null) return layer is Model model ? Clone(model, null) : ByConfig(layer);
        return layer is Model nested ? Clone(nested, null)
            : cloneFunction(layer) ?? throw new ArgumentException($"cloneFunction gave null for layer '{layer.Name}'.", nameof(layer));
    }

    private static Layer ByConfig(Layer layer)
    {
        JsonObject form = (JsonObject)KerasSerializer.Serialize(layer)!;
        form.Remove("build_config");
        form.Remove("compile_config");
        return KerasSerializer.Deserialize<Layer>(form);
    }
}

using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Models;

/// <summary>Makes models with the same layers and fresh weights.</summary>
/// <param name="cloneFunction">Makes each layer's copy; by its configuration if null.</param>
/// <param name="callFunction">How the copies are called; as they are if null.</param>
/// <param name="recursive">Whether models inside are cloned layer by layer, too.</param>
internal sealed class ModelCloner(Func<Layer, Layer>? cloneFunction, CloneCallFunction? callFunction, bool recursive)
{
    private readonly Dictionary<Layer, Layer> _copies = [];

    /// <summary>The copy of a model.</summary>
    public Model Clone(Model model, KerasTensors? inputs)
    {
        Model copy;
        if (model is Sequential chain)
        {
            if (callFunction != null) throw new ArgumentException($"Model '{model.Name}' is a Sequential, whose layers are listed, not called: callFunction is for models made of inputs and outputs.", nameof(callFunction));
            copy = CloneChain(chain, inputs);
        }
        else if (model.GraphOrNull is { } graph)
        {
            copy = CloneGraph(model, graph, inputs);
        }
        else if (inputs != null || cloneFunction != null || callFunction != null)
        {
            throw new ArgumentException($"Model '{model.Name}' is subclassed ({model.GetType().Name}): it can be cloned by its configuration only, without inputTensors, cloneFunction and callFunction.", nameof(model));
        }
        else
        {
            return (Model)ByConfig(model);
        }

        if (model.Compiled) copy.CompileFromConfig(model.GetCompileConfig());
        return copy;
    }

    private Sequential CloneChain(Sequential chain, KerasTensors? inputs)
    {
        if (inputs is { Count: not 1 }) throw new ArgumentException($"Model '{chain.Name}' is a chain with one input; {inputs.Count} tensors were given.", nameof(inputs));
        List<Layer> layers = [.. chain.Layers.Select(Copy)];
        InputLayer? input = chain.SubLayers is [InputLayer first, ..] ? first : null;
        if (inputs != null) layers.Insert(0, new InputLayer(inputTensor: inputs[0], optional: input?.Optional ?? false, name: input?.Name));
        else if (input != null) layers.Insert(0, CopyOf(input.Output, input.Name, input.Optional));
        return new Sequential(layers, chain.Trainable, chain.Name);
    }

    private Model CloneGraph(Model model, FunctionGraph graph, KerasTensors? inputs)
    {
        if (inputs != null && (inputs.Count != graph.Inputs.Count || (inputs.Names == null) != (graph.InputStructure.Names == null)))
            throw new ArgumentException($"Model '{model.Name}' has the inputs {graph.InputStructure}; inputTensors of another structure were given: {inputs}.", nameof(inputs));
        Dictionary<KerasTensor, KerasTensor> copies = new(ReferenceEqualityComparer.Instance);
        // Keras: the new inputs' layers are named after the tensors.
        for (int i = 0; i < graph.Inputs.Count; i++)
            copies[graph.Inputs[i]] = inputs?.Flat[i] ?? CopyOf(graph.Inputs[i], graph.Inputs[i].Name, Model.IsOptional(graph.Inputs[i])).Output;
        foreach (OperationNode node in graph.NodesByDepth.SelectMany(n => n).Where(n => !n.IsInput))
        {
            Operation operation = node.Operation is FunctionOperation function ? function.Copy() : Copy((Layer)node.Operation);
            IReadOnlyList<KerasTensor> results = Call(operation, node.Arguments.Select(t => t is KerasTensor k ? copies[k.Origin] : t)).Flat;
            if (results.Count != node.Outputs.Count)
                throw new ArgumentException($"callFunction gave {results.Count} tensors for '{operation.Name}', which has {node.Outputs.Count} results.", nameof(callFunction));
            for (int i = 0; i < results.Count; i++) copies[node.Outputs[i]] = results[i];
        }

        Model copy = new(graph.InputStructure.WithFlat([.. graph.Inputs.Select(t => copies[t])]), graph.OutputStructure.WithFlat([.. graph.Outputs.Select(t => copies[t])]), model.Name);
        if (!model.Trainable) copy.Trainable = false;
        return copy;
    }

    private KerasTensors Call(Operation operation, CallArguments arguments)
    {
        return callFunction == null
            ? Apply(arguments)
            : callFunction(operation, Layer.Symbolic(arguments.Inputs), inputs => Apply(new CallArguments([inputs.Pack(inputs.Flat), .. arguments.Positional.Skip(1)], arguments.Named)));

        KerasTensors Apply(CallArguments given) => operation is FunctionOperation function ? function.Apply(given) : Layer.Symbolic(((Layer)operation).ApplyTo(given));
    }

    /// <summary>A layer's copy; one for all its calls.</summary>
    private Layer Copy(Layer layer)
    {
        if (!_copies.TryGetValue(layer, out Layer? copy)) _copies[layer] = copy = MakeCopy(layer);
        return copy;
    }

    private Layer MakeCopy(Layer layer)
    {
        if (recursive && layer is Model { } model && (model is Sequential || model.GraphOrNull != null))
            return model is Sequential && callFunction != null ? new ModelCloner(cloneFunction, null, recursive: true).Clone(model, null) : Clone(model, null);
        if (cloneFunction == null) return ByConfig(layer);
        return cloneFunction(layer) ?? throw new ArgumentException($"cloneFunction gave null for layer '{layer.Name}'.", nameof(cloneFunction));
    }

    private static InputLayer CopyOf(KerasTensor input, string name, bool optional) =>
        new(batchShape: input.Shape, dtype: input.DType, sparse: input.Sparse, ragged: input.Ragged, optional: optional, name: name);

    private static Layer ByConfig(Layer layer)
    {
        JsonObject form = (JsonObject)KerasSerializer.Serialize(layer)!;
        form.Remove("build_config");
        form.Remove("compile_config");
        return KerasSerializer.Deserialize<Layer>(form);
    }
}

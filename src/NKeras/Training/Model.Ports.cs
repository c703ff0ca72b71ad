using NKeras.Core;
using NKeras.Engine;
using NKeras.Layers;
using NKeras.Training;

namespace NKeras;

public partial class Model
{
    /// <summary>Names and shapes of a subclassed model's outputs, for the batch they were last found out for.</summary>
    private Tuple<BatchSpec, string[], bool, Shape[]>? _inferredOutputs;

    /// <summary>Layers that the model keeps but does not call.</summary>
    private Layer[] _idle = [];

    /// <summary>The names of the outputs, once they are known: those of the layers that make them, or those under which the model gives them.</summary>
    internal IReadOnlyList<string> OutputNames => Graph.OutputStructure.Names?.Order(StringComparer.Ordinal).ToArray()
        ?? [.. Outputs.Select(o => o.History?.Operation.Name ?? o.Name)];

    /// <summary>Data for the inputs, in the model's order; null where an optional one is left out.</summary>
    internal Tensors OrderInputs(string what, Tensors x)
    {
        if (GraphOrNull is not { } graph) return x;
        IReadOnlyList<string> slots = graph.InputStructure.Names?.Order(StringComparer.Ordinal).ToArray() ?? [.. Inputs.Select(InputName)];
        if (graph.InputStructure.Names != null && x.Names == null && slots.Count > 1)
            throw new ArgumentException($"Model '{Name}' takes its inputs by name ({string.Join(", ", slots.Select(s => $"'{s}'"))}), but {what} is a list. Give new() {{ [\"{slots[0]}\"] = …, … }}.", what);
        Tensor[] ordered = x.InOrder(what, Name, slots, "inputs", i => IsOptional(graph.Inputs[i]));
        return graph.InputStructure.Names == null ? graph.InputStructure.Pack(ordered) : Tensors.Named(slots.Zip(ordered, KeyValuePair.Create));
    }

    /// <summary>What the model takes and gives, for data of a shape.</summary>
    /// <param name="batch">The specification of a batch of one row.</param>
    internal ModelPorts Ports(BatchSpec batch)
    {
        if (GraphOrNull is { } graph)
        {
            return new ModelPorts(
                [.. graph.Inputs.Where((_, i) => batch.Structure.Flat(i)).Select(i => new InputPort(InputName(i), i.Shape, i.DType))],
                OutputNames,
                true,
                [.. graph.Outputs.Select(o => o.Shape)])
            {
                OutputsAsGiven = graph.OutputStructure.Names ?? OutputNames,
            };
        }

        if (_inferredOutputs is not { } outputs || !outputs.Item1.Equals(batch)) _inferredOutputs = outputs = InferOutputs(batch);
        IEnumerable<string> names = batch.Structure.Names?.Where((_, i) => batch.Structure.Present[i]) ?? Enumerable.Range(0, batch.X).Select(i => $"input {i}");
        return new ModelPorts([.. names.Select(n => new InputPort(n, null, null))], outputs.Item2, outputs.Item3, outputs.Item4);
    }

    /// <summary>Builds the model for a batch.</summary>
    internal void EnsureBuilt(BatchSpec batch)
    {
        Layer[] idle = _idle;
        if (Built && AllSubLayers.All(l => l.Built || idle.Contains(l))) return;
        EnsureBuilt(Symbolic(batch));
        // A layer can be put into a list of the model at any time, too.
        if (AllSubLayers.Any(l => !l.Built)) InferOutputs(batch);
        _idle = [.. AllSubLayers.Where(l => !l.Built)];
    }

    /// <summary>Calls the model on a batch.</summary>
    internal Tensors CallOn(Tensors inputs, bool training) =>
        Compute(new CallArguments([inputs.IsSingle ? inputs[0] : inputs], [KeyValuePair.Create("training", (object?)training)]));

    private Tuple<BatchSpec, string[], bool, Shape[]> InferOutputs(BatchSpec batch)
    {
        (Tensors structure, TensorSpec[] specs) = SymbolicCall.Run(Symbolic(batch), Compute);
        string[] names = structure.Names is { } given ? [.. given.Order(StringComparer.Ordinal)]
            : structure.Count == 1 ? ["output"] : [.. Enumerable.Range(0, structure.Count).Select(i => $"output_{i}")];
        Shape[] shapes = [.. specs.Select(s => s.Shape)];
        if (structure.Names is { } keys) shapes = [.. names.Select(n => shapes[keys.ToList().IndexOf(n)])];
        return Tuple.Create(batch, names, structure.Names != null, shapes);
    }

    /// <summary>A call with symbolic tensors that belong to no graph.</summary>
    private static CallArguments Symbolic(BatchSpec batch)
    {
        KerasTensor[] stubs = [.. batch.All.Take(batch.X).Select((s, i) => new KerasTensor(
            s with { Shape = s.Shape.Rank > 0 ? s.Shape.With(0, Shape.Unknown) : s.Shape }, "", batch.Composites?[i] is SparseSpec, batch.Composites?[i] is RaggedSpec))];
        Tensors inputs = batch.Structure.Pack(stubs);
        return new CallArguments([inputs.IsSingle ? inputs[0] : inputs]);
    }
}

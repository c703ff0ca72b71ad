using NKeras.Core;

namespace NKeras.Models;

/// <summary>Refuses inputs and outputs between which there is no sound graph.</summary>
internal static class GraphChecks
{
    /// <summary>Checks that there are inputs and outputs, and that each input can be one.</summary>
    public static void Ends(IReadOnlyList<KerasTensor> inputs, IReadOnlyList<KerasTensor> outputs)
    {
        if (inputs.Count == 0) throw new ArgumentException("A model has at least one input; none were given.", nameof(inputs));
        if (outputs.Count == 0) throw new ArgumentException("A model has at least one output; none were given.", nameof(outputs));
        HashSet<KerasTensor> seen = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].History == null)
                throw new ArgumentException($"The model's input {i}, '{inputs[i].Name}', is made by no layer. Create it with new Input({inputs[i].Shape} without the batch's dimension).", nameof(inputs));
            if (!seen.Add(inputs[i])) throw new ArgumentException($"The model's inputs name '{inputs[i].Name}' twice.", nameof(inputs));
        }
    }

    /// <summary>Checks that everything that is needed can be computed from the inputs.</summary>
    public static void Connected(IReadOnlyList<KerasTensor> inputs, IReadOnlyList<KerasTensor> outputs, IReadOnlyList<IReadOnlyList<OperationNode>> nodes)
    {
        HashSet<KerasTensor> computable = new(inputs, ReferenceEqualityComparer.Instance);
        foreach (OperationNode node in nodes.SelectMany(n => n))
        {
            if (node.IsInput && !computable.Contains(node.Outputs[0])) throw Disconnected(node.Outputs[0]);
            foreach (KerasTensor input in node.Inputs.Where(t => !computable.Contains(t))) throw Disconnected(input);
            computable.UnionWith(node.Outputs);
        }

        foreach (KerasTensor output in outputs.Where(t => !computable.Contains(t))) throw Disconnected(output);

        ArgumentException Disconnected(KerasTensor tensor) => new(
            $"Graph disconnected: the outputs cannot be computed from the inputs, because nothing leads to tensor '{tensor.Name}' of shape {tensor.Shape}"
            + $"{(tensor.History is { } h ? $", the result of '{h.Operation.Name}'" : "")}. "
            + $"Add the Input it comes from to the model's inputs ({string.Join(", ", inputs.Take(20).Select(i => $"'{i.History?.Operation.Name ?? i.Name}'"))} given).");
    }

    /// <summary>Checks that no two operations have one name.</summary>
    public static void Names(IReadOnlyList<Operation> operations)
    {
        if (operations.GroupBy(o => o.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The name '{twice.Key}' is used {twice.Count()} times in the model ({string.Join(", ", twice.Select(o => o.ClassName))}). Give each layer a name of its own: name: \"...\".");
    }
}

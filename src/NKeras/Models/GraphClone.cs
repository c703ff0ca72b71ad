using NKeras.Core;

namespace NKeras.Models;

/// <summary>Makes a graph that starts at intermediate symbolic tensors one that starts at inputs: the calls between are recorded again, on the same layers.</summary>
internal static class GraphClone
{
    /// <summary>Inputs and outputs of the graph that was recorded anew.</summary>
    /// <param name="inputs">Where the graph starts; inputs among them stay what they are.</param>
    /// <param name="outputs">Where it ends.</param>
    /// <param name="nodes">The calls between, in the order of computation.</param>
    public static (IReadOnlyList<KerasTensor> Inputs, IReadOnlyList<KerasTensor> Outputs) Clone(
        IReadOnlyList<KerasTensor> inputs, IReadOnlyList<KerasTensor> outputs, IReadOnlyList<OperationNode> nodes)
    {
        Dictionary<KerasTensor, KerasTensor> copies = new(ReferenceEqualityComparer.Instance);
        foreach (KerasTensor input in inputs)
        {
            copies[input] = input.History is { Node.IsInput: true }
                ? input
                : new Input(batchShape: input.Shape, dtype: input.DType, sparse: input.Sparse, ragged: input.Ragged, name: $"{input.Name}CLONE").Origin;
        }

        foreach (OperationNode node in nodes.Where(n => !n.IsInput))
        {
            CallArguments arguments = node.Arguments.Select(t => t is KerasTensor k ? copies.GetValueOrDefault(k.Origin, k.Origin) : t);
            KerasTensor[] results = [.. node.Outputs.Select(Copy)];
            for (int i = 0; i < results.Length; i++) copies[node.Outputs[i]] = results[i];
            node.Operation.Connect(arguments, KerasTensors.Create([.. results]));
        }

        return ([.. inputs.Select(t => copies[t])], [.. outputs.Select(t => copies.GetValueOrDefault(t, t))]);
    }

    private static KerasTensor Copy(KerasTensor tensor) => new(tensor.Spec, $"{tensor.Name}_clone", tensor.Sparse, tensor.Ragged);
}

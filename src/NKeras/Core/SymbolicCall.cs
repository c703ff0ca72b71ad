using NKeras.Engine;
using NKeras.Engine.Graphs;

namespace NKeras.Core;

/// <summary>Finds out what an operation makes of symbolic tensors, by tracing it with their shapes and types.</summary>
internal static class SymbolicCall
{
    /// <summary>New symbolic tensors for the results of a function.</summary>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="function">The function of non-symbolic tensors.</param>
    public static KerasTensors Infer(CallArguments arguments, Func<CallArguments, Tensors> function)
    {
        (Tensors structure, TensorSpec[] specs) = Run(arguments, function);
        KerasTensor[] outputs = [.. specs.Select(spec => new KerasTensor(spec, null))];
        return structure.Names is { } names
            ? names.Zip(outputs).ToDictionary(p => p.First, p => p.Second)
            : structure.IsSingle ? outputs[0] : KerasTensors.Create([.. outputs]);
    }

    /// <summary>Shapes and types of the results of a function.</summary>
    /// <inheritdoc cref="Infer"/>
    public static TensorSpec[] InferSpecs(CallArguments arguments, Func<CallArguments, Tensors> function) => Run(arguments, function).Specs;

    /// <summary>Shapes and types of the results of a function, with their structure.</summary>
    /// <inheritdoc cref="Infer"/>
    public static (Tensors Structure, TensorSpec[] Specs) Run(CallArguments arguments, Func<CallArguments, Tensors> function)
    {
        KerasTensor[] symbolic = [.. arguments.Tensors.OfType<KerasTensor>().Distinct()];
        Dictionary<KerasTensor, int> positions = new(ReferenceEqualityComparer.Instance);
        foreach (KerasTensor tensor in symbolic) positions[tensor] = positions.Count;
        TensorSpec[] specs = [];
        Tensors? structure = null;
        _ = Trace.Function([.. symbolic.Select(t => t.Spec)], traced =>
        {
            structure = function(arguments.Select(t => t is KerasTensor k ? traced[positions[k]] : t));
            specs = [.. structure.Select(t => t.Spec)];
            return [];
        });
        return (structure!, specs);
    }
}

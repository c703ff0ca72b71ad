using NKeras.Engine;
using NKeras.Engine.Graphs;

namespace NKeras.Core;

/// <summary>Finds out what an operation makes of symbolic tensors, by tracing it with their shapes and types.</summary>
internal static class SymbolicCall
{
    [ThreadStatic]
    private static bool t_inferring;

    /// <summary>Whether the call in progress only serves to find out shapes.</summary>
    public static bool IsInferring => t_inferring;

    /// <summary>New symbolic tensors for the results of a function.</summary>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="function">The function of non-symbolic tensors.</param>
    /// <param name="naming">Gives the results' names, once the function has run, in the order of their structure; automatic ones if null.</param>
    public static KerasTensors Infer(CallArguments arguments, Func<CallArguments, Tensors> function, Func<IReadOnlyList<string>?>? naming = null)
    {
        Tensors structure = Run(arguments, function).Structure;
        IReadOnlyList<string>? given = naming?.Invoke();
        KerasTensor[] outputs = [.. structure.AsEnumerable().Select((t, i) => new KerasTensor(t.Spec, given?[i], t is SparseTensor, t is RaggedTensor))];
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
        CompositeSpec?[] composites = [.. symbolic.Select(CompositeSpec.Of)];
        Dictionary<KerasTensor, int> positions = new(ReferenceEqualityComparer.Instance);
        foreach (KerasTensor tensor in symbolic) positions[tensor] = positions.Count;
        TensorSpec[] specs = [];
        Tensors? structure = null;
        bool outer = t_inferring;
        t_inferring = true;
        try
        {
            _ = Trace.Function([.. symbolic.SelectMany((t, i) => composites[i]?.Parts ?? [t.Spec])], parts =>
            {
                Tensor[] traced = CompositeSpec.Assemble(composites, parts);
                structure = function(arguments.Select(t => t is KerasTensor k ? traced[positions[k]] : t));
                specs = [.. structure.Select(t => t.Spec)];
                return [];
            }, onlyInfers: true);
        }
        finally
        {
            t_inferring = outer;
        }

        return (structure!, specs);
    }
}

using NKeras.Engine.Graphs;

namespace NKeras.Core;

/// <summary>A function of <c>Ops</c> applied to symbolic tensors, as a step of the model.</summary>
internal sealed class FunctionOperation(string name, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> function) : Operation(null, name)
{
    internal override string ClassName { get; } = name;

    internal override IReadOnlyList<Tensor> Compute(IReadOnlyList<Tensor> inputs, bool training) => function(inputs);

    /// <summary>Records the call.</summary>
    public IReadOnlyList<KerasTensor> Apply(IReadOnlyList<KerasTensor> inputs) =>
        Connect(inputs, Trace.InferSpecs([.. inputs.Select(t => t.Spec)], function), null);
}

using NKeras.Engine.Graphs;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Gives its first inputs as they are, with a gradient of the user's. The inputs are results of a function, its arguments, and
/// what else the gradient is computed from; no gradient flows to the results themselves.
/// </summary>
/// <param name="Back">Takes the cotangents of all results and what else it needs; gives the gradients of the arguments.</param>
/// <param name="Results">How many results there are.</param>
/// <param name="Arguments">How many arguments there are.</param>
internal sealed record CustomGradient(Subgraph Back, int Results, int Arguments) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => inputs[..Results].ToArray();

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor[] cotangents = [.. context.Outputs.Select((y, i) => context.Cotangents[i] ?? PrimitiveOps.Filled(y.Spec, 0))];
        Tensor[] gradients = Back.Replay([.. cotangents, .. context.Inputs[(Results + Arguments)..]]);
        return [.. new Tensor?[Results], .. gradients, .. new Tensor?[context.Inputs.Length - Results - Arguments]];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        for (int i = 0; i < outputs.Length; i++) outputs[i].CopyFrom(inputs[i]);
    }
}

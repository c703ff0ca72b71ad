using NKeras.Engine.Graphs;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Runs one of several graphs: the first input is its number, an int32 scalar, which is brought into range; the others are
/// every graph's arguments.
/// </summary>
internal sealed record Conditional(SubgraphList Branches) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs.Length == 0 || inputs[0] != new TensorSpec(Shape.Scalar, DType.Int32)) throw new ArgumentException("Conditional takes an int32 scalar as the number of the branch.");
        TensorSpec[] results = [.. Branches[0].Outputs.Select(v => v.Spec)];
        foreach (Subgraph branch in Branches)
        {
            InnerSpecs.Check(Name, branch, inputs[1..]);
            if (!branch.Outputs.Select(v => v.Spec).SequenceEqual(results, InnerSpecs.Compatible)) throw new ArgumentException("Conditional: the branches give results of different shapes or types.");
        }

        return results;
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        // Each branch's way back, which runs the branch once more; where only some reach an operand the others give zeros.
        int operands = context.Inputs.Length - 1;
        int[] wanted = [.. Enumerable.Range(0, operands).Where(i => context.Needs(i + 1))];
        int[] given = [.. Enumerable.Range(0, context.Outputs.Length).Where(i => context.Cotangents[i] != null)];
        Tensor[] arguments = [.. context.Inputs[1..], .. given.Select(i => context.Cotangents[i]!)];
        TensorSpec[] specs = [.. arguments.Select(a => a.Spec)];
        bool[] flows = new bool[wanted.Length];
        foreach (Subgraph branch in Branches)
        {
            _ = Subgraph.Trace(specs, a =>
            {
                Tensor?[] gradients = Pullback(branch, a);
                for (int i = 0; i < flows.Length; i++) flows[i] |= gradients[i] != null;
                return [];
            });
        }

        Tensor?[] results = new Tensor?[context.Inputs.Length];
        int[] reached = [.. Enumerable.Range(0, wanted.Length).Where(i => flows[i])];
        if (reached.Length == 0) return results;
        Subgraph[] back = [.. Branches.Select(branch => Subgraph.Trace(specs, a =>
        {
            Tensor?[] gradients = Pullback(branch, a);
            return [.. reached.Select(i => gradients[i] ?? PrimitiveOps.Filled(specs[wanted[i]], 0))];
        }))];
        Tensor[] computed = new Conditional([.. back]).ApplyAll([context.Inputs[0], .. arguments]);
        for (int i = 0; i < reached.Length; i++) results[wanted[reached[i]] + 1] = computed[i];
        return results;

        Tensor?[] Pullback(Subgraph branch, Tensor[] a)
        {
            Tensor[] outputs = branch.Replay(a[..operands]);
            return Differentiation.Pullback([.. given.Select(i => outputs[i])], a[operands..], [.. wanted.Select(i => a[i])]);
        }
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs) =>
        GraphInterpreter.Run(Branches[(int)Math.Clamp(inputs[0].Long(0), 0, Branches.Count - 1)].Graph, inputs[1..], outputs);
}

using NKeras.Engine.Graphs;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Runs a body on carried values while a condition of them is true. The inputs are the carried values, what else the
/// condition takes, and what else the body takes.
/// </summary>
/// <param name="Condition">Gives a bool scalar.</param>
/// <param name="Body">Gives the next carried values.</param>
/// <param name="Carries">How many values are carried.</param>
/// <param name="Most">The most iterations; null for any number.</param>
internal sealed record WhileLoop(Subgraph Condition, Subgraph Body, int Carries, int? Most) : Primitive
{
    private int ConditionExtras => Condition.Inputs.Count - Carries;

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec[] carries = inputs[..Carries].ToArray();
        InnerSpecs.Check(Name, Condition, inputs[..(Carries + ConditionExtras)]);
        InnerSpecs.Check(Name, Body, [.. carries, .. inputs[(Carries + ConditionExtras)..]]);
        InnerSpecs.CheckCarries(Name, Body, Carries);
        if (Condition.Outputs is not [{ Spec: var result }] || result != new TensorSpec(Shape.Scalar, DType.Bool))
            throw new ArgumentException("WhileLoop: the condition gives a bool scalar.");
        return carries;
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        if (Most is not { } most)
        {
            throw new InvalidOperationException(
                "A while loop without a bound has no gradient: how many steps to keep for the way back is not known beforehand. Give maximumIterations, or use Scan or ForiLoop.");
        }

        // A loop of all iterations, of which those after the condition has become false change nothing.
        int extras = ConditionExtras;
        Tensor[] inputs = [.. context.Inputs[..Carries], PrimitiveOps.Scalar(DType.Bool, 1), .. context.Inputs[Carries..]];
        TensorSpec[] specs = [.. inputs.Select(t => t.Spec)];
        TensorSpec[] bodySpecs = [.. Body.Inputs.Select(v => v.Spec)];
        Subgraph same = Subgraph.Trace(bodySpecs, a => a[..Carries]);
        Subgraph step = Subgraph.Trace(specs, a =>
        {
            Tensor goesOn = Condition.Replay([.. a[..Carries], .. a[(Carries + 1)..(Carries + 1 + extras)]])[0];
            Tensor active = PrimitiveOps.Binary(ElementwiseFunction.LogicalAnd, a[Carries], goesOn);
            Tensor[] next = new Conditional([same, Body]).ApplyAll([PrimitiveOps.Convert(active, DType.Int32), .. a[..Carries], .. a[(Carries + 1 + extras)..]]);
            return [.. next, active];
        });
        Scan scan = new(step, most, Carries + 1, 0, false);
        Tensor[] outputs = scan.ApplyAll(inputs);
        bool[] needed = [.. Enumerable.Range(0, inputs.Length).Select(i => i != Carries && context.Needs(i < Carries ? i : i - 1))];
        Tensor?[] gradients = scan.Gradient(new GradientContext(inputs, outputs, [.. context.Cotangents, null], needed));
        return [.. gradients[..Carries], .. gradients[(Carries + 1)..]];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        for (int i = 0; i < Carries; i++) outputs[i].CopyFrom(inputs[i]);
        ElementView[] carries = outputs.ToArray();
        ElementView[] conditionExtras = inputs[Carries..(Carries + ConditionExtras)].ToArray(), bodyExtras = inputs[(Carries + ConditionExtras)..].ToArray();
        for (int step = 0; step < (Most ?? int.MaxValue); step++)
        {
            ConcreteTensor goesOn = GraphInterpreter.Run(Condition.Graph, [.. carries, .. conditionExtras])[0];
            if (!goesOn.Item<bool>()) break;
            ConcreteTensor[] next = GraphInterpreter.Run(Body.Graph, [.. carries, .. bodyExtras]);
            for (int i = 0; i < Carries; i++) next[i].CopyTo(outputs[i]);
        }
    }
}

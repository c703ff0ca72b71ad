using NKeras.Engine.Graphs;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Runs a body a known number of times. The inputs are values that are carried from step to step, tensors of which each step
/// takes one slice along the first axis, and what all steps take alike; the results are the values carried out of the last step
/// and, stacked along a new first axis, what else each step gives.
/// </summary>
/// <param name="Body">Carried values, slices and the rest in; the next carried values and the step's results out.</param>
/// <param name="Length">The number of steps.</param>
/// <param name="Carries">How many values are carried.</param>
/// <param name="Sequences">How many inputs are taken slice by slice.</param>
/// <param name="Reverse">Whether the steps run from the last slice to the first.</param>
internal sealed record Scan(Subgraph Body, int Length, int Carries, int Sequences, bool Reverse) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec[] arguments = inputs.ToArray();
        for (int i = Carries; i < Carries + Sequences; i++)
        {
            Shape shape = inputs[i].Shape;
            if (shape.Rank == 0 || (shape.Dims[0] != Length && shape.Dims[0] != Shape.Unknown && Length != Shape.Unknown))
                throw new ArgumentException($"Scan: a tensor of shape {shape} has no {Length} slices.");
            arguments[i] = inputs[i] with { Shape = new Shape(shape.Dims[1..]) };
        }

        InnerSpecs.Check(Name, Body, arguments);
        InnerSpecs.CheckCarries(Name, Body, Carries);
        return
        [
            .. arguments[..Carries],
            .. Body.Outputs.Skip(Carries).Select(v => v.Spec with { Shape = new Shape([Length, .. v.Shape.Dims]) }),
        ];
    }

    public override Tensor?[] Gradient(GradientContext context) => new ScanGradient(this, context).Apply();

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        for (int i = 0; i < Carries; i++) outputs[i].CopyFrom(inputs[i]);
        ElementView[] arguments = [.. outputs[..Carries], .. inputs[Carries..]];
        for (int step = 0; step < Length; step++)
        {
            int at = Reverse ? Length - 1 - step : step;
            for (int i = Carries; i < Carries + Sequences; i++) arguments[i] = Slice(inputs[i], at);
            ConcreteTensor[] results = GraphInterpreter.Run(Body.Graph, arguments);
            for (int i = 0; i < results.Length; i++) results[i].CopyTo(i < Carries ? outputs[i] : Slice(outputs[i], at));
        }
    }

    private static ElementView Slice(ElementView stack, int at)
    {
        Shape shape = new(stack.Shape.Dims[1..]);
        return stack.Part(at * shape.Size, shape);
    }
}

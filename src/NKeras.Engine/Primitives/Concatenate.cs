namespace NKeras.Engine.Primitives;

/// <summary>Joins tensors along an axis.</summary>
internal sealed record Concatenate(int Axis) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs.Length == 0) throw new ArgumentException("Concatenate needs at least one tensor.");
        TensorSpec first = inputs[0];
        int total = 0;
        int[] dims = first.Shape.Dims.ToArray();
        foreach (TensorSpec input in inputs)
        {
            if (input.DType != first.DType || input.Shape.Rank != first.Shape.Rank || !input.Shape.With(Axis, 0).IsCompatibleWith(new Shape(dims).With(Axis, 0)))
                throw new ArgumentException($"Concatenate along axis {Axis}: {input} does not fit {first}. All other dimensions and the type must agree.");
            int d = input.Shape.Dims[Axis];
            total = d == Shape.Unknown || total == Shape.Unknown ? Shape.Unknown
                : total <= int.MaxValue - d ? total + d : throw new ArgumentException($"Concatenate along axis {Axis}: the result would have more than {int.MaxValue} elements.");
            for (int i = 0; i < dims.Length; i++) dims[i] = Math.Max(dims[i], input.Shape.Dims[i]);
        }

        dims[Axis] = total;
        return [first with { Shape = new Shape(dims) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Shape whole = context.Outputs[0].Shape;
        Tensor?[] gradients = new Tensor?[context.Inputs.Length];
        int start = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            int length = context.Inputs[i].Shape.Dims[Axis];
            int[] starts = new int[whole.Rank], stops = whole.Dims.ToArray(), steps = new int[whole.Rank];
            Array.Fill(steps, 1);
            starts[Axis] = start;
            stops[Axis] = start += length;
            if (context.Needs(i)) gradients[i] = new Slice(new IntList(starts), new IntList(stops), new IntList(steps)).Apply(context.Cotangent);
        }

        return gradients;
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        int inner = IndexMath.Strides(outputs[0].Shape)[Axis];
        int row = inner * outputs[0].Shape.Dims[Axis];
        int start = 0;
        foreach (ElementView input in inputs)
        {
            int width = inner * input.Shape.Dims[Axis];
            for (int i = 0; i < input.Size; i++) outputs[0].Copy((i / width * row) + start + (i % width), input, i);
            start += width;
        }
    }
}

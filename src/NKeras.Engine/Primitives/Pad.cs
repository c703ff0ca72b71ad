using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Puts copies of a scalar (the second input) before, after and between the elements along each axis.</summary>
internal sealed record Pad(IntList Before, IntList After, IntList Between) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape from = inputs[0].Shape;
        if (Before.Count != from.Rank || After.Count != from.Rank || Between.Count != from.Rank || inputs[1].Shape.Rank != 0 || inputs[1].DType != inputs[0].DType)
            throw new ArgumentException($"Pad needs widths for each axis of {inputs[0]} and a scalar of its type, not {inputs[1]}.");
        int[] dims = new int[from.Rank];
        for (int i = 0; i < dims.Length; i++)
        {
            if (Before[i] < 0 || After[i] < 0 || Between[i] < 0) throw new ArgumentException($"Pad: widths are zero or greater, not {Before}, {After}, {Between}.");
            int n = from.Dims[i];
            long padded = n == Shape.Unknown ? n : (long)Before[i] + After[i] + (n == 0 ? 0 : ((n - 1L) * (Between[i] + 1L)) + 1);
            dims[i] = padded <= int.MaxValue ? (int)padded : throw new ArgumentException($"Pad: {inputs[0]} cannot be padded to {padded} elements along axis {i}.");
        }

        return [inputs[0] with { Shape = new Shape(dims) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Shape from = context.Inputs[0].Shape;
        int[] stops = new int[from.Rank], steps = new int[from.Rank];
        for (int i = 0; i < stops.Length; i++)
        {
            steps[i] = Between[i] + 1;
            stops[i] = Before[i] + (from.Dims[i] == 0 ? 0 : ((from.Dims[i] - 1) * steps[i]) + 1);
        }

        Tensor inside = new Slice(Before, new IntList(stops), new IntList(steps)).Apply(context.Cotangent);
        int[] axes = [.. Enumerable.Range(0, from.Rank)];
        return [inside, context.Needs(1) ? Sum(context.Cotangent, axes) - Sum(inside, axes) : null];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        for (int i = 0; i < outputs[0].Size; i++) outputs[0].Copy(i, inputs[1], 0);
        Shape shape = inputs[0].Shape;
        int[] strides = IndexMath.Strides(outputs[0].Shape);
        int offset = IndexMath.Offset(Before.Span, strides);
        for (int i = 0; i < strides.Length; i++) strides[i] *= Between[i] + 1;
        int[] index = new int[shape.Rank];
        for (int i = 0; i < inputs[0].Size; i++, IndexMath.Increment(index, shape))
            outputs[0].Copy(offset + IndexMath.Offset(index, strides), inputs[0], i);
    }
}

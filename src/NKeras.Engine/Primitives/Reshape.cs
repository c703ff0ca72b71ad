namespace NKeras.Engine.Primitives;

/// <summary>The same elements in the same order under another shape. No data moves.</summary>
/// <param name="Dims">The new dimensions; at most one may be -1, which takes what is left (or is unknown).</param>
internal sealed record Reshape(IntList Dims) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape from = inputs[0].Shape;
        int[] dims = [.. Dims];
        int open = Array.IndexOf(dims, Shape.Unknown);
        if (open >= 0 && Array.LastIndexOf(dims, Shape.Unknown) != open && from.IsKnown)
            throw new ArgumentException($"Reshape: only one dimension may be left open, not those of {Dims}.");
        if (!from.IsKnown) return [inputs[0] with { Shape = new Shape(dims) }];

        long known = 1;
        foreach (int d in dims) known *= d == Shape.Unknown ? 1 : d;
        if (open >= 0 && known != 0 && from.Size % known == 0) dims[open] = (int)(from.Size / known);
        else if (open >= 0 || known != from.Size)
            throw new ArgumentException($"Reshape: a tensor of shape {from} has {from.Size} elements, which do not fill shape {new Shape(dims)}.");
        return [inputs[0] with { Shape = new Shape(dims) }];
    }

    public override Tensor?[] Gradient(GradientContext context) => [PrimitiveOps.Reshape(context.Cotangent, context.Inputs[0].Shape)];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        for (int i = 0; i < inputs[0].Size; i++) outputs[0].Copy(i, inputs[0], i);
    }
}

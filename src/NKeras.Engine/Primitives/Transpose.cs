namespace NKeras.Engine.Primitives;

/// <summary>Reorders the axes: axis i of the result is axis <c>Permutation[i]</c> of the input.</summary>
internal sealed record Transpose(IntList Permutation) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape from = inputs[0].Shape;
        if (Permutation.Count != from.Rank || Permutation.Distinct().Count() != from.Rank || Permutation.Any(a => a < 0 || a >= from.Rank))
            throw new ArgumentException($"Transpose: {Permutation} is not a permutation of the axes of shape {from}.");
        int[] dims = new int[from.Rank];
        for (int i = 0; i < dims.Length; i++) dims[i] = from.Dims[Permutation[i]];
        return [inputs[0] with { Shape = new Shape(dims) }];
    }

    public override Tensor?[] Gradient(GradientContext context) => [new Transpose(Inverse(Permutation)).Apply(context.Cotangent)];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        Shape shape = outputs[0].Shape;
        int[] from = IndexMath.Strides(inputs[0].Shape);
        int[] strides = [.. Permutation.Select(axis => from[axis])];
        int[] index = new int[shape.Rank];
        for (int i = 0; i < outputs[0].Size; i++, IndexMath.Increment(index, shape))
            outputs[0].Copy(i, inputs[0], IndexMath.Offset(index, strides));
    }

    /// <summary>The permutation that undoes one.</summary>
    public static IntList Inverse(IntList permutation)
    {
        int[] inverse = new int[permutation.Count];
        for (int i = 0; i < inverse.Length; i++) inverse[permutation[i]] = i;
        return new IntList(inverse);
    }
}

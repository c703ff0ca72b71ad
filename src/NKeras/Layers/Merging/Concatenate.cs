namespace NKeras.Layers;

/// <summary>Joins its inputs along an axis (<c>keras.layers.Concatenate</c>). All other dimensions agree.</summary>
/// <example><code>
/// KerasTensor joined = new Concatenate(axis: 1).Apply(a, b);
/// </code></example>
public sealed class Concatenate : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="name">The name; <c>concatenate</c>, <c>concatenate_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Concatenate(int axis = -1, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Axis = axis;
        InputSpec = new InputSpec(minNdim: axis < 0 ? -axis : axis + 1);
    }

    /// <summary>The axis.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override Tensors Call(Tensors inputs, bool training)
    {
        Merge.CheckIsList(this, inputs);
        Shape first = inputs[0].Shape;
        foreach (Tensor input in inputs)
        {
            if (input.Rank != first.Rank || !input.Shape.With(Axis, 1).IsCompatibleWith(first.With(Axis, 1)))
                throw new ArgumentException($"Layer '{Name}' joins inputs whose dimensions agree except along axis {Axis}; received shapes {string.Join(", ", inputs.Select(t => t.Shape))}.", nameof(inputs));
        }

        return Ops.Concatenate(inputs, Axis);
    }

    /// <summary>The inputs' masks joined; an input without one is unmasked everywhere.</summary>
    public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask = null)
    {
        if (previousMask == null || previousMask.All(m => m is null)) return null;
        return (Tensors)Ops.Any(Ops.Concatenate([.. inputs.Zip(previousMask, MaskOf)], Axis), -1);

        static Tensor MaskOf(Tensor x, Tensor? mask) => mask is null ? Ops.OnesLike(x, DType.Bool)
            : mask.Rank < x.Rank ? Ops.LogicalOr(Ops.ExpandDims(mask, -1), Ops.ZerosLike(x, DType.Bool))
            : mask;
    }
}

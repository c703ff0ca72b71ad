namespace NKeras.Layers;

/// <summary>The product of its inputs, element by element with broadcasting (<c>keras.layers.Multiply</c>).</summary>
/// <remarks>An input counts as one where it is masked; the product is zero where all are.</remarks>
/// <example><code>
/// KerasTensor product = new Multiply().Apply(a, b);
/// </code></example>
public sealed class Multiply : Merge
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">The name; <c>multiply</c>, <c>multiply_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Multiply(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
    }

    private protected override Tensor Combine(IReadOnlyList<Tensor> inputs)
    {
        Tensor?[] masks = [.. inputs.Select(MaskOf)];
        Tensor product = inputs.Zip(masks, (x, mask) => mask is null ? x : Ops.Where(mask, x, Ops.Cast(1, x.DType))).Aggregate(Ops.Multiply);
        if (masks.Contains(null)) return product;
        Tensor any = masks.Aggregate(Ops.LogicalOr!)!;
        return WithMask(Ops.Where(any, product, Ops.Cast(0, product.DType)), any);
    }
}

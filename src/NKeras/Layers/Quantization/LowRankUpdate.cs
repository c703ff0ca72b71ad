namespace NKeras.Layers.Quantization;

/// <summary>An update of a frozen weight: the product of two small matrices, which are trained in its place (LoRA).</summary>
/// <param name="a">The first factor, (…, rank).</param>
/// <param name="b">The second factor, (rank, columns).</param>
/// <param name="factor">What the product is multiplied by.</param>
internal sealed class LowRankUpdate(Variable a, Variable b, double factor)
{
    /// <summary>The first factor.</summary>
    public Tensor First => a;

    /// <summary>What is added to the weight.</summary>
    public Tensor Delta => Ops.Multiply(factor, Ops.Matmul(a, b));

    /// <summary>The weight with the update.</summary>
    public Tensor Merge(Tensor weight, DType type) => Ops.Cast(Ops.Add(weight, Delta), type);

    /// <summary>A result of the layer with the update's share.</summary>
    /// <param name="result">The result without.</param>
    /// <param name="projected">The result for the first factor as weight.</param>
    /// <param name="type">The type of the result.</param>
    public Tensor AddTo(Tensor result, Tensor projected, DType type) => Ops.Cast(Ops.Add(result, Ops.Multiply(factor, Ops.Matmul(projected, b))), type);
}

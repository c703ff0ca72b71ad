namespace NKeras.Engine.Primitives;

/// <summary>
/// A convolution whose result is pooled while it is in the cache. Made by the compiler only. Results: what the pooling gives,
/// then, where something else reads it, what the convolution gives.
/// </summary>
/// <param name="Product">A <see cref="Convolution"/> and what is fused into it, without a tail.</param>
/// <param name="Pooling">The pooling.</param>
/// <param name="IsResultKept">Whether the convolution's own result is needed, too.</param>
internal sealed record PooledConvolution(FusedProduct Product, Pooling Pooling, bool IsResultKept) : Primitive
{
    public override string Name => $"{Product.Name}+{Pooling.Name}";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec[] result = Product.Infer(inputs);
        return IsResultKept ? [.. Pooling.Infer(result), .. result] : Pooling.Infer(result);
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        TensorSpec[] specs = new TensorSpec[inputs.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = inputs[i].Spec;
        ConcreteTensor? unkept = IsResultKept ? null : ConcreteTensor.Allocate(Product.Infer(specs)[0]);
        ElementView result = unkept == null ? outputs[1] : ElementView.Of(unkept);
        Product.Evaluate(inputs, [result]);
        Pooling.Evaluate([result], outputs[..1]);
        GC.KeepAlive(unkept);
    }
}

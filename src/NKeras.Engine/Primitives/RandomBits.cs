namespace NKeras.Engine.Primitives;

/// <summary>
/// Uniform 32-bit numbers from a key of two uint32: element 2i and 2i+1 are Threefry-2x32 (20 rounds) of the counter (0, i),
/// so that each depends only on the key and its position. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011.
/// </summary>
internal sealed record RandomBits(IntList Dims) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) =>
        inputs[0] == new TensorSpec(new Shape([2]), DType.UInt32)
            ? [new TensorSpec(new Shape(Dims.Span), DType.UInt32)]
            : throw new ArgumentException($"RandomBits takes a key of two uint32, not {inputs[0]}.");

    public override Tensor?[] Gradient(GradientContext context) => [null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        uint key0 = (uint)inputs[0].Long(0), key1 = (uint)inputs[0].Long(1);
        for (int i = 0; i < outputs[0].Size; i += 2)
        {
            (uint a, uint b) = Threefry.Block(key0, key1, 0, (uint)(i / 2));
            outputs[0].SetLong(i, a);
            if (i + 1 < outputs[0].Size) outputs[0].SetLong(i + 1, b);
        }
    }
}

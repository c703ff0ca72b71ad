namespace NKeras.Engine.Primitives;

/// <summary>The numbers from zero up to a length, in random order: every order is as likely (Fisher and Yates). From a key of two uint32.</summary>
internal sealed record RandomPermutation(int Length) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) =>
        inputs[0] == new TensorSpec(new Shape([2]), DType.UInt32)
            ? [new TensorSpec(new Shape([Length]), DType.Int32)]
            : throw new ArgumentException($"RandomPermutation takes a key of two uint32, not {inputs[0]}.");

    public override Tensor?[] Gradient(GradientContext context) => [null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        uint key0 = (uint)inputs[0].Long(0), key1 = (uint)inputs[0].Long(1);
        int[] order = new int[Length];
        for (int i = 0; i < Length; i++)
        {
            RandomStream stream = new(key0, key1, (uint)i);
            int place = (int)stream.NextBelow((ulong)i + 1);
            (order[i], order[place]) = (order[place], i);
        }

        for (int i = 0; i < Length; i++) outputs[0].SetLong(i, order[i]);
    }
}

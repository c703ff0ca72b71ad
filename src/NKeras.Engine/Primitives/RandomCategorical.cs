namespace NKeras.Engine.Primitives;

/// <summary>
/// For each row of a float64 matrix (the second input) classes that are drawn with replacement, as int32: the row holds the
/// logarithms of their probabilities up to a constant. The first input is a key of two uint32. A row without any probability gives zeros.
/// </summary>
internal sealed record RandomCategorical(int Samples) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        if (inputs[0] != new TensorSpec(new Shape([2]), DType.UInt32) || inputs[1].Shape.Rank != 2 || inputs[1].DType != DType.Float64)
            throw new ArgumentException($"RandomCategorical takes a key of two uint32 and a float64 matrix, not {inputs[0]} and {inputs[1]}.");
        return [new TensorSpec(new Shape([inputs[1].Shape.Dims[0], Samples]), DType.Int32)];
    }

    public override Tensor?[] Gradient(GradientContext context) => [null, null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        uint key0 = (uint)inputs[0].Long(0), key1 = (uint)inputs[0].Long(1);
        ElementView logits = inputs[1];
        int rows = logits.Shape.Dims[0], classes = logits.Shape.Dims[1];
        double[] sums = new double[classes];
        for (int row = 0; row < rows; row++)
        {
            AddUp(logits, row * classes, sums);
            double total = classes == 0 ? 0 : sums[^1];
            for (int i = row * Samples; i < (row + 1) * Samples; i++)
            {
                RandomStream stream = new(key0, key1, (uint)i);
                outputs[0].SetLong(i, total > 0 ? FirstAbove(sums, stream.NextUnit() * total) : 0);
            }
        }
    }

    /// <summary>The weights of a row's classes added up, relative to the greatest.</summary>
    private static void AddUp(ElementView logits, int start, double[] sums)
    {
        double most = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < sums.Length; i++) most = Math.Max(most, logits.Double(start + i));
        for (int i = 0; i < sums.Length; i++)
        {
            double logit = logits.Double(start + i);
            // Where the greatest is infinite, all that are have the same share.
            sums[i] = sum += logit == most ? 1 : Math.Exp(logit - most);
        }
    }

    /// <summary>The first class whose sum lies above a number: never one of weight zero.</summary>
    private static int FirstAbove(double[] sums, double number)
    {
        int low = 0, high = sums.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sums[middle] > number) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}

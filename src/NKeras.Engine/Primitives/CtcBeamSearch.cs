namespace NKeras.Engine.Primitives;

/// <summary>
/// The most likely sequences of labels for log-probabilities [batch, steps, classes] of which the first steps, [batch], count, by
/// prefix beam search: int32 labels [paths, batch, steps], followed by -1, and their log-probabilities [batch, paths].
/// </summary>
/// <param name="Width">How many prefixes are kept from step to step.</param>
/// <param name="Paths">How many sequences result.</param>
/// <param name="Blank">The class that stands for no label.</param>
internal sealed record CtcBeamSearch(int Width, int Paths, int Blank) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape x = inputs[0].Shape;
        if (x.Rank != 3 || !inputs[0].DType.IsFloating || inputs[1].DType != DType.Int32 || !new Shape([x.Dims[0]]).IsCompatibleWith(inputs[1].Shape) || x.Dims[1] == 0 || x.Dims[2] == 0)
            throw new ArgumentException($"{Name} takes log-probabilities (batch, steps, classes) with a step and a class at least, and a length for each sequence, not {inputs[0]} and {inputs[1]}.");
        if (Width < 1 || Paths < 1) throw new ArgumentException($"{Name} keeps at least one prefix and gives at least one path, not {Width} and {Paths}.");
        return [new TensorSpec(new Shape([Paths, x.Dims[0], x.Dims[1]]), DType.Int32), inputs[0] with { Shape = new Shape([x.Dims[0], Paths]) }];
    }

    public override Tensor?[] Gradient(GradientContext context) => [null, null];

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        int batch = inputs[0].Shape.Dims[0], steps = inputs[0].Shape.Dims[1];
        for (int b = 0; b < batch; b++)
        {
            // The first step always counts, as in Keras.
            CtcBeam beam = new(inputs[0], b, Width, Blank);
            for (int t = 0; t < Math.Clamp(inputs[1].Long(b), 1, steps); t++) beam.Step(t);
            List<(int[] Labels, double Score)> best = beam.Best(Paths);
            for (int p = 0; p < Paths; p++)
            {
                int[] labels = p < best.Count ? best[p].Labels : [];
                for (int t = 0; t < steps; t++) outputs[0].SetLong((((p * batch) + b) * steps) + t, t < labels.Length ? labels[t] : -1);
                outputs[1].SetDouble((b * Paths) + p, p < best.Count ? best[p].Score : double.NegativeInfinity);
            }
        }
    }
}

using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Cross-entropy of rows of logits [R, C] with int32 class numbers [R]: the negative log-probability of each row's class
/// [R], and the probabilities [R, C]. A primitive because the gradient is then simply probability minus one-hot.
/// </summary>
/// <remarks>A class number outside 0..C-1 gives NaN, and no gradient for its row's other classes but the probabilities'.</remarks>
internal sealed record SparseCrossEntropy : Primitive
{
    private static readonly Softmax s_softmax = new(Log: false);

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape logits = inputs[0].Shape, labels = inputs[1].Shape;
        if (logits.Rank != 2 || labels.Rank != 1 || !inputs[0].DType.IsFloating || !new Shape([logits.Dims[0]]).IsCompatibleWith(labels) || inputs[1].DType != DType.Int32)
            throw new ArgumentException($"SparseCrossEntropy takes logits [R, C] and int32 classes [R], not {inputs[0]} and {inputs[1]}.");
        return [new TensorSpec(labels, inputs[0].DType), inputs[0]];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        // The probabilities have a cotangent where the gradient itself is differentiated.
        if (context.Cotangents[0] is null) return [ThroughProbabilities(context), null];
        Tensor probabilities = context.Outputs[1];
        int rows = probabilities.Shape.Dims[0], classes = probabilities.Shape.Dims[1];
        Tensor columns = new Iota(DType.Int32, [1, classes], 1).Apply();
        Tensor isLabel = Binary(ElementwiseFunction.Equal, Reshape(context.Inputs[1], new Shape([rows, 1])), columns);
        Tensor dy = Reshape(context.Cotangent, new Shape([rows, 1]));
        Tensor gradient = dy * (probabilities - Convert(isLabel, probabilities.DType));
        return [context.Cotangents[1] is null ? gradient : gradient + ThroughProbabilities(context), null];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView logits = inputs[0], labels = inputs[1];
        int classes = logits.Shape.Dims[1];
        s_softmax.Evaluate([logits], [outputs[1]]);
        for (int r = 0; r < labels.Size; r++)
        {
            double max = double.NegativeInfinity, sum = 0;
            for (int c = 0; c < classes; c++) max = Math.Max(max, logits.Double((r * classes) + c));
            for (int c = 0; c < classes; c++) sum += Math.Exp(logits.Double((r * classes) + c) - max);
            long label = labels.Long(r);
            outputs[0].SetDouble(r, label >= 0 && label < classes ? max + Math.Log(sum) - logits.Double((r * classes) + (int)label) : double.NaN);
        }
    }

    private static Tensor ThroughProbabilities(GradientContext context)
    {
        Tensor p = context.Outputs[1], dp = context.Cotangents[1]!;
        return p * (dp - Reshape(Sum(dp * p, 1), p.Shape.With(1, 1)));
    }
}

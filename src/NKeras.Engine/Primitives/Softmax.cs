using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Exponentials scaled to add up to one along the last axis, or their logarithms. A primitive because the naive composition
/// overflows, and because its gradient in terms of the result is shorter and more accurate.
/// </summary>
internal sealed record Softmax(bool Log) : Primitive
{
    public override string Name => Log ? "LogSoftmax" : "Softmax";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) =>
        inputs[0].Shape.Rank > 0 && inputs[0].DType.IsFloating
            ? [inputs[0]]
            : throw new ArgumentException($"{Name} takes a floating-point tensor with at least one axis, not {inputs[0]}.");

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor y = context.Outputs[0], dy = context.Cotangent;
        Shape perRow = y.Shape.With(-1, 1);
        int last = y.Rank - 1;
        return Log
            ? [dy - Unary(ElementwiseFunction.Exp, y) * Reshape(Sum(dy, last), perRow)]
            : [y * (dy - Reshape(Sum(dy * y, last), perRow))];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView x = inputs[0], y = outputs[0];
        int columns = x.Shape.Dims[^1];
        for (int start = 0; start < x.Size; start += columns)
        {
            double max = double.NegativeInfinity, sum = 0;
            for (int i = 0; i < columns; i++) max = Math.Max(max, x.Double(start + i));
            for (int i = 0; i < columns; i++) sum += Math.Exp(x.Double(start + i) - max);
            for (int i = 0; i < columns; i++)
            {
                double shifted = x.Double(start + i) - max;
                y.SetDouble(start + i, Log ? shifted - Math.Log(sum) : Math.Exp(shifted) / sum);
            }
        }
    }
}

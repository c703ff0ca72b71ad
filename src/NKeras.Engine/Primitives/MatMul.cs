using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Matrix products over equal leading batch dimensions: [..., M, K] times [..., K, N], either operand stored transposed if
/// asked. Any contraction is this after transposing and reshaping, and transposes next to it are absorbed.
/// </summary>
internal sealed record MatMul(bool TransposeA, bool TransposeB) : Primitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape a = inputs[0].Shape, b = inputs[1].Shape;
        if (a.Rank < 2 || a.Rank != b.Rank || inputs[0].DType != inputs[1].DType)
            throw new ArgumentException($"MatMul takes matrices of one type and rank, not {inputs[0]} and {inputs[1]}.");
        int[] dims = new int[a.Rank];
        for (int i = 0; i < a.Rank - 2; i++)
        {
            if (a.Dims[i] != b.Dims[i] && a.Dims[i] != Shape.Unknown && b.Dims[i] != Shape.Unknown)
                throw new ArgumentException($"MatMul: batch dimension {i} differs in {a} and {b}.");
            dims[i] = Math.Max(a.Dims[i], b.Dims[i]);
        }

        (int m, int k) = TransposeA ? (a.Dims[^1], a.Dims[^2]) : (a.Dims[^2], a.Dims[^1]);
        (int k2, int n) = TransposeB ? (b.Dims[^1], b.Dims[^2]) : (b.Dims[^2], b.Dims[^1]);
        if (k != k2 && k != Shape.Unknown && k2 != Shape.Unknown)
            throw new ArgumentException($"MatMul: {(TransposeA ? "transposed " : "")}{a} times {(TransposeB ? "transposed " : "")}{b}: the inner dimensions {k} and {k2} differ.");
        dims[^2] = m;
        dims[^1] = n;
        return [inputs[0] with { Shape = new Shape(dims) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor a = context.Inputs[0], b = context.Inputs[1], dy = context.Cotangent;
        return
        [
            !context.Needs(0) ? null : TransposeA ? MatMul(b, dy, TransposeB, true) : MatMul(dy, b, false, !TransposeB),
            !context.Needs(1) ? null : TransposeB ? MatMul(dy, a, true, TransposeA) : MatMul(a, dy, !TransposeA, false),
        ];
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        ElementView a = inputs[0], b = inputs[1], c = outputs[0];
        int m = c.Shape.Dims[^2], n = c.Shape.Dims[^1], k = TransposeA ? a.Shape.Dims[^2] : a.Shape.Dims[^1];
        for (int i = 0; i < c.Size; i++)
        {
            int batch = i / (m * n), row = i / n % m, column = i % n;
            double floats = 0;
            long integers = 0;
            for (int p = 0; p < k; p++)
            {
                int ai = (batch * m * k) + (TransposeA ? (p * m) + row : (row * k) + p);
                int bi = (batch * k * n) + (TransposeB ? (column * k) + p : (p * n) + column);
                if (a.IsFloating) floats += a.Double(ai) * b.Double(bi);
                else integers += a.Long(ai) * b.Long(bi);
            }

            if (a.IsFloating) c.SetDouble(i, floats);
            else c.SetLong(i, integers);
        }
    }
}

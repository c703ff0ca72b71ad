using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>The singular value decomposition U·diag(s)·Vᵀ of matrices [..., m, n]: U, s (descending) and Vᵀ, or s alone.</summary>
internal sealed record Svd(SvdKind Kind) : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape shape = Matrices(inputs[0]);
        int m = shape.Dims[^2], n = shape.Dims[^1], k = Lesser(m, n);
        TensorSpec values = inputs[0] with { Shape = Stack(shape, k) };
        if (Kind == SvdKind.Values) return [values];
        bool full = Kind == SvdKind.Full;
        return [inputs[0] with { Shape = Stack(shape, m, full ? m : k) }, values, inputs[0] with { Shape = Stack(shape, full ? n : k, n) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        if (Kind == SvdKind.Values)
        {
            Tensor[] parts = new Svd(SvdKind.Reduced).ApplyAll(context.Inputs[0]);
            return [MatMul(parts[0] * AsRow(context.Cotangent), parts[2])];
        }

        Tensor s = context.Outputs[1];
        int m = context.Inputs[0].Shape.Dims[^2], n = context.Inputs[0].Shape.Dims[^1], k = Math.Min(m, n);
        // Vectors beyond the first k complete a basis in no particular way.
        Tensor u = Part(context.Outputs[0], -1, 0, k), vt = Part(context.Outputs[2], -2, 0, k);
        Tensor? du = context.Cotangents[0] is { } ofU ? Part(ofU, -1, 0, k) : null, dvt = context.Cotangents[2] is { } ofV ? Part(ofV, -2, 0, k) : null;
        Tensor gaps = Eigh.Gaps(Unary(ElementwiseFunction.Square, s));
        Tensor? inner = context.Cotangents[1] is { } ds ? DiagonalMatrix(ds) : null;
        if (du is not null) inner = Plus(inner, Skew(MatMul(u, du, transposeA: true)) * gaps * AsRow(s));
        if (dvt is not null) inner = Plus(inner, AsColumn(s) * Skew(MatMul(vt, dvt, transposeB: true)) * gaps);
        Tensor gradient = MatMul(MatMul(u, inner!), vt);

        // What turns the vectors out of their space.
        if (du is not null && m > k) gradient += MatMul((du - MatMul(u, MatMul(u, du, transposeA: true))) * AsRow(Inverse(s)), vt);
        if (dvt is not null && n > k) gradient += MatMul(u, AsColumn(Inverse(s)) * (dvt - MatMul(MatMul(dvt, vt, transposeB: true), vt)));
        return [gradient];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        int m = shape[0], n = shape[1], k = Math.Min(m, n), left = Kind == SvdKind.Full ? m : k, right = Kind == SvdKind.Full ? n : k;
        bool values = Kind == SvdKind.Values;
        Numbers u = values ? Workspace.Take(m * left) : outputs[0], v = values ? Workspace.Take(right * n) : outputs[2];
        SingularValues.Decompose(new Matrix(inputs[0], m, n), outputs[values ? 0 : 1], new Matrix(u, m, left), new Matrix(v, right, n));
    }

    private static Tensor Plus(Tensor? a, Tensor b) => a is null ? b : a + b;

    private static Tensor Skew(Tensor x) => x - T(x);

    private static Tensor Inverse(Tensor s) => Unary(ElementwiseFunction.Reciprocal, s);
}

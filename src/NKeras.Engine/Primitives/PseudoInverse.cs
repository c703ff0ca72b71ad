using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// The Moore-Penrose inverses of matrices [..., m, n], with singular values up to <paramref name="Cutoff"/> times the greatest taken for
/// zero. A primitive because its gradient, unlike that of singular vectors, exists where singular values coincide.
/// </summary>
internal sealed record PseudoInverse(double Cutoff) : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape shape = Matrices(inputs[0]);
        return [inputs[0] with { Shape = Stack(shape, shape.Dims[^1], shape.Dims[^2]) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        // Golub and Pereyra, 1973: dP = -P·dA·P + P·Pᵀ·dAᵀ·(1 - A·P) + (1 - P·A)·dAᵀ·Pᵀ·P.
        Tensor a = context.Inputs[0], p = context.Outputs[0], dp = context.Cotangent;
        Tensor toRight = MatMul(MatMul(dp, p, transposeA: true), p, transposeB: true);
        Tensor toLeft = MatMul(p, MatMul(p, dp, transposeB: true), transposeA: true);
        Tensor within = MatMul(MatMul(p, dp, transposeA: true), p, transposeB: true);
        return [toRight - MatMul(a, MatMul(p, toRight)) + (toLeft - MatMul(MatMul(toLeft, p), a)) - within];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        int m = shape[0], n = shape[1], k = Math.Min(m, n);
        Numbers s = Workspace.Take(k);
        Matrix u = new(Workspace.Take(m * k), m, k), vt = new(Workspace.Take(k * n), k, n), p = new(outputs[0], n, m);
        SingularValues.Decompose(new Matrix(inputs[0], m, n), s, u, vt);
        p.Fill(k > 0 && double.IsNaN(s[0]) ? double.NaN : 0);
        for (int j = 0; j < k && s[j] > Cutoff * s[0]; j++)
        {
            using Workspace.Scope scope = Workspace.Enter();
            Numbers column = u.Column(j, 0);
            for (int i = 0; i < n; i++) Vectors.AddScaled(vt[j, i] / s[j], column, p.Row(i));
        }
    }
}

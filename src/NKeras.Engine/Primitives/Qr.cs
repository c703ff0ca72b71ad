using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Q with orthonormal columns and upper triangular R whose product is the matrix [..., m, n]: reduced, with min(m, n) columns, or
/// complete, with m.
/// </summary>
internal sealed record Qr(bool Complete) : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape shape = Matrices(inputs[0]);
        int m = shape.Dims[^2], n = shape.Dims[^1], columns = Complete ? m : Lesser(m, n);
        return [inputs[0] with { Shape = Stack(shape, m, columns) }, inputs[0] with { Shape = Stack(shape, columns, n) }];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor a = context.Inputs[0], q = context.Outputs[0], r = context.Outputs[1];
        int m = a.Shape.Dims[^2], n = a.Shape.Dims[^1], k = Math.Min(m, n);
        if (Complete && m > n)
            throw new InvalidOperationException($"Qr: the columns that a complete decomposition adds for matrices with more rows than columns, {a.Shape}, are not unique and have no gradient. Use mode \"reduced\".");
        Tensor? dq = context.Cotangents[0], dr = context.Cotangents[1];
        if (m >= n) return [Square(q, r, dq, dr)];

        // The first columns make Q; the others are Q times the rest of R.
        Tensor rest = dr is null ? Filled(r.Spec, 0) : dr;
        Tensor right = MatMul(q, Part(rest, -1, k, n));
        if (dr is not null)
        {
            Tensor through = MatMul(Part(a, -1, k, n), Part(dr, -1, k, n), transposeB: true);
            dq = dq is null ? through : dq + through;
        }

        Tensor left = Square(q, Part(r, -1, 0, k), dq, dr is null ? null : Part(dr, -1, 0, k));
        return [new Concatenate(left.Rank - 1).Apply(left, right)];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        int m = shape[0], n = shape[1];
        int columns = m == 0 ? 0 : outputs[0].Length / m;
        ReadOnlySpan<Reflector> reflectors = QrDecomposition.Factor(new Matrix(inputs[0], m, n));
        inputs[0].First(outputs[1].Length).CopyTo(outputs[1]);
        Matrix q = new(outputs[0], m, columns);
        q.SetIdentity();
        QrDecomposition.ApplyLeft(reflectors, q);
    }

    /// <summary>[Q̄ + Q·sym(R·R̄ᵀ - Q̄ᵀ·Q)]·R⁻ᵀ, where sym mirrors the lower triangle; for at least as many rows as columns.</summary>
    private static Tensor Square(Tensor q, Tensor r, Tensor? dq, Tensor? dr)
    {
        Tensor? inner = dr is null ? null : MatMul(r, dr, transposeB: true);
        if (dq is not null)
        {
            Tensor ofQ = MatMul(dq, q, transposeA: true);
            inner = inner is null ? Unary(ElementwiseFunction.Negate, ofQ) : inner - ofQ;
        }

        Tensor product = MatMul(q, Lower(inner!) + T(Lower(inner!, -1)));
        return T(new TriangularSolve(Lower: false, Transpose: false).Apply(r, T(dq is null ? product : dq + product)));
    }
}

using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// The LU decomposition of matrices [..., m, n] with pivots: L without its diagonal of ones and U in one matrix, the row that each row
/// was exchanged with, and for each row of the factors the row of the matrix that it comes from.
/// </summary>
internal sealed record LuFactor : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape shape = Matrices(inputs[0]);
        int m = shape.Dims[^2], n = shape.Dims[^1];
        return [inputs[0], new TensorSpec(Stack(shape, Lesser(m, n)), DType.Int32), new TensorSpec(Stack(shape, m), DType.Int32)];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        if (context.Cotangents[0] is not { } cotangent) return [null];
        Tensor factors = context.Outputs[0];
        int m = factors.Shape.Dims[^2], n = factors.Shape.Dims[^1], k = Math.Min(m, n);
        Tensor core = Part(Part(factors, -2, 0, k), -1, 0, k);
        Tensor ofLower = Lower(Part(cotangent, -1, 0, k), -1), ofUpper = Upper(Part(cotangent, -2, 0, k));
        TriangularSolve byLower = new(Lower: true, Transpose: true, UnitDiagonal: true), byUpper = new(Lower: false, Transpose: false);

        // What is beyond the square core depends on the core alone: L₂ = B₂·U⁻¹ below it, U₂ = L⁻¹·B₂ to its right.
        Tensor coreLower = Part(ofLower, -2, 0, k), coreUpper = Part(ofUpper, -1, 0, k);
        Tensor? below = null, right = null;
        if (m > n)
        {
            below = T(byUpper.Apply(core, T(Part(ofLower, -2, k, m))));
            coreUpper -= MatMul(Part(factors, -2, k, m), below, transposeA: true);
        }

        if (n > m)
        {
            right = byLower.Apply(core, Part(ofUpper, -1, k, n));
            coreLower -= MatMul(right, Part(factors, -1, k, n), transposeB: true);
        }

        Tensor l = Lower(core, -1) + Identity(core, k), u = Upper(core);
        Tensor inner = Lower(MatMul(l, coreLower, transposeA: true), -1) + Upper(MatMul(coreUpper, u, transposeB: true));
        Tensor gradient = T(byUpper.Apply(core, T(byLower.Apply(core, inner))));
        if (below is not null) gradient = new Concatenate(gradient.Rank - 2).Apply(gradient, below);
        if (right is not null) gradient = new Concatenate(gradient.Rank - 1).Apply(gradient, right);

        // Back to the order of the matrix's rows.
        Tensor order = AsColumn(context.Outputs[2]);
        Tensor places = Convert(Binary(ElementwiseFunction.Equal, order, new Iota(DType.Int32, [1, m], 1).Apply()), factors.DType);
        return [MatMul(places, gradient, transposeA: true)];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        inputs[0].CopyTo(outputs[0]);
        Span<int> pivots = Workspace.Take<int>(outputs[1].Length), order = Workspace.Take<int>(shape[0]);
        LuDecomposition.Factor(new Matrix(outputs[0], shape[0], shape[1]), pivots, order);
        for (int i = 0; i < pivots.Length; i++) outputs[1][i] = pivots[i];
        for (int i = 0; i < order.Length; i++) outputs[2][i] = order[i];
    }
}

using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// The lower triangular L with L·Lᵀ = A for symmetric positive definite matrices A, of which only the lower triangle is looked at. NaN
/// where a matrix is not positive definite.
/// </summary>
internal sealed record Cholesky : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => [inputs[0] with { Shape = Square(inputs[0]) }];

    public override Tensor?[] Gradient(GradientContext context)
    {
        // L⁻ᵀ·Φ·L⁻¹, where Φ is the symmetric matrix with half of the lower triangle of LᵀL̄ on either side.
        Tensor l = context.Outputs[0];
        Tensor product = MatMul(l, context.Cotangent, transposeA: true);
        Tensor phi = 0.5 * (Lower(product) + T(Lower(product, -1)));
        TriangularSolve solve = new(Lower: true, Transpose: true);
        return [T(solve.Apply(l, T(solve.Apply(l, phi))))];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        inputs[0].CopyTo(outputs[0]);
        CholeskyDecomposition.Factor(new Matrix(outputs[0], shape[0], shape[1]));
    }
}

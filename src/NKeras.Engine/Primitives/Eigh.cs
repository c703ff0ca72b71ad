using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Eigenvalues, ascending, and orthonormal eigenvectors (columns) of symmetric matrices, of which only the lower triangle is looked at.</summary>
internal sealed record Eigh : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Shape shape = Square(inputs[0]);
        return [inputs[0] with { Shape = new Shape(shape.Dims[..^1]) }, inputs[0]];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor values = context.Outputs[0], vectors = context.Outputs[1];
        Tensor? inner = context.Cotangents[0] is { } dw ? DiagonalMatrix(dw) : null;
        if (context.Cotangents[1] is { } dv)
        {
            // Only the antisymmetric part of VᵀV̄ turns vectors against each other.
            Tensor product = MatMul(vectors, dv, transposeA: true);
            Tensor turned = 0.5 * (product - T(product)) * Gaps(values);
            inner = inner is null ? turned : inner + turned;
        }

        return [MatMul(vectors, MatMul(inner!, vectors, transposeB: true))];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs) =>
        SymmetricEigen.Decompose(new Matrix(inputs[0], shape[0], shape[0]), outputs[0], new Matrix(outputs[1], shape[0], shape[0]));

    /// <summary>1 / (wⱼ - wᵢ), but 0 for equal ones: within their space any vectors would do, and what does not depend on that choice has a gradient.</summary>
    public static Tensor Gaps(Tensor values)
    {
        Tensor gaps = AsRow(values) - AsColumn(values);
        Tensor isZero = Binary(ElementwiseFunction.Equal, gaps, ScalarLike(gaps, 0));
        return Where(isZero, ScalarLike(gaps, 0), Unary(ElementwiseFunction.Reciprocal, Where(isZero, ScalarLike(gaps, 1), gaps)));
    }
}

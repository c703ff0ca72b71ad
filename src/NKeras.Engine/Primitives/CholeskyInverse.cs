using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// (L·Lᵀ)⁻¹ from triangular factors L, or (RᵀR)⁻¹ from R = Lᵀ. The gradient is that of the formula for any matrix: unlike the result it
/// does not leave out the other triangle, as in PyTorch.
/// </summary>
internal sealed record CholeskyInverse(bool Upper) : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs) => [inputs[0] with { Shape = Square(inputs[0]) }];

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor factor = Upper ? MatrixOps.Upper(context.Inputs[0]) : Lower(context.Inputs[0]), p = context.Outputs[0], dp = context.Cotangent;
        Tensor inner = MatMul(MatMul(p, dp + T(dp)), p);
        return [Unary(ElementwiseFunction.Negate, Upper ? MatMul(factor, inner) : MatMul(inner, factor))];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        int n = shape[0];
        if (n == 0) return;
        Matrix factor = new(inputs[0], n, n), inverse = new(outputs[0], n, n);
        inverse.SetIdentity();
        TriangularSystem.Solve(factor, inverse, lower: !Upper, transpose: Upper, unitDiagonal: false);
        TriangularSystem.Solve(factor, inverse, lower: !Upper, transpose: !Upper, unitDiagonal: false);
    }
}

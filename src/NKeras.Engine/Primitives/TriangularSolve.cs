using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Solves A·X = B, or Aᵀ·X = B, for triangular matrices A [..., n, n] and B [..., n, k]. The other triangle of A is not looked at.</summary>
internal sealed record TriangularSolve(bool Lower, bool Transpose, bool UnitDiagonal = false) : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Square(inputs[0]);
        return [LinearSolve.Result(Name, inputs[0], inputs[1])];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor a = context.Inputs[0], x = context.Outputs[0];
        Tensor db = (this with { Transpose = !Transpose }).Apply(a, context.Cotangent);
        if (!context.Needs(0)) return [null, db];
        Tensor full = Unary(ElementwiseFunction.Negate, Transpose ? MatMul(x, db, transposeB: true) : MatMul(db, x, transposeB: true));
        int beside = UnitDiagonal ? 1 : 0;
        return [Lower ? MatrixOps.Lower(full, -beside) : Upper(full, beside), db];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        if (shape[0] == 0) return;
        inputs[1].CopyTo(outputs[0]);
        TriangularSystem.Solve(new Matrix(inputs[0], shape[0], shape[0]), new Matrix(outputs[0], shape[0], outputs[0].Length / shape[0]), Lower, Transpose, UnitDiagonal);
    }
}

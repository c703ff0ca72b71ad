using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>Solves A·X = B, or Aᵀ·X = B, for square matrices A [..., n, n] and B [..., n, k]; infinite or NaN where A is singular.</summary>
internal sealed record LinearSolve(bool Transpose) : MatrixPrimitive
{
    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        Square(inputs[0]);
        return [Result(Name, inputs[0], inputs[1])];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        Tensor a = context.Inputs[0], x = context.Outputs[0];
        Tensor db = new LinearSolve(!Transpose).Apply(a, context.Cotangent);
        if (!context.Needs(0)) return [null, db];
        return [Unary(ElementwiseFunction.Negate, Transpose ? MatMul(x, db, transposeB: true) : MatMul(db, x, transposeB: true)), db];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        if (shape[0] == 0) return;
        inputs[1].CopyTo(outputs[0]);
        LuDecomposition.Solve(new Matrix(inputs[0], shape[0], shape[0]), new Matrix(outputs[0], shape[0], outputs[0].Length / shape[0]), Transpose);
    }

    /// <summary>Shape and type of the solution: those of B, which fits A.</summary>
    public static TensorSpec Result(string name, TensorSpec a, TensorSpec b) =>
        b.DType == a.DType && b.Shape.Rank == a.Shape.Rank && b.Shape.With(-1, 1).IsCompatibleWith(a.Shape.With(-1, 1)) ? b
            : throw new ArgumentException($"{name}: a right-hand side {b} does not fit matrices {a}.");
}

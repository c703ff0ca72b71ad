using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.MatrixOps;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>The determinants of square matrices; or their signs and the logarithms of their absolute values, which do not overflow.</summary>
internal sealed record Determinant(bool Log) : MatrixPrimitive
{
    public override string Name => Log ? "LogDeterminant" : "Determinant";

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec each = inputs[0] with { Shape = Stack(Square(inputs[0])) };
        return Log ? [each, each] : [each];
    }

    public override Tensor?[] Gradient(GradientContext context)
    {
        // The sign is constant wherever it has a slope.
        if (context.Cotangents[Log ? 1 : 0] is not { } cotangent) return [null];
        Tensor a = context.Inputs[0], dy = AsColumn(AsColumn(cotangent));
        Tensor inverse = new LinearSolve(Transpose: true).Apply(a, Identity(a, a.Shape.Dims[^1]));
        if (Log) return [dy * inverse];
        Tensor det = AsColumn(AsColumn(context.Outputs[0]));
        Tensor isZero = Binary(ElementwiseFunction.Equal, det, ScalarLike(det, 0));
        return [dy * Where(isZero, Cofactors(a), det * inverse)];
    }

    public override void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs)
    {
        int n = shape[0];
        Matrix a = new(inputs[0], n, n);
        double sign = LuDecomposition.Factor(a, Workspace.Take<int>(n), Workspace.Take<int>(n)), product = sign, sum = 0;
        for (int i = 0; i < n; i++)
        {
            product *= a[i, i];
            sign *= double.IsNaN(a[i, i]) ? double.NaN : Math.Sign(a[i, i]);
            sum += Math.Log(Math.Abs(a[i, i]));
        }

        outputs[0][0] = Log ? sign : product;
        if (Log) outputs[1][0] = sum;
    }

    /// <summary>The gradients of the determinants of singular matrices: from U·diag(s)·Vᵀ, |U|·|V|·U·diag(products of the other s)·Vᵀ.</summary>
    private static Tensor Cofactors(Tensor a)
    {
        a = new StopGradient().Apply(a);
        Tensor[] parts = new Svd(SvdKind.Reduced).ApplyAll(a);
        (Tensor u, Tensor s, Tensor v) = (parts[0], parts[1], parts[2]);
        int n = a.Shape.Dims[^1];
        Tensor others = Where(Mask(n, n, ElementwiseFunction.Equal, 0), ScalarLike(s, 1), BroadcastTo(AsRow(s), a.Shape));
        Tensor products = new Reduce(ReductionKind.Product, [a.Rank - 1]).Apply(others);
        Determinant det = new(Log: false);
        Tensor sign = AsColumn(AsColumn(det.Apply(u) * det.Apply(v)));
        return sign * MatMul(u * AsRow(products), v);
    }
}

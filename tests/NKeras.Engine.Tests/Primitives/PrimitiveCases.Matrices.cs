using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    private static IEnumerable<PrimitiveCase> Matrices()
    {
        foreach (DType type in (DType[])[DType.Float32, DType.Float64, DType.Float16, DType.BFloat16])
        {
            Operand X(params int[] dims) => new(dims, type);
            foreach (int[] dims in (int[][])[[3, 3], [0, 0], [0, 2, 2], [1, 1], [2, 3, 5, 5], [70, 9, 9]])
            {
                int[] right = [.. dims[..^1], 2];
                yield return Exact(new Cholesky(), X(dims)) with { Prepare = x => [Definite(x[0])] };
                yield return Exact(new CholeskyInverse(false), X(dims));
                yield return Exact(new CholeskyInverse(true), X(dims));
                yield return Exact(new Eigh(), X(dims));
                yield return Exact(new Eig(), X(dims));
                yield return Exact(new Determinant(false), X(dims));
                yield return Exact(new Determinant(true), X(dims));
                foreach (bool transpose in (bool[])[false, true])
                {
                    yield return Exact(new LinearSolve(transpose), X(dims), X(right));
                    yield return Exact(new TriangularSolve(true, transpose), X(dims), X(right));
                    yield return Exact(new TriangularSolve(false, transpose, UnitDiagonal: true), X(dims), X(right));
                }
            }

            foreach (int[] dims in (int[][])[[3, 3], [5, 2], [2, 5], [0, 3], [3, 0], [2, 4, 3], [0, 4, 3], [3, 2, 3, 4]])
            {
                yield return Exact(new LuFactor(), X(dims));
                yield return Exact(new Qr(false), X(dims));
                yield return Exact(new Qr(true), X(dims));
                yield return Exact(new PseudoInverse(1e-6), X(dims));
                foreach (SvdKind kind in Enum.GetValues<SvdKind>()) yield return Exact(new Svd(kind), X(dims));
            }

            foreach (int[] dims in (int[][])[[1], [0], [8], [3, 12], [2, 0, 4], [5, 37], [300, 30]])
            {
                yield return Exact(new Fft(false), X(dims), X(dims));
                yield return Exact(new Fft(true), X(dims), X(dims));
            }
        }

        yield return Exact(new Cholesky(), new Operand(new([4, 4]), DType.Float32, Fill.NonFinite));
        yield return Exact(new Eigh(), new Operand(new([7, 7]), DType.Float32, Fill.Special));
        yield return Exact(new Eig(), new Operand(new([7, 7]), DType.Float32, Fill.Special));
        yield return Exact(new Svd(SvdKind.Full), new Operand(new([7, 4]), DType.Float32, Fill.Special));
        yield return Exact(new Svd(SvdKind.Full), Operand.Between(1, 1, new([6, 6]), DType.Float64));
    }

    /// <summary>Symmetric positive definite matrices.</summary>
    private static Tensor Definite(Tensor x)
    {
        if (x.Shape.Size == 0) return x;
        Tensor wide = PrimitiveOps.Convert(x, DType.Float64);
        Tensor product = PrimitiveOps.MatMul(wide, wide, transposeB: true) + MatrixOps.Identity(wide, wide.Shape.Dims[^1]);
        return PrimitiveOps.Convert(product, x.DType);
    }
}

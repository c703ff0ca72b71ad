using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The determinants of square matrices.</summary>
    /// <exception cref="ArgumentException">A matrix is not square.</exception>
    public static Tensor Det(Tensor x) => OpDispatch.Call("Det", [x], t => new Determinant(Log: false).Apply(Squares("Det", t[0])));

    /// <summary>The signs of the determinants of square matrices, and the logarithms of their absolute values.</summary>
    /// <exception cref="ArgumentException">A matrix is not square.</exception>
    public static (Tensor Sign, Tensor Logabsdet) Slogdet(Tensor x)
    {
        IReadOnlyList<Tensor> parts = OpDispatch.CallMany("Slogdet", [x], t => new Determinant(Log: true).ApplyAll(Squares("Slogdet", t[0])));
        return (parts[0], parts[1]);
    }

    /// <summary>The logarithms of the absolute values of the determinants of square matrices.</summary>
    /// <exception cref="ArgumentException">A matrix is not square.</exception>
    public static Tensor Logdet(Tensor x) => OpDispatch.Call("Logdet", [x], t => new Determinant(Log: true).ApplyAll(Squares("Logdet", t[0]))[1]);

    /// <summary>The inverses of square matrices.</summary>
    /// <exception cref="ArgumentException">A matrix is not square, or singular (in a compiled function its inverse is infinite or NaN).</exception>
    public static Tensor Inv(Tensor x) => OpDispatch.Call("Inv", [x], t => InverseOf("Inv", Squares("Inv", t[0])));

    /// <summary>The Moore-Penrose inverses (..., n, m) of matrices (..., m, n).</summary>
    /// <param name="x">The matrices.</param>
    /// <param name="rcond">Singular values up to this part of the greatest are taken for zero; max(m, n) times the type's precision if omitted.</param>
    public static Tensor Pinv(Tensor x, double? rcond = null) => OpDispatch.Call("Pinv", [x], t =>
    {
        Tensor a = MatricesOf("Pinv", t[0]);
        return new PseudoInverse(rcond ?? Cutoff(a)).Apply(a);
    }, ("rcond", rcond));

    /// <summary>Solves a·x = b for square matrices.</summary>
    /// <param name="a">The matrices, (..., m, m).</param>
    /// <param name="b">One right-hand side for each, (..., m), or several as columns, (..., m, n).</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a matrix is singular (in a compiled function the solution is infinite or NaN).</exception>
    public static Tensor Solve(Tensor a, Tensor b) => OpDispatch.Call("Solve", [a, b], t => SolveWith("Solve", t[0], t[1], (m, r) =>
    {
        Tensor solution = new LinearSolve(Transpose: false).Apply(m, r);
        RequireFrom(solution, "Solve: a matrix is singular.", m, r);
        return solution;
    }));

    /// <summary>Solves a·x = b for triangular matrices.</summary>
    /// <param name="a">The matrices, (..., m, m), of which only one triangle is looked at.</param>
    /// <param name="b">One right-hand side for each, (..., m), or several as columns, (..., m, n).</param>
    /// <param name="lower">Whether it is the lower triangle.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static Tensor SolveTriangular(Tensor a, Tensor b, bool lower = false) => OpDispatch.Call("SolveTriangular", [a, b], t =>
        SolveWith("SolveTriangular", t[0], t[1], (m, r) => new TriangularSolve(lower, Transpose: false).Apply(m, r)), ("lower", lower));

    /// <summary>The x of least length among those that bring a·x closest to b.</summary>
    /// <param name="a">A matrix (m, n).</param>
    /// <param name="b">One right-hand side (m), or several as columns (m, k).</param>
    /// <param name="rcond">Singular values up to this part of the greatest are taken for zero; max(m, n) times the type's precision if omitted.</param>
    /// <exception cref="ArgumentException">Shapes do not fit.</exception>
    public static Tensor Lstsq(Tensor a, Tensor b, double? rcond = null) => OpDispatch.Call("Lstsq", [a, b], t =>
    {
        if (t[0].Rank != 2 || t[1].Rank is not (1 or 2)) throw new ArgumentException($"Lstsq takes a matrix and a vector or matrix, not shapes {t[0].Shape} and {t[1].Shape}.");
        CheckInner("Lstsq", t[0], t[1], t[0].Shape.Dims[0], t[1].Shape.Dims[0]);
        (Tensor m, Tensor r) = Alike(t[0], t[1]);
        return MatmulOf(new PseudoInverse(rcond ?? Cutoff(m)).Apply(m), r);
    }, ("rcond", rcond));

    /// <summary>Square matrices to a whole power: negative ones are those of the inverse.</summary>
    /// <exception cref="ArgumentException">A matrix is not square, or the power is negative and a matrix singular.</exception>
    public static Tensor MatrixPower(Tensor x, int n) => OpDispatch.Call("MatrixPower", [x], t =>
    {
        Tensor a = Squares("MatrixPower", t[0]);
        if (n >= 0 && !t[0].DType.IsFloating) a = t[0];
        if (n == 0) return MatrixOps.Identity(a, a.Shape.Dims[^1]);
        Tensor square = n < 0 ? InverseOf("MatrixPower", a) : a;
        Tensor? power = null;
        for (long left = Math.Abs((long)n); left > 0; left /= 2)
        {
            if (left % 2 == 1) power = power is null ? square : PrimitiveOps.MatMul(power, square);
            if (left > 1) square = PrimitiveOps.MatMul(square, square);
        }

        return power!;
    }, ("n", n));

    /// <summary>The number of singular values of matrices that are greater than a threshold, as int32.</summary>
    /// <param name="x">Matrices (..., m, n).</param>
    /// <param name="tol">The threshold; max(m, n) times the type's precision times the greatest singular value if omitted.</param>
    public static Tensor MatrixRank(Tensor x, double? tol = null) => OpDispatch.Call("MatrixRank", [x], t =>
    {
        Tensor a = MatricesOf("MatrixRank", t[0]), values = SingularValuesOf(a);
        Tensor threshold = tol is { } given ? PrimitiveOps.ScalarLike(values, given) : PrimitiveOps.ScalarLike(values, Cutoff(a)) * Max(values, -1, keepdims: true, initial: 0);
        return PrimitiveOps.Sum(PrimitiveOps.Convert(Greater(values, threshold), DType.Int32), values.Rank - 1);
    }, ("tol", tol));

    private static Tensor InverseOf(string name, Tensor a)
    {
        Tensor inverse = new LinearSolve(Transpose: false).Apply(a, MatrixOps.Identity(a, a.Shape.Dims[^1]));
        RequireFrom(inverse, $"{name}: a matrix is singular.", a);
        return inverse;
    }

    private static Tensor SolveWith(string name, Tensor x1, Tensor x2, Func<Tensor, Tensor, Tensor> solve)
    {
        (Tensor a, Tensor b) = Alike(Squares(name, x1), Promotion.ToFloating(x2));
        if (b.Rank == 0) throw new ArgumentException($"{name} takes vectors or matrices for a right-hand side, not a scalar.");
        bool vectors = b.Rank == a.Rank - 1;
        if (vectors) b = MatrixOps.AsColumn(b);
        if (b.Rank < 2) throw new ArgumentException($"{name}: a right-hand side of shape {x2.Shape} does not fit matrices of shape {x1.Shape}.");
        CheckInner(name, x1, x2, a.Shape.Dims[^1], b.Shape.Dims[^2]);
        Shape batch = BatchOf(name, a, b);
        Tensor solution = solve(Stacked(a, batch), Stacked(b, batch));
        return vectors ? PrimitiveOps.Reshape(solution, new Shape(solution.Shape.Dims[..^1])) : solution;
    }

    /// <summary>Two tensors in one floating-point type; types that agree stay.</summary>
    private static (Tensor A, Tensor B) Alike(Tensor a, Tensor b)
    {
        (a, b) = (Promotion.ToFloating(a), Promotion.ToFloating(b));
        return a.DType == b.DType ? (a, b) : Promotion.Unify(a, b);
    }

    /// <summary>Below this part of the greatest, singular values are as good as zero.</summary>
    private static double Cutoff(Tensor x)
    {
        double precision = x.DType == DType.Float64 ? 2.220446049250313e-16 : x.DType == DType.Float32 ? 1.1920929e-7 : x.DType == DType.Float16 ? 9.765625e-4 : 7.8125e-3;
        return precision * Math.Max(x.Shape.Dims[^1], x.Shape.Dims[^2]);
    }

    /// <summary>Refuses a result that is infinite or NaN though what it comes from is not.</summary>
    private static void RequireFrom(Tensor result, string otherwise, params ReadOnlySpan<Tensor> inputs)
    {
        foreach (Tensor input in inputs)
        {
            if (input is not ConcreteTensor || !ElementView.Of(input).IsFinite()) return;
        }

        if (result is ConcreteTensor && !ElementView.Of(result).IsFinite()) throw new ArgumentException(otherwise);
        GC.KeepAlive(result); // A view is a bare pointer.
    }
}

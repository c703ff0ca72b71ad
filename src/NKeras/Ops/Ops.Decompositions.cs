using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The triangular factor of symmetric positive definite matrices (..., m, m): L with L·Lᵀ, or R with Rᵀ·R if <paramref name="upper"/>.</summary>
    /// <param name="x">The matrices, of which only the triangle in question is looked at.</param>
    /// <param name="upper">Whether to give the upper triangular factor.</param>
    /// <exception cref="ArgumentException">A matrix is not square, or not positive definite (in a compiled function its factor is NaN).</exception>
    public static Tensor Cholesky(Tensor x, bool upper = false) => OpDispatch.Call("Cholesky", [x], t =>
    {
        Tensor a = Squares("Cholesky", t[0]);
        Tensor factor = new Cholesky().Apply(upper ? MatrixOps.T(a) : a);
        Require(factor, "Cholesky: a matrix is not positive definite.");
        return upper ? MatrixOps.T(factor) : factor;
    }, ("upper", upper));

    /// <summary>The inverse of symmetric positive definite matrices of which the Cholesky factors are given.</summary>
    /// <param name="x">The factors, (..., m, m).</param>
    /// <param name="upper">Whether they are upper triangular.</param>
    /// <exception cref="ArgumentException">A matrix is not square.</exception>
    public static Tensor CholeskyInverse(Tensor x, bool upper = false) =>
        OpDispatch.Call("CholeskyInverse", [x], t => new CholeskyInverse(upper).Apply(Squares("CholeskyInverse", t[0])), ("upper", upper));

    /// <summary>The LU decomposition of matrices (..., m, n): L without its diagonal of ones and U in one matrix, and for each row the one it was exchanged with.</summary>
    // Keras: demands square matrices on TensorFlow only, and says that pivots have the type of x; they are int32.
    public static (Tensor LU, Tensor Pivots) LuFactor(Tensor x)
    {
        IReadOnlyList<Tensor> parts = OpDispatch.CallMany("LuFactor", [x], t => new LuFactor().ApplyAll(MatricesOf("LuFactor", t[0]))[..2]);
        return (parts[0], parts[1]);
    }

    /// <summary>Q with orthonormal columns and upper triangular R whose product is x.</summary>
    /// <param name="x">Matrices (..., m, n).</param>
    /// <param name="mode"><c>"reduced"</c> for min(m, n) columns in Q, <c>"complete"</c> for m.</param>
    /// <exception cref="ArgumentException">The mode is another.</exception>
    public static (Tensor Q, Tensor R) Qr(Tensor x, string mode = "reduced")
    {
        if (mode is not ("reduced" or "complete")) throw new ArgumentException($"Qr: mode is \"reduced\" or \"complete\", not \"{mode}\".", nameof(mode));
        IReadOnlyList<Tensor> parts = OpDispatch.CallMany("Qr", [x], t =>
        {
            Tensor a = MatricesOf("Qr", t[0]);
            if (a.Shape[-1] == null || a.Shape[-2] == null) throw new ArgumentException($"Qr needs matrices whose dimensions are known, not {a.Shape}.", nameof(x));
            return new Qr(mode == "complete").ApplyAll(a);
        }, ("mode", mode));
        return (parts[0], parts[1]);
    }

    /// <summary>
    /// The singular value decomposition: U, the singular values S (descending), and Vᵀ, whose product U·diag(S)·Vᵀ is x:
    /// <c>(Tensor u, Tensor s, Tensor vt) = Ops.Svd(x);</c>.
    /// </summary>
    /// <param name="x">Matrices (..., m, n).</param>
    /// <param name="fullMatrices">Whether U is (m, m) and Vᵀ (n, n), rather than (m, k) and (k, n) with k = min(m, n).</param>
    /// <param name="computeUv">Whether to give the singular vectors, too; if not, there is one tensor, S.</param>
    // Keras: returns a tuple or a tensor; a structure of tensors can be both.
    public static Tensors Svd(Tensor x, bool fullMatrices = true, bool computeUv = true) => computeUv
        ? Tensors.Create([.. OpDispatch.CallMany(
            "SVD", [x], t => new Svd(fullMatrices ? SvdKind.Full : SvdKind.Reduced).ApplyAll(MatricesOf("Svd", t[0])), ("full_matrices", fullMatrices), ("compute_uv", true))])
        : OpDispatch.Call("SVD", [x], t => SingularValuesOf(MatricesOf("Svd", t[0])), ("full_matrices", fullMatrices), ("compute_uv", false));

    /// <summary>The eigenvalues (..., m) and eigenvectors (columns, (..., m, m)) of square matrices, complex both.</summary>
    /// <exception cref="ArgumentException">A matrix is not square.</exception>
    // Keras: on the NumPy backend the results are real where all eigenvalues are; types that depend on values cannot be compiled.
    public static (Tensor Eigenvalues, Tensor Eigenvectors) Eig(Tensor x)
    {
        IReadOnlyList<Tensor> parts = OpDispatch.CallMany("Eig", [x], t =>
        {
            Tensor[] p = new Eig().ApplyAll(Squares("Eig", t[0]));
            return [new ComplexTensor(p[0], p[1]), new ComplexTensor(p[2], p[3])];
        });
        return (parts[0], parts[1]);
    }

    /// <summary>The eigenvalues (..., m), ascending, and orthonormal eigenvectors (columns, (..., m, m)) of symmetric matrices.</summary>
    /// <param name="x">The matrices, of which only the lower triangle is looked at.</param>
    /// <exception cref="ArgumentException">A matrix is not square.</exception>
    public static (Tensor Eigenvalues, Tensor Eigenvectors) Eigh(Tensor x)
    {
        IReadOnlyList<Tensor> parts = OpDispatch.CallMany("Eigh", [x], t => new Eigh().ApplyAll(Squares("Eigh", t[0])));
        return (parts[0], parts[1]);
    }

    private static Tensor SingularValuesOf(Tensor x) => new Svd(SvdKind.Values).Apply(x);

    /// <summary>Floating-point matrices. Unlike sums and products, decompositions keep float64, as Keras's symbolic functions and PyTorch do.</summary>
    private static Tensor MatricesOf(string name, Tensor x) => x.Rank >= 2
        ? Promotion.ToFloating(x)
        : throw new ArgumentException($"{name} takes matrices or stacks of them, with at least two axes; received shape {x.Shape}.");

    /// <summary>Floating-point square matrices.</summary>
    private static Tensor Squares(string name, Tensor x)
    {
        Tensor a = MatricesOf(name, x);
        return a.Shape[-1] is { } columns && a.Shape[-2] is { } rows && rows != columns
            ? throw new ArgumentException($"{name} takes square matrices; received shape {x.Shape}.")
            : a;
    }

    /// <summary>Refuses a result with data that is NaN somewhere.</summary>
    private static void Require(Tensor result, string otherwise)
    {
        if (result is not ConcreteTensor data) return;
        ElementView view = ElementView.Of(data);
        for (int i = 0; i < view.Size; i++)
        {
            if (double.IsNaN(view.Double(i))) throw new ArgumentException(otherwise);
        }

        GC.KeepAlive(data); // A view is a bare pointer.
    }
}

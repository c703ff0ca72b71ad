using System.Numerics;
using System.Runtime.InteropServices;

namespace NKeras.Engine.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of general matrices: balancing, reflections to Hessenberg form, <see cref="RealSchur"/>, and
/// back-substitution. Steps and signs are those of LAPACK's <c>geev</c>.
/// </summary>
internal static class GeneralEigen
{
    private const double Precision = 2.2204460492503131E-16, Tiny = 2.2250738585072014E-308;

    /// <summary>Decomposes a matrix.</summary>
    /// <param name="a">The matrix, which is overwritten.</param>
    /// <param name="values">The eigenvalues; those that are not real come in conjugate pairs, the one with positive imaginary part first.</param>
    /// <param name="vectors">The eigenvectors of length one: of each row of the matrix in turn, its element of each vector.</param>
    public static void Decompose(Matrix a, Span<Complex> values, Span<Complex> vectors)
    {
        int n = a.Rows;
        if (n == 0) return;
        using Workspace.Scope scope = Workspace.Enter();
        Matrix z = new(Workspace.Take(n * n), n, n);
        if (!a.IsFinite() || !Schur(a, z, out Balance balance))
        {
            values.Fill(new Complex(double.NaN, double.NaN));
            vectors.Fill(new Complex(double.NaN, double.NaN));
            return;
        }

        Span<Complex> x = Workspace.Take<Complex>(n), vector = Workspace.Take<Complex>(n);
        for (int k = n - 1; k >= 0; k--)
        {
            bool pair = k > 0 && a[k, k - 1] != 0;
            double imaginary = pair ? Math.Sqrt(Math.Abs(a[k, k - 1])) * Math.Sqrt(Math.Abs(a[k - 1, k])) : 0;
            Complex value = new(a[k, k], imaginary);
            Solve(a, k, pair, value, x);
            for (int i = 0; i < n; i++)
            {
                Complex sum = 0;
                for (int j = 0; j <= k; j++) sum += z[i, j] * x[j];
                vector[i] = sum;
            }

            balance.Undo(vector);
            Normalize(vector, pair);
            for (int i = 0; i < n; i++)
            {
                vectors[(i * n) + k] = pair ? Complex.Conjugate(vector[i]) : vector[i];
                if (pair) vectors[(i * n) + k - 1] = vector[i];
            }

            values[k] = pair ? Complex.Conjugate(value) : value;
            if (pair) values[--k] = value;
        }
    }

    private static bool Schur(Matrix a, Matrix z, out Balance balance)
    {
        balance = Balance.Of(a);
        Span<Reflector> reflectors = Workspace.Take<Reflector>(Math.Max(0, balance.Last - balance.First - 1));
        for (int i = 0; i < reflectors.Length; i++)
        {
            int column = balance.First + i;
            Numbers below = a.Column(column, column + 1).First(balance.Last - column);
            reflectors[i] = Reflector.Create(column + 1, below, out double beta);
            a[column + 1, column] = beta;
            for (int row = column + 2; row <= balance.Last; row++) a[row, column] = 0;
            reflectors[i].ApplyRight(a.Top(balance.Last + 1), 0);
            reflectors[i].ApplyLeft(a, column + 1);
        }

        z.SetIdentity();
        QrDecomposition.ApplyLeft(reflectors, z);
        return RealSchur.Iterate(a, z, balance.First, balance.Last);
    }

    /// <summary>The solution of (T - λ)·x = 0 with zeros behind place k, where T is the upper quasi-triangular matrix.</summary>
    private static void Solve(Matrix t, int k, bool pair, Complex value, Span<Complex> x)
    {
        double least = Math.Max(Precision * (Math.Abs(value.Real) + Math.Abs(value.Imaginary)), Tiny * (t.Rows / Precision));
        x.Clear();
        x[k] = 1;
        int last = k - 1;
        if (pair)
        {
            bool above = Math.Abs(t[k - 1, k]) >= Math.Abs(t[k, k - 1]);
            x[k - 1] = above ? 1 : -value.Imaginary / t[k, k - 1];
            x[k] = above ? new Complex(0, value.Imaginary / t[k - 1, k]) : Complex.ImaginaryOne;
            last = k - 2;
        }

        for (int j = last; j >= 0; j--)
        {
            bool block = j > 0 && t[j, j - 1] != 0;
            Complex right = -Rest(t, j, k, x);
            if (!block)
            {
                Complex divisor = t[j, j] - value;
                x[j] = right / (Math.Abs(divisor.Real) + Math.Abs(divisor.Imaginary) < least ? least : divisor);
                Shrink(x, j, k);
                continue;
            }

            // Two equations at once, by Cramer's rule.
            Complex first = -Rest(t, j - 1, k, x, j + 1), p = t[j - 1, j - 1] - value, q = t[j - 1, j], r = t[j, j - 1], s = t[j, j] - value;
            Complex determinant = (p * s) - (q * r);
            if (Complex.Abs(determinant) < least * least) determinant = least * least;
            x[j - 1] = ((first * s) - (q * right)) / determinant;
            x[j] = ((p * right) - (r * first)) / determinant;
            Shrink(x, --j, k);
        }
    }

    private static Complex Rest(Matrix t, int row, int k, ReadOnlySpan<Complex> x, int from = -1)
    {
        Complex sum = 0;
        for (int j = from < 0 ? row + 1 : from; j <= k; j++) sum += t[row, j] * x[j];
        return sum;
    }

    /// <summary>Where eigenvalues coincide a vector's elements grow without bound; only its direction matters.</summary>
    private static void Shrink(Span<Complex> x, int at, int k)
    {
        double size = Math.Max(Math.Abs(x[at].Real), Math.Abs(x[at].Imaginary));
        if (size < 1e100) return;
        for (int i = at; i <= k; i++) x[i] /= size;
    }

    /// <summary>Length one; of a complex vector, the element of greatest absolute value becomes real.</summary>
    private static void Normalize(Span<Complex> vector, bool complex)
    {
        double length = Vectors.Norm(MemoryMarshal.Cast<Complex, double>(vector));
        int greatest = 0;
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] /= length;
            if (Square(vector[i]) > Square(vector[greatest])) greatest = i;
        }

        if (!complex) return;
        Rotation turn = Rotation.Of(vector[greatest].Real, vector[greatest].Imaginary, out _);
        for (int i = 0; i < vector.Length; i++) vector[i] *= new Complex(turn.C, -turn.S);
        vector[greatest] = vector[greatest].Real;
    }

    private static double Square(Complex z) => (z.Real * z.Real) + (z.Imaginary * z.Imaginary);
}

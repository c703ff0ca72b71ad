using System.Numerics;

namespace NKeras.Engine.Numerics;

/// <summary>
/// A similarity transformation, by permutation and powers of two, that isolates eigenvalues and makes rows and columns of about one
/// size: what LAPACK's <c>gebal</c> does to a matrix before its eigenvalues are sought.
/// </summary>
internal ref struct Balance
{
    private const double Least = 2.2250738585072014E-308 / 2.2204460492503131E-16;

    private readonly Span<double> _scale;
    private readonly Span<int> _exchanged;

    private Balance(int n)
    {
        _scale = Workspace.Take(n);
        _exchanged = Workspace.Take<int>(n);
        _scale.Fill(1);
        for (int i = 0; i < n; i++) _exchanged[i] = i;
        Last = n - 1;
    }

    /// <summary>The first row and column whose eigenvalue is not on the diagonal.</summary>
    public int First { get; private set; }

    /// <summary>The last one.</summary>
    public int Last { get; private set; }

    /// <summary>Balances a matrix in place; what it keeps is in the <see cref="Workspace"/>.</summary>
    public static Balance Of(Matrix a)
    {
        Balance balance = new(a.Rows);
        balance.Permute(a);
        balance.Rescale(a);
        return balance;
    }

    /// <summary>Turns an eigenvector of the balanced matrix into one of the matrix.</summary>
    public readonly void Undo(Span<Complex> vector)
    {
        for (int i = First; i <= Last; i++) vector[i] *= _scale[i];
        for (int i = First - 1; i >= 0; i--) (vector[i], vector[_exchanged[i]]) = (vector[_exchanged[i]], vector[i]);
        for (int i = Last + 1; i < vector.Length; i++) (vector[i], vector[_exchanged[i]]) = (vector[_exchanged[i]], vector[i]);
    }

    private void Permute(Matrix a)
    {
        // Rows without elements beside the diagonal go to the end.
        for (bool found = true; found;)
        {
            found = false;
            for (int i = Last; i >= 0; i--)
            {
                if (!IsAlone(a, i, 0, Last, inRow: true)) continue;
                Exchange(a, i, Last);
                found = true;
                if (Last == 0) return;
                Last--;
            }
        }

        // Such columns go to the beginning.
        for (bool found = true; found;)
        {
            found = false;
            for (int j = First; j <= Last; j++)
            {
                if (!IsAlone(a, j, First, Last, inRow: false)) continue;
                Exchange(a, j, First);
                found = true;
                First++;
            }
        }
    }

    private static bool IsAlone(Matrix a, int at, int from, int to, bool inRow)
    {
        for (int other = from; other <= to; other++)
        {
            if (other != at && (inRow ? a[at, other] : a[other, at]) != 0) return false;
        }

        return true;
    }

    private readonly void Exchange(Matrix a, int i, int with)
    {
        _exchanged[with] = i;
        if (i == with) return;
        for (int row = 0; row <= Last; row++) (a[row, i], a[row, with]) = (a[row, with], a[row, i]);
        for (int column = First; column < a.Columns; column++) (a[i, column], a[with, column]) = (a[with, column], a[i, column]);
    }

    private readonly void Rescale(Matrix a)
    {
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = First; i <= Last; i++)
            {
                using Workspace.Scope scope = Workspace.Enter();
                double column = Vectors.Norm(a.Column(i, First).First(Last - First + 1)), row = Vectors.Norm(a.Row(i, First)[..(Last - First + 1)]);
                if (column == 0 || row == 0) continue;
                double sum = column + row, factor = 1;
                for (double half = row / 2; column < half && Math.Max(factor, column) < 0.5 / Least && Math.Min(row, half) > 2 * Least; half /= 2)
                {
                    factor *= 2;
                    column *= 2;
                    row /= 2;
                }

                for (double half = column / 2; half >= row && row < 0.5 / Least && Math.Min(factor, half) > 2 * Least; half /= 2)
                {
                    factor /= 2;
                    column /= 2;
                    row *= 2;
                }

                if (column + row >= 0.95 * sum) continue;
                if (_scale[i] * factor is <= Least or >= 1 / Least) continue;
                _scale[i] *= factor;
                changed = true;
                Vectors.Scale(1 / factor, a.Row(i, First));
                for (int r = 0; r <= Last; r++) a[r, i] *= factor;
            }
        }
    }
}

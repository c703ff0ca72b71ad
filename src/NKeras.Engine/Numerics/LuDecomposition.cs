namespace NKeras.Engine.Numerics;

/// <summary>P·L·U by elimination with the greatest element of each column as its pivot.</summary>
internal static class LuDecomposition
{
    /// <summary>Replaces a matrix by L (below the diagonal, whose ones are left out) and U.</summary>
    /// <param name="a">The matrix; of any shape.</param>
    /// <param name="pivots">For each step the row that its row was exchanged with.</param>
    /// <param name="order">The row of the matrix that each row of the factors comes from.</param>
    /// <returns>The sign of the permutation.</returns>
    public static int Factor(Matrix a, Span<int> pivots, Span<int> order)
    {
        int sign = 1;
        for (int i = 0; i < a.Rows; i++) order[i] = i;
        for (int k = 0; k < Math.Min(a.Rows, a.Columns); k++)
        {
            int pivot = k;
            for (int i = k + 1; i < a.Rows; i++)
            {
                if (Math.Abs(a[i, k]) > Math.Abs(a[pivot, k])) pivot = i;
            }

            pivots[k] = pivot;
            if (pivot != k)
            {
                a.SwapRows(k, pivot);
                (order[k], order[pivot]) = (order[pivot], order[k]);
                sign = -sign;
            }

            double divisor = a[k, k];
            if (divisor == 0) continue;
            for (int i = k + 1; i < a.Rows; i++)
            {
                double factor = a[i, k] /= divisor;
                if (factor != 0) Vectors.AddScaled(-factor, a.Row(k, k + 1), a.Row(i, k + 1));
            }
        }

        return sign;
    }

    /// <summary>Solves A·X = B, or Aᵀ·X = B, in place of B; infinite or NaN where A is singular.</summary>
    /// <param name="a">A, which is overwritten.</param>
    /// <param name="b">B.</param>
    /// <param name="transpose">Whether A is transposed.</param>
    public static void Solve(Matrix a, Matrix b, bool transpose)
    {
        int n = a.Rows;
        using Workspace.Scope scope = Workspace.Enter();
        Span<int> order = Workspace.Take<int>(n);
        Factor(a, Workspace.Take<int>(n), order);
        Matrix x = new(Workspace.Take(n * b.Columns), n, b.Columns);
        if (!transpose)
        {
            for (int i = 0; i < n; i++) b.Row(order[i]).CopyTo(x.Row(i));
            TriangularSystem.Solve(a, x, lower: true, transpose: false, unitDiagonal: true);
            TriangularSystem.Solve(a, x, lower: false, transpose: false, unitDiagonal: false);
            for (int i = 0; i < n; i++) x.Row(i).CopyTo(b.Row(i));
            return;
        }

        TriangularSystem.Solve(a, b, lower: false, transpose: true, unitDiagonal: false);
        TriangularSystem.Solve(a, b, lower: true, transpose: true, unitDiagonal: true);
        for (int i = 0; i < n; i++) b.Row(i).CopyTo(x.Row(order[i]));
        for (int i = 0; i < n; i++) x.Row(i).CopyTo(b.Row(i));
    }
}

namespace NKeras.Engine.Numerics;

/// <summary>Systems of equations whose matrix is triangular.</summary>
internal static class TriangularSystem
{
    /// <summary>Solves A·X = B, or Aᵀ·X = B, in place of B. The other triangle of A is not looked at.</summary>
    public static void Solve(Matrix a, Matrix b, bool lower, bool transpose, bool unitDiagonal)
    {
        int n = a.Rows;
        bool forward = lower != transpose;
        for (int step = 0; step < n; step++)
        {
            int i = forward ? step : n - 1 - step;
            Span<double> row = b.Row(i);
            if (!unitDiagonal)
            {
                double diagonal = a[i, i];
                for (int c = 0; c < row.Length; c++) row[c] /= diagonal;
            }

            for (int j = forward ? i + 1 : 0; j < (forward ? n : i); j++)
            {
                Vectors.AddScaled(-(transpose ? a[i, j] : a[j, i]), row, b.Row(j));
            }
        }
    }
}

namespace NKeras.Engine.Numerics;

/// <summary>L·Lᵀ of symmetric positive definite matrices.</summary>
internal static class CholeskyDecomposition
{
    /// <summary>Replaces a matrix, of which only the lower triangle is looked at, by L; by NaN where it is not positive definite.</summary>
    public static void Factor(Matrix a)
    {
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = a[i, j] - Vectors.Dot(a.Row(i)[..j], a.Row(j)[..j]);
                if (j < i)
                {
                    a[i, j] = rest / a[j, j];
                    continue;
                }

                if (!(rest > 0))
                {
                    a.Fill(double.NaN);
                    return;
                }

                a[i, i] = Math.Sqrt(rest);
            }

            a.Row(i, i + 1).Clear();
        }
    }
}

namespace NKeras.Engine.Numerics;

/// <summary>Q·R by Householder reflections.</summary>
internal static class QrDecomposition
{
    /// <summary>Replaces a matrix by R, with zeros below the diagonal.</summary>
    /// <returns>The reflections whose product is Q, in the <see cref="Workspace"/>.</returns>
    public static ReadOnlySpan<Reflector> Factor(Matrix a)
    {
        Span<Reflector> reflectors = Workspace.Take<Reflector>(Math.Min(a.Rows, a.Columns));
        for (int j = 0; j < reflectors.Length; j++)
        {
            reflectors[j] = Reflector.Create(j, a.Column(j, j), out double beta);
            a[j, j] = beta;
            for (int i = j + 1; i < a.Rows; i++) a[i, j] = 0;
            reflectors[j].ApplyLeft(a, j + 1);
        }

        return reflectors;
    }

    /// <summary>Multiplies by a product of reflections from the left.</summary>
    public static void ApplyLeft(ReadOnlySpan<Reflector> reflectors, Matrix a)
    {
        for (int j = reflectors.Length - 1; j >= 0; j--) reflectors[j].ApplyLeft(a, 0);
    }

    /// <summary>Multiplies by the transposed product of reflections from the right.</summary>
    public static void ApplyRightTransposed(ReadOnlySpan<Reflector> reflectors, Matrix a)
    {
        for (int j = reflectors.Length - 1; j >= 0; j--) reflectors[j].ApplyRight(a, 0);
    }
}

namespace NKeras.Engine.Numerics;

/// <summary>
/// Singular value decompositions: reflections to bidiagonal form, then implicitly shifted QR steps (<see cref="BidiagonalIteration"/>).
/// Steps and signs are those of LAPACK's <c>gesdd</c> for small matrices.
/// </summary>
internal static class SingularValues
{
    private const double Small = 1e-140, Large = 1e140;

    /// <summary>Decomposes a matrix into U·diag(s)·Vᵀ.</summary>
    /// <param name="a">The matrix (m, n), which is overwritten.</param>
    /// <param name="values">s, descending.</param>
    /// <param name="left">U, (m, k) with k from min(m, n) to m.</param>
    /// <param name="right">Vᵀ, (k, n) with k from min(m, n) to n.</param>
    public static void Decompose(Matrix a, Span<double> values, Matrix left, Matrix right)
    {
        if (!a.IsFinite())
        {
            values.Fill(double.NaN);
            left.Fill(double.NaN);
            right.Fill(double.NaN);
            return;
        }

        using Workspace.Scope scope = Workspace.Enter();
        double greatest = a.Greatest();
        double scale = greatest is > 0 and (< Small or > Large) ? greatest : 1;
        if (scale != 1) a.Scale(1 / scale);
        int least = Math.Min(a.Rows, a.Columns);
        // Of a long matrix, the small factor of its QR decomposition is decomposed.
        if (least > 0 && Math.Max(a.Rows, a.Columns) >= least * 11 / 6 && a.Rows != a.Columns)
        {
            if (a.Rows > a.Columns) Tall(a, values, left, right);
            else Wide(a, values, left, right);
        }
        else
        {
            Bidiagonalize(a, values, left, right);
        }

        if (scale != 1) Vectors.Scale(scale, values);
    }

    private static void Tall(Matrix a, Span<double> values, Matrix left, Matrix right)
    {
        int n = a.Columns;
        ReadOnlySpan<Reflector> q = QrDecomposition.Factor(a);
        Matrix r = new(Workspace.Take(n * n), n, n), u = new(Workspace.Take(n * n), n, n);
        for (int i = 0; i < n; i++) a.Row(i).CopyTo(r.Row(i));
        Bidiagonalize(r, values, u, right);
        left.SetIdentity();
        for (int i = 0; i < n; i++) u.Row(i).CopyTo(left.Row(i));
        QrDecomposition.ApplyLeft(q, left);
    }

    private static void Wide(Matrix a, Span<double> values, Matrix left, Matrix right)
    {
        int m = a.Rows;
        Matrix transposed = new(Workspace.Take(m * a.Columns), a.Columns, m), l = new(Workspace.Take(m * m), m, m), v = new(Workspace.Take(m * m), m, m);
        a.TransposeTo(transposed);
        ReadOnlySpan<Reflector> q = QrDecomposition.Factor(transposed);
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j <= i; j++) l[i, j] = transposed[j, i];
        }

        Bidiagonalize(l, values, left, v);
        right.SetIdentity();
        for (int i = 0; i < m; i++) v.Row(i).CopyTo(right.Row(i));
        QrDecomposition.ApplyRightTransposed(q, right);
    }

    private static void Bidiagonalize(Matrix a, Span<double> values, Matrix left, Matrix right)
    {
        int k = Math.Min(a.Rows, a.Columns);
        bool upper = a.Rows >= a.Columns;
        Numbers e = Workspace.Take(Math.Max(0, k - 1));
        Span<Reflector> lefts = Workspace.Take<Reflector>(upper ? k : e.Length), rights = Workspace.Take<Reflector>(upper ? e.Length : k);
        for (int i = 0; i < k; i++)
        {
            if (upper)
            {
                values[i] = FromLeft(a, i, i, out lefts[i]);
                if (i < k - 1) e[i] = FromRight(a, i, i + 1, out rights[i]);
            }
            else
            {
                values[i] = FromRight(a, i, i, out rights[i]);
                if (i < k - 1) e[i] = FromLeft(a, i + 1, i, out lefts[i]);
            }
        }

        // The left vectors are turned as rows, which lie together.
        Numbers u = Workspace.Take(k * k), v = Workspace.Take(k * k);
        Matrix rows = new(u, k, k), columns = new(v, k, k);
        rows.SetIdentity();
        columns.SetIdentity();
        new BidiagonalIteration(e, u, v).Run(values, lower: !upper);
        left.SetIdentity();
        right.SetIdentity();
        for (int i = 0; i < k; i++)
        {
            columns.Row(i).CopyTo(right.Row(i));
            for (int j = 0; j < k; j++) left[i, j] = rows[j, i];
        }

        QrDecomposition.ApplyLeft(lefts, left);
        QrDecomposition.ApplyRightTransposed(rights, right);
    }

    /// <summary>Clears a column below a row.</summary>
    private static double FromLeft(Matrix a, int row, int column, out Reflector reflector)
    {
        reflector = Reflector.Create(row, a.Column(column, row), out double beta);
        reflector.ApplyLeft(a, column + 1);
        return beta;
    }

    /// <summary>Clears a row behind a column.</summary>
    private static double FromRight(Matrix a, int row, int column, out Reflector reflector)
    {
        Numbers x = Workspace.Take(a.Columns - column);
        a.Row(row, column).CopyTo(x);
        reflector = Reflector.Create(column, x, out double beta);
        reflector.ApplyRight(a, row + 1);
        return beta;
    }
}

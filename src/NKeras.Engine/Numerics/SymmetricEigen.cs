namespace NKeras.Engine.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of symmetric matrices: reflections to tridiagonal form, then implicitly shifted QL or QR steps.
/// Steps and signs are those of LAPACK's <c>sytrd</c> and <c>steqr</c>, so that eigenvectors have the signs that users of NumPy know.
/// </summary>
internal static class SymmetricEigen
{
    private const double Epsilon = 1.1102230246251565E-16, Tiny = 2.2250738585072014E-308, Small = 1e-140, Large = 1e140;
    private const int StepsPerValue = 30;

    /// <summary>Decomposes a matrix, of which only the lower triangle is looked at.</summary>
    /// <param name="a">The matrix, which is overwritten.</param>
    /// <param name="values">The eigenvalues, ascending.</param>
    /// <param name="vectors">The eigenvectors, one in each column.</param>
    public static void Decompose(Matrix a, Span<double> values, Matrix vectors)
    {
        int n = a.Rows;
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++) a[i, j] = a[j, i];
        }

        if (!a.IsFinite())
        {
            values.Fill(double.NaN);
            vectors.Fill(double.NaN);
            return;
        }

        double greatest = a.Greatest();
        double scale = greatest is > 0 and (< Small or > Large) ? greatest : 1;
        if (scale != 1) a.Scale(1 / scale);
        using Workspace.Scope scope = Workspace.Enter();
        Numbers e = Workspace.Take(Math.Max(0, n - 1));
        ReadOnlySpan<Reflector> reflectors = Reduce(a, values, e);
        // The vectors are turned as rows, which lie together.
        Matrix transposed = new(Workspace.Take(n * n), n, n);
        transposed.SetIdentity();
        if (!Iterate(values, e, transposed)) values.Fill(double.NaN);
        Sort(values, transposed);
        transposed.TransposeTo(vectors);
        QrDecomposition.ApplyLeft(reflectors, vectors);
        if (scale != 1) Vectors.Scale(scale, values);
    }

    private static ReadOnlySpan<Reflector> Reduce(Matrix a, Span<double> d, Span<double> e)
    {
        int n = a.Rows;
        Span<Reflector> reflectors = Workspace.Take<Reflector>(Math.Max(0, n - 1));
        for (int i = 0; i < n - 1; i++)
        {
            reflectors[i] = Reflector.Create(i + 1, a.Column(i, i + 1), out e[i]);
            d[i] = a[i, i];
            if (reflectors[i].Tau == 0) continue;

            // A - v·wᵀ - w·vᵀ, with w = τ·A·v - ½τ(wᵀv)·v.
            ReadOnlySpan<double> v = reflectors[i].V;
            double tau = reflectors[i].Tau;
            using Workspace.Scope scope = Workspace.Enter();
            Numbers w = Workspace.Take(v.Length);
            for (int r = 0; r < w.Length; r++) w[r] = tau * Vectors.Dot(a.Row(i + 1 + r, i + 1), v);
            Vectors.AddScaled(-0.5 * tau * Vectors.Dot(w, v), v, w);
            for (int r = 0; r < w.Length; r++)
            {
                Span<double> row = a.Row(i + 1 + r, i + 1);
                Vectors.AddScaled(-v[r], w, row);
                Vectors.AddScaled(-w[r], v, row);
            }
        }

        if (n > 0) d[n - 1] = a[n - 1, n - 1];
        return reflectors;
    }

    private static bool Iterate(Span<double> d, Span<double> e, Matrix z)
    {
        int n = d.Length, steps = n * StepsPerValue;
        for (int first = 0; first < n;)
        {
            if (first > 0) e[first - 1] = 0;
            int last = first;
            while (last < n - 1 && Math.Abs(e[last]) > Math.Sqrt(Math.Abs(d[last])) * Math.Sqrt(Math.Abs(d[last + 1])) * Epsilon) last++;
            if (last < n - 1) e[last] = 0;
            bool done = Math.Abs(d[last]) < Math.Abs(d[first])
                ? Upwards(d, e, z, first, last, ref steps)
                : Downwards(d, e, z, first, last, ref steps);
            if (!done) return false;
            first = last + 1;
        }

        return true;
    }

    /// <summary>QL steps: eigenvalues are found from the first on.</summary>
    private static bool Downwards(Span<double> d, Span<double> e, Matrix z, int l, int end, ref int steps)
    {
        while (l <= end)
        {
            int m = l;
            while (m < end && !IsSmall(e[m], d[m], d[m + 1])) m++;
            if (m < end) e[m] = 0;
            if (m == l)
            {
                l++;
                continue;
            }

            if (m == l + 1)
            {
                Rotation turn = TwoByTwo(d[l], e[l], d[l + 1], out d[l], out d[l + 1]);
                Vectors.Rotate(z.Row(l), z.Row(l + 1), turn.C, turn.S);
                e[l] = 0;
                l += 2;
                continue;
            }

            if (steps-- == 0) return false;
            double g = (d[l + 1] - d[l]) / (2 * e[l]), c = 1, s = 1, p = 0;
            g = d[m] - d[l] + (e[l] / (g + Math.CopySign(Rotation.Hypot(g, 1), g)));
            for (int i = m - 1; i >= l; i--)
            {
                double f = s * e[i], b = c * e[i];
                (c, s) = Rotation.Of(g, f, out double r);
                if (i != m - 1) e[i + 1] = r;
                g = d[i + 1] - p;
                r = ((d[i] - g) * s) + (2 * c * b);
                p = s * r;
                d[i + 1] = g + p;
                g = (c * r) - b;
                Vectors.Rotate(z.Row(i), z.Row(i + 1), c, -s);
            }

            d[l] -= p;
            e[l] = g;
        }

        return true;
    }

    /// <summary>QR steps: eigenvalues are found from the last on.</summary>
    private static bool Upwards(Span<double> d, Span<double> e, Matrix z, int end, int l, ref int steps)
    {
        while (l >= end)
        {
            int m = l;
            while (m > end && !IsSmall(e[m - 1], d[m], d[m - 1])) m--;
            if (m > end) e[m - 1] = 0;
            if (m == l)
            {
                l--;
                continue;
            }

            if (m == l - 1)
            {
                Rotation turn = TwoByTwo(d[l - 1], e[l - 1], d[l], out d[l - 1], out d[l]);
                Vectors.Rotate(z.Row(l - 1), z.Row(l), turn.C, turn.S);
                e[l - 1] = 0;
                l -= 2;
                continue;
            }

            if (steps-- == 0) return false;
            double g = (d[l - 1] - d[l]) / (2 * e[l - 1]), c = 1, s = 1, p = 0;
            g = d[m] - d[l] + (e[l - 1] / (g + Math.CopySign(Rotation.Hypot(g, 1), g)));
            for (int i = m; i < l; i++)
            {
                double f = s * e[i], b = c * e[i];
                (c, s) = Rotation.Of(g, f, out double r);
                if (i != m) e[i - 1] = r;
                g = d[i] - p;
                r = ((d[i + 1] - g) * s) + (2 * c * b);
                p = s * r;
                d[i] = g + p;
                g = (c * r) - b;
                Vectors.Rotate(z.Row(i), z.Row(i + 1), c, s);
            }

            d[l] -= p;
            e[l - 1] = g;
        }

        return true;
    }

    private static bool IsSmall(double e, double d1, double d2) => e * e <= (Epsilon * Epsilon * Math.Abs(d1) * Math.Abs(d2)) + Tiny;

    /// <summary>The eigenvalues of [[a, b], [b, c]], the one of greater absolute value first, and its eigenvector (LAPACK's <c>laev2</c>).</summary>
    private static Rotation TwoByTwo(double a, double b, double c, out double first, out double second)
    {
        double sum = a + c, difference = a - c, twice = b + b, root = Rotation.Hypot(difference, twice);
        (double greater, double lesser) = Math.Abs(a) > Math.Abs(c) ? (a, c) : (c, a);
        int sign = sum < 0 ? -1 : 1;
        first = sum == 0 ? 0.5 * root : 0.5 * (sum + (sign * root));
        second = sum == 0 ? -0.5 * root : (greater / first * lesser) - (b / first * b);
        int turn = difference >= 0 ? 1 : -1;
        double along = difference + (turn * root);
        double cosine = 1, sine = 0;
        if (Math.Abs(along) > Math.Abs(twice))
        {
            double cotangent = -twice / along;
            sine = 1 / Math.Sqrt(1 + (cotangent * cotangent));
            cosine = cotangent * sine;
        }
        else if (twice != 0)
        {
            double tangent = -along / twice;
            cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
            sine = tangent * cosine;
        }

        return sign == turn ? new Rotation(-sine, cosine) : new Rotation(cosine, sine);
    }

    private static void Sort(Span<double> d, Matrix z)
    {
        for (int i = 0; i < d.Length - 1; i++)
        {
            int least = i;
            for (int j = i + 1; j < d.Length; j++)
            {
                if (d[j] < d[least]) least = j;
            }

            (d[i], d[least]) = (d[least], d[i]);
            z.SwapRows(i, least);
        }
    }
}

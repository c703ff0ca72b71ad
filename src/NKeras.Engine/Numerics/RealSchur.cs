namespace NKeras.Engine.Numerics;

/// <summary>
/// The real Schur form of a Hessenberg matrix by double-shift QR steps, as LAPACK's <c>lahqr</c> takes them: upper triangular
/// but for blocks of two on the diagonal, each of a conjugate pair of eigenvalues.
/// </summary>
internal static class RealSchur
{
    private const double Precision = 2.2204460492503131E-16, Tiny = 2.2250738585072014E-308;
    private const int ExceptionalEvery = 10;

    /// <summary>Brings a matrix to Schur form and multiplies the vectors from the right.</summary>
    /// <param name="h">The matrix: upper triangular outside the rows from first to last.</param>
    /// <param name="z">The vectors.</param>
    /// <param name="first">The first row of the Hessenberg block.</param>
    /// <param name="last">Its last row.</param>
    /// <returns>Whether the steps converge.</returns>
    public static bool Iterate(Matrix h, Matrix z, int first, int last)
    {
        double small = Tiny * ((last - first + 1) / Precision);
        int most = 30 * Math.Max(10, last - first + 1);
        for (int i = last; i >= first;)
        {
            int start = first, steps = 0;
            for (; ; steps++)
            {
                if (steps > most) return false;
                start = StartOfBlock(h, start, i, first, last, small);
                if (start > first) h[start, start - 1] = 0;
                if (start >= i - 1) break;
                Step(h, z, start, i, steps + 1);
            }

            if (start == i - 1) Standardize(h, z, i);
            i = start - 1;
        }

        return true;
    }

    private static int StartOfBlock(Matrix h, int start, int i, int first, int last, double small)
    {
        for (int k = i; k > start; k--)
        {
            double below = Math.Abs(h[k, k - 1]);
            if (below <= small) return k;
            double size = Math.Abs(h[k - 1, k - 1]) + Math.Abs(h[k, k]);
            if (size == 0)
            {
                if (k - 2 >= first) size += Math.Abs(h[k - 1, k - 2]);
                if (k + 1 <= last) size += Math.Abs(h[k + 1, k]);
            }

            if (below > Precision * size) continue;
            double above = Math.Abs(h[k - 1, k]), corner = Math.Abs(h[k, k]), difference = Math.Abs(h[k - 1, k - 1] - h[k, k]);
            double ab = Math.Max(below, above), ba = Math.Min(below, above), aa = Math.Max(corner, difference), bb = Math.Min(corner, difference), s = aa + ab;
            if (ba * (ab / s) <= Math.Max(small, Precision * (bb * (aa / s)))) return k;
        }

        return start;
    }

    private static void Step(Matrix h, Matrix z, int l, int i, int count)
    {
        (double r1, double i1, double r2, double i2) = Shifts(h, l, i, count);
        using Workspace.Scope scope = Workspace.Enter();
        Numbers v = Workspace.Take(3);
        int m = i - 2;
        for (; ; m--)
        {
            double s = Math.Abs(h[m, m] - r2) + Math.Abs(i2) + Math.Abs(h[m + 1, m]), below = h[m + 1, m] / s;
            v[0] = (below * h[m, m + 1]) + ((h[m, m] - r1) * ((h[m, m] - r2) / s)) - (i1 * (i2 / s));
            v[1] = below * (h[m, m] + h[m + 1, m + 1] - r1 - r2);
            v[2] = below * h[m + 2, m + 1];
            s = Math.Abs(v[0]) + Math.Abs(v[1]) + Math.Abs(v[2]);
            for (int k = 0; k < 3; k++) v[k] /= s;
            if (m == l) break;
            double around = Math.Abs(h[m - 1, m - 1]) + Math.Abs(h[m, m]) + Math.Abs(h[m + 1, m + 1]);
            if (Math.Abs(h[m, m - 1]) * (Math.Abs(v[1]) + Math.Abs(v[2])) <= Precision * Math.Abs(v[0]) * around) break;
        }

        for (int k = m; k < i; k++)
        {
            int count3 = Math.Min(3, i - k + 1);
            for (int r = 0; r < count3 && k > m; r++) v[r] = h[k + r, k - 1];
            Reflector reflector = Reflector.Create(k, v.First(count3), out double beta);
            if (k > m)
            {
                h[k, k - 1] = beta;
                for (int r = 1; r < count3; r++) h[k + r, k - 1] = 0;
            }
            else if (m > l)
            {
                h[k, k - 1] *= 1 - reflector.Tau;
            }

            reflector.ApplyLeft(h, k);
            reflector.ApplyRight(h.Top(Math.Min(k + 3, i) + 1), 0);
            reflector.ApplyRight(z, 0);
        }
    }

    private static (double R1, double I1, double R2, double I2) Shifts(Matrix h, int l, int i, int count)
    {
        double h11 = h[i - 1, i - 1], h21 = h[i, i - 1], h12 = h[i - 1, i], h22 = h[i, i];
        if (count % ExceptionalEvery == 0)
        {
            // Another shift now and then ends cycles.
            bool end = count % (2 * ExceptionalEvery) == 0;
            double size = end ? Math.Abs(h[i, i - 1]) + Math.Abs(h[i - 1, i - 2]) : Math.Abs(h[l + 1, l]) + Math.Abs(h[l + 2, l + 1]);
            h11 = h22 = (0.75 * size) + (end ? h[i, i] : h[l, l]);
            h12 = -0.4375 * size;
            h21 = size;
        }

        double s = Math.Abs(h11) + Math.Abs(h12) + Math.Abs(h21) + Math.Abs(h22);
        if (s == 0) return default;
        h11 /= s;
        h21 /= s;
        h12 /= s;
        h22 /= s;
        double mean = (h11 + h22) / 2, determinant = ((h11 - mean) * (h22 - mean)) - (h12 * h21), root = Math.Sqrt(Math.Abs(determinant));
        if (determinant >= 0) return (mean * s, root * s, mean * s, -root * s);
        double shift = Math.Abs(mean + root - h22) <= Math.Abs(mean - root - h22) ? mean + root : mean - root;
        return (shift * s, 0, shift * s, 0);
    }

    /// <summary>Brings the block of two that ends at a row to standard form: triangular, or with equal elements on the diagonal.</summary>
    private static void Standardize(Matrix h, Matrix z, int i)
    {
        Rotation turn = RotationFor(ref h[i - 1, i - 1], ref h[i - 1, i], ref h[i, i - 1], ref h[i, i]);
        if (i + 1 < h.Columns) Vectors.Rotate(h.Row(i - 1, i + 1), h.Row(i, i + 1), turn.C, turn.S);
        RotateColumns(h, i, i - 1, turn);
        RotateColumns(z, i, z.Rows, turn);
    }

    private static void RotateColumns(Matrix a, int i, int rows, Rotation turn)
    {
        for (int r = 0; r < rows; r++)
            (a[r, i - 1], a[r, i]) = ((turn.C * a[r, i - 1]) + (turn.S * a[r, i]), (turn.C * a[r, i]) - (turn.S * a[r, i - 1]));
    }

    /// <summary>LAPACK's <c>lanv2</c>.</summary>
    private static Rotation RotationFor(ref double a, ref double b, ref double c, ref double d)
    {
        if (c == 0) return new(1, 0);
        if (b == 0)
        {
            (a, d) = (d, a);
            (b, c) = (-c, 0);
            return new(0, 1);
        }

        if (a - d == 0 && (b < 0) != (c < 0)) return new(1, 0);
        double difference = a - d, half = 0.5 * difference;
        double greater = Math.Max(Math.Abs(b), Math.Abs(c)), lesser = Math.Min(Math.Abs(b), Math.Abs(c)) * Math.Sign(b) * Math.Sign(c);
        double scale = Math.Max(Math.Abs(half), greater), discriminant = (half / scale * half) + (greater / scale * lesser);
        if (discriminant >= 4 * Precision)
        {
            // Two real eigenvalues.
            double root = half + Math.CopySign(Math.Sqrt(scale) * Math.Sqrt(discriminant), half);
            a = d + root;
            d -= greater / root * lesser;
            double length = Rotation.Hypot(c, root);
            Rotation turn = new(root / length, c / length);
            (b, c) = (b - c, 0);
            return turn;
        }

        // A pair, or two that are nearly equal: make the diagonal equal.
        double sum = b + c, tau = Rotation.Hypot(sum, difference);
        double cosine = Math.Sqrt(0.5 * (1 + (Math.Abs(sum) / tau))), sine = -(half / (tau * cosine)) * Math.CopySign(1, sum);
        (double aa, double bb, double cc, double dd) = ((a * cosine) + (b * sine), (-a * sine) + (b * cosine), (c * cosine) + (d * sine), (-c * sine) + (d * cosine));
        (a, b, c, d) = ((aa * cosine) + (cc * sine), (bb * cosine) + (dd * sine), (-aa * sine) + (cc * cosine), (-bb * sine) + (dd * cosine));
        a = d = 0.5 * (a + d);
        if (c == 0) return new(cosine, sine);
        if (b == 0)
        {
            (b, c) = (-c, 0);
            return new(-sine, cosine);
        }

        if ((b < 0) != (c < 0)) return new(cosine, sine);
        double rootB = Math.Sqrt(Math.Abs(b)), rootC = Math.Sqrt(Math.Abs(c)), p = Math.CopySign(rootB * rootC, c), inverse = 1 / Math.Sqrt(Math.Abs(b + c));
        (double middle, double c1, double s1) = (a, rootB * inverse, rootC * inverse);
        (a, d) = (middle + p, middle - p);
        (b, c) = (b - c, 0);
        return new((cosine * c1) - (sine * s1), (cosine * s1) + (sine * c1));
    }
}

namespace NKeras.Engine.Numerics;

/// <summary>Singular values of a bidiagonal matrix by implicitly shifted QR steps, as LAPACK's <c>bdsqr</c> takes them.</summary>
/// <param name="e">The elements beside the diagonal.</param>
/// <param name="u">Rows that are turned with the left singular vectors.</param>
/// <param name="v">Rows that are turned with the right singular vectors.</param>
internal readonly struct BidiagonalIteration(Numbers e, Numbers u, Numbers v)
{
    private const double Epsilon = 1.1102230246251565E-16, Tiny = 2.2250738585072014E-308;
    private const double Tolerance = 98.70149282610821 * Epsilon; // ε^(7/8)
    private const int StepsPerValue = 6;

    /// <summary>Replaces the diagonal by the singular values, descending; by NaN if the steps do not converge.</summary>
    /// <param name="d">The diagonal.</param>
    /// <param name="lower">Whether the other elements are below the diagonal.</param>
    public void Run(Span<double> d, bool lower)
    {
        int n = d.Length;
        if (n == 1)
        {
            if (d[0] < 0) (d[0], u[0]) = (-d[0], -u[0]);
            return;
        }

        using Workspace.Scope scope = Workspace.Enter();
        Span<Rotation> first = lower ? ToUpper(d) : [];
        if (!Iterate(d)) d.Fill(double.NaN);
        for (int i = 0; i < n; i++)
        {
            if (!(d[i] < 0)) continue;
            d[i] = -d[i];
            Vectors.Scale(-1, Row(v, i, n));
        }

        Sort(d);
        // What made the matrix upper bidiagonal is undone last, on the left vectors' elements.
        for (int j = first.Length - 1; j >= 0; j--)
        {
            for (int row = 0; row < n; row++)
            {
                Span<double> vector = Row(u, row, n);
                (double c, double s) = (first[j].C, -first[j].S);
                (vector[j], vector[j + 1]) = ((c * vector[j]) + (s * vector[j + 1]), (c * vector[j + 1]) - (s * vector[j]));
            }
        }
    }

    private static Span<double> Row(Numbers matrix, int row, int n) => matrix.Span.Slice(row * n, n);

    private Span<Rotation> ToUpper(Span<double> d)
    {
        Span<Rotation> rotations = Workspace.Take<Rotation>(Math.Max(0, d.Length - 1));
        for (int i = 0; i < rotations.Length; i++)
        {
            rotations[i] = Rotation.Of(d[i], e[i], out double r);
            d[i] = r;
            e[i] = rotations[i].S * d[i + 1];
            d[i + 1] *= rotations[i].C;
        }

        return rotations;
    }

    private bool Iterate(Span<double> d)
    {
        int n = d.Length;
        double threshold = Threshold(d);
        long steps = (long)StepsPerValue * n * n;
        int direction = 0, oldFirst = -1, oldLast = -1;
        for (int last = n - 1; last > 0;)
        {
            // The block that ends at the last value not yet found.
            double greatest = Math.Abs(d[last]);
            int first = last - 1;
            for (; first >= 0 && Math.Abs(e[first]) > threshold; first--) greatest = Math.Max(greatest, Math.Max(Math.Abs(d[first]), Math.Abs(e[first])));
            if (first >= 0) e[first] = 0;
            if (first == last - 1)
            {
                last--;
                continue;
            }

            first++;
            if (first == last - 1)
            {
                TwoByTwo(d, first);
                last -= 2;
                continue;
            }

            // Values are chased from the greater end to the lesser one.
            if (first > oldLast || last < oldFirst) direction = Math.Abs(d[first]) >= Math.Abs(d[last]) ? 1 : 2;
            if (Deflates(d, first, last, direction, out double least)) continue;
            (oldFirst, oldLast) = (first, last);
            if ((steps -= last - first) < 0) return false;
            double shift = Shift(d, first, last, direction, least, greatest);
            if (direction == 1) Down(d, first, last, shift, threshold);
            else Up(d, first, last, shift, threshold);
        }

        return true;
    }

    /// <summary>Below this an element beside the diagonal counts as zero, at little cost to the accuracy of even the least value.</summary>
    private double Threshold(ReadOnlySpan<double> d)
    {
        int n = d.Length;
        double least = n == 0 ? 0 : Math.Abs(d[0]), mu = least;
        for (int i = 1; i < n && least != 0; i++)
        {
            mu = Math.Abs(d[i]) * (mu / (mu + Math.Abs(e[i - 1])));
            least = Math.Min(least, mu);
        }

        return Math.Max(Tolerance * least / Math.Sqrt(n), StepsPerValue * (n * (n * Tiny)));
    }

    private bool Deflates(ReadOnlySpan<double> d, int first, int last, int direction, out double least)
    {
        (int end, int start, int step) = direction == 1 ? (last, first, 1) : (first, last, -1);
        int beside = direction == 1 ? last - 1 : first;
        least = 0;
        if (Math.Abs(e[beside]) <= Tolerance * Math.Abs(d[end]))
        {
            e[beside] = 0;
            return true;
        }

        double mu = least = Math.Abs(d[start]);
        for (int i = start; i != end; i += step)
        {
            int at = direction == 1 ? i : i - 1;
            if (Math.Abs(e[at]) <= Tolerance * mu)
            {
                e[at] = 0;
                return true;
            }

            mu = Math.Abs(d[i + step]) * (mu / (mu + Math.Abs(e[at])));
            least = Math.Min(least, mu);
        }

        return false;
    }

    private double Shift(ReadOnlySpan<double> d, int first, int last, int direction, double least, double greatest)
    {
        // A shift would cost the least value's accuracy.
        if (d.Length * Tolerance * (least / greatest) <= Math.Max(Epsilon, 0.01 * Tolerance)) return 0;
        int at = direction == 1 ? last - 1 : first;
        double start = Math.Abs(direction == 1 ? d[first] : d[last]), shift = LeastOfTwo(d[at], e[at], d[at + 1]);
        return start > 0 && shift / start * (shift / start) < Epsilon ? 0 : shift;
    }

    private void Down(Span<double> d, int first, int last, double shift, double threshold)
    {
        int n = d.Length;
        if (shift == 0)
        {
            double c = 1, oldC = 1, oldS = 0;
            for (int i = first; i < last; i++)
            {
                Rotation right = Rotation.Of(d[i] * c, e[i], out double r);
                c = right.C;
                if (i > first) e[i - 1] = oldS * r;
                Rotation left = Rotation.Of(oldC * r, d[i + 1] * right.S, out d[i]);
                (oldC, oldS) = (left.C, left.S);
                Turn(i, n, left.C, left.S, right.C, right.S);
            }

            double h = d[last] * c;
            d[last] = h * oldC;
            e[last - 1] = h * oldS;
        }
        else
        {
            double f = (Math.Abs(d[first]) - shift) * (Math.CopySign(1, d[first]) + (shift / d[first])), g = e[first];
            for (int i = first; i < last; i++)
            {
                Rotation right = Rotation.Of(f, g, out double r);
                if (i > first) e[i - 1] = r;
                f = (right.C * d[i]) + (right.S * e[i]);
                e[i] = (right.C * e[i]) - (right.S * d[i]);
                g = right.S * d[i + 1];
                d[i + 1] *= right.C;
                Rotation left = Rotation.Of(f, g, out d[i]);
                f = (left.C * e[i]) + (left.S * d[i + 1]);
                d[i + 1] = (left.C * d[i + 1]) - (left.S * e[i]);
                if (i < last - 1)
                {
                    g = left.S * e[i + 1];
                    e[i + 1] *= left.C;
                }

                Turn(i, n, left.C, left.S, right.C, right.S);
            }

            e[last - 1] = f;
        }

        if (Math.Abs(e[last - 1]) <= threshold) e[last - 1] = 0;
    }

    private void Up(Span<double> d, int first, int last, double shift, double threshold)
    {
        int n = d.Length;
        if (shift == 0)
        {
            double c = 1, oldC = 1, oldS = 0;
            for (int i = last; i > first; i--)
            {
                Rotation left = Rotation.Of(d[i] * c, e[i - 1], out double r);
                c = left.C;
                if (i < last) e[i] = oldS * r;
                Rotation right = Rotation.Of(oldC * r, d[i - 1] * left.S, out d[i]);
                (oldC, oldS) = (right.C, right.S);
                Turn(i - 1, n, left.C, -left.S, right.C, -right.S);
            }

            double h = d[first] * c;
            d[first] = h * oldC;
            e[first] = h * oldS;
        }
        else
        {
            double f = (Math.Abs(d[last]) - shift) * (Math.CopySign(1, d[last]) + (shift / d[last])), g = e[last - 1];
            for (int i = last; i > first; i--)
            {
                Rotation left = Rotation.Of(f, g, out double r);
                if (i < last) e[i] = r;
                f = (left.C * d[i]) + (left.S * e[i - 1]);
                e[i - 1] = (left.C * e[i - 1]) - (left.S * d[i]);
                g = left.S * d[i - 1];
                d[i - 1] *= left.C;
                Rotation right = Rotation.Of(f, g, out d[i]);
                f = (right.C * e[i - 1]) + (right.S * d[i - 1]);
                d[i - 1] = (right.C * d[i - 1]) - (right.S * e[i - 1]);
                if (i > first + 1)
                {
                    g = right.S * e[i - 2];
                    e[i - 2] *= right.C;
                }

                Turn(i - 1, n, left.C, -left.S, right.C, -right.S);
            }

            e[first] = f;
        }

        if (Math.Abs(e[first]) <= threshold) e[first] = 0;
    }

    private void Turn(int i, int n, double leftC, double leftS, double rightC, double rightS)
    {
        Vectors.Rotate(Row(u, i, n), Row(u, i + 1, n), leftC, leftS);
        Vectors.Rotate(Row(v, i, n), Row(v, i + 1, n), rightC, rightS);
    }

    private void Sort(Span<double> d)
    {
        int n = d.Length;
        Matrix left = new(u, n, n), right = new(v, n, n);
        for (int end = n - 1; end > 0; end--)
        {
            int least = 0;
            for (int j = 1; j <= end; j++)
            {
                if (d[j] <= d[least]) least = j;
            }

            (d[least], d[end]) = (d[end], d[least]);
            left.SwapRows(least, end);
            right.SwapRows(least, end);
        }
    }

    /// <summary>The lesser singular value of [[f, g], [0, h]] (LAPACK's <c>las2</c>).</summary>
    private static double LeastOfTwo(double f, double g, double h)
    {
        double lesser = Math.Min(Math.Abs(f), Math.Abs(h)), greater = Math.Max(Math.Abs(f), Math.Abs(h)), beside = Math.Abs(g);
        if (lesser == 0) return 0;
        double sum = 1 + (lesser / greater), difference = (greater - lesser) / greater;
        if (beside < greater)
        {
            double ratio = beside / greater * (beside / greater);
            return lesser * (2 / (Math.Sqrt((sum * sum) + ratio) + Math.Sqrt((difference * difference) + ratio)));
        }

        double inverse = greater / beside;
        if (inverse == 0) return lesser * greater / beside;
        double a = sum * inverse, b = difference * inverse;
        return 2 * (lesser * (1 / (Math.Sqrt(1 + (a * a)) + Math.Sqrt(1 + (b * b)))) * inverse);
    }

    /// <summary>Decomposes the block [[f, g], [0, h]] at a place of the diagonal (LAPACK's <c>lasv2</c>).</summary>
    private void TwoByTwo(Span<double> d, int at)
    {
        double f = d[at], g = e[at], h = d[at + 1], ft = f, ht = h;
        bool swap = Math.Abs(h) > Math.Abs(f);
        if (swap) (ft, ht) = (ht, ft);
        double fa = Math.Abs(ft), ha = Math.Abs(ht), ga = Math.Abs(g);
        int largest = swap ? 3 : 1;
        double least = ha, most = fa, cl = 1, cr = 1, sl = 0, sr = 0;
        if (ga > fa && fa / ga < Epsilon)
        {
            largest = 2;
            most = ga;
            least = ha > 1 ? fa / (ga / ha) : fa / ga * ha;
            (cl, sl, sr, cr) = (1, ht / g, 1, ft / g);
        }
        else if (ga != 0)
        {
            if (ga > fa) largest = 2;
            double difference = fa - ha, l = difference == fa ? 1 : difference / fa, m = g / ft, t = 2 - l, mm = m * m;
            double s = Math.Sqrt((t * t) + mm), r = l == 0 ? Math.Abs(m) : Math.Sqrt((l * l) + mm), a = 0.5 * (s + r);
            least = ha / a;
            most = fa * a;
            t = mm != 0 ? ((m / (s + t)) + (m / (r + l))) * (1 + a)
                : l == 0 ? Math.CopySign(2, ft) * Math.CopySign(1, g)
                : (g / Math.CopySign(difference, ft)) + (m / t);
            l = Math.Sqrt((t * t) + 4);
            cr = 2 / l;
            sr = t / l;
            cl = (cr + (sr * m)) / a;
            sl = ht / ft * sr / a;
        }

        (Rotation left, Rotation right) = swap ? (new Rotation(sr, cr), new Rotation(sl, cl)) : (new Rotation(cl, sl), new Rotation(cr, sr));
        double sign = largest switch
        {
            1 => Math.CopySign(1, right.C) * Math.CopySign(1, left.C) * Math.CopySign(1, f),
            2 => Math.CopySign(1, right.S) * Math.CopySign(1, left.C) * Math.CopySign(1, g),
            _ => Math.CopySign(1, right.S) * Math.CopySign(1, left.S) * Math.CopySign(1, h),
        };
        d[at] = Math.CopySign(most, sign);
        e[at] = 0;
        d[at + 1] = Math.CopySign(least, sign * Math.CopySign(1, f) * Math.CopySign(1, h));
        Turn(at, d.Length, left.C, left.S, right.C, right.S);
    }
}

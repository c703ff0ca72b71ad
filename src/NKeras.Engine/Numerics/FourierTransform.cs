using System.Collections.Concurrent;

namespace NKeras.Engine.Numerics;

/// <summary>
/// The discrete Fourier transform of any length: Stockham's self-sorting steps for lengths whose prime factors are small, Bluestein's
/// convolution for others, both in O(n log n).
/// </summary>
internal sealed class FourierTransform
{
    /// <summary>Greater prime factors are left to Bluestein's algorithm.</summary>
    private const int GreatestFactor = 31;

    /// <summary>Tables are few and small, but lengths come from users.</summary>
    private const int MostKept = 64;

    private static readonly ConcurrentDictionary<int, FourierTransform> s_plans = new();

    private readonly int _n;
    private readonly int[] _factors;
    private readonly double[] _cos;
    private readonly double[] _sin;
    private readonly FourierTransform? _convolution;
    private readonly double[]? _filterRe;
    private readonly double[]? _filterIm;

    private FourierTransform(int n)
    {
        _n = n;
        _factors = Factors(n);
        bool direct = _factors.Length == 0 || _factors.Max() <= GreatestFactor;
        // Bluestein's chirps are roots of twice the order.
        int roots = direct ? n : 2 * n;
        _cos = new double[roots];
        _sin = new double[roots];
        for (int k = 0; k < roots; k++) (_sin[k], _cos[k]) = SinCos(k, roots);
        if (direct) return;

        int length = 1;
        while (length < (2 * n) - 1) length *= 2;
        _convolution = For(length);
        _filterRe = new double[length];
        _filterIm = new double[length];
        for (int k = 0; k < n; k++)
        {
            (double c, double s) = Chirp(k);
            _filterRe[k] = _filterRe[(length - k) % length] = c;
            _filterIm[k] = _filterIm[(length - k) % length] = s;
        }

        _convolution.Run(_filterRe, _filterIm, inverse: false);
    }

    /// <summary>The transform of a length.</summary>
    public static FourierTransform For(int n)
    {
        if (s_plans.TryGetValue(n, out FourierTransform? plan)) return plan;
        if (s_plans.Count >= MostKept) s_plans.Clear();
        return s_plans[n] = new FourierTransform(n);
    }

    /// <summary>Replaces a complex sequence by Σⱼ xⱼ·exp(∓2πi·jk/n), the inverse transform without its factor 1/n.</summary>
    public void Run(Span<double> re, Span<double> im, bool inverse)
    {
        // The inverse is the transform with real and imaginary parts exchanged.
        if (inverse) Forward(im, re);
        else Forward(re, im);
    }

    private void Forward(Span<double> re, Span<double> im)
    {
        if (_n <= 1) return;
        if (_convolution != null)
        {
            Convolve(re, im);
            return;
        }

        using Workspace.Scope scope = Workspace.Enter();
        Span<double> xRe = re, xIm = im, yRe = Workspace.Take(_n), yIm = Workspace.Take(_n);
        int length = _n, stride = 1;
        foreach (int factor in _factors)
        {
            if (factor == 2) Two(xRe, xIm, yRe, yIm, length / 2, stride);
            else if (factor == 4) Four(xRe, xIm, yRe, yIm, length / 4, stride);
            else Many(xRe, xIm, yRe, yIm, factor, length / factor, stride);
            Span<double> t = xRe;
            xRe = yRe;
            yRe = t;
            t = xIm;
            xIm = yIm;
            yIm = t;
            length /= factor;
            stride *= factor;
        }

        if (_factors.Length % 2 == 0) return;
        xRe.CopyTo(re);
        xIm.CopyTo(im);
    }

    private void Two(Span<double> xRe, Span<double> xIm, Span<double> yRe, Span<double> yIm, int m, int stride)
    {
        for (int p = 0; p < m; p++)
        {
            (double c, double s) = (_cos[p * stride], -_sin[p * stride]);
            int a = stride * p, b = stride * (p + m), to = stride * 2 * p;
            for (int q = 0; q < stride; q++)
            {
                double re = xRe[a + q] - xRe[b + q], im = xIm[a + q] - xIm[b + q];
                yRe[to + q] = xRe[a + q] + xRe[b + q];
                yIm[to + q] = xIm[a + q] + xIm[b + q];
                yRe[to + stride + q] = (re * c) - (im * s);
                yIm[to + stride + q] = (re * s) + (im * c);
            }
        }
    }

    private void Four(Span<double> xRe, Span<double> xIm, Span<double> yRe, Span<double> yIm, int m, int stride)
    {
        for (int p = 0; p < m; p++)
        {
            int w = p * stride;
            (double c1, double s1, double c2, double s2, double c3, double s3) = (_cos[w], -_sin[w], _cos[2 * w], -_sin[2 * w], _cos[3 * w], -_sin[3 * w]);
            int a = stride * p, b = a + (stride * m), c = b + (stride * m), d = c + (stride * m), to = stride * 4 * p;
            for (int q = 0; q < stride; q++)
            {
                double sumRe = xRe[a + q] + xRe[c + q], sumIm = xIm[a + q] + xIm[c + q], gapRe = xRe[a + q] - xRe[c + q], gapIm = xIm[a + q] - xIm[c + q];
                double oddRe = xRe[b + q] + xRe[d + q], oddIm = xIm[b + q] + xIm[d + q], turnRe = xIm[b + q] - xIm[d + q], turnIm = xRe[d + q] - xRe[b + q];
                yRe[to + q] = sumRe + oddRe;
                yIm[to + q] = sumIm + oddIm;
                Store(yRe, yIm, to + stride + q, gapRe + turnRe, gapIm + turnIm, c1, s1);
                Store(yRe, yIm, to + (2 * stride) + q, sumRe - oddRe, sumIm - oddIm, c2, s2);
                Store(yRe, yIm, to + (3 * stride) + q, gapRe - turnRe, gapIm - turnIm, c3, s3);
            }
        }
    }

    private static void Store(Span<double> yRe, Span<double> yIm, int at, double re, double im, double c, double s)
    {
        yRe[at] = (re * c) - (im * s);
        yIm[at] = (re * s) + (im * c);
    }

    private void Many(Span<double> xRe, Span<double> xIm, Span<double> yRe, Span<double> yIm, int factor, int m, int stride)
    {
        int root = _n / factor;
        for (int p = 0; p < m; p++)
        {
            for (int t = 0; t < factor; t++)
            {
                (double c, double s) = (_cos[p * t * stride], -_sin[p * t * stride]);
                int to = stride * ((factor * p) + t);
                for (int q = 0; q < stride; q++)
                {
                    double re = 0, im = 0;
                    for (int r = 0; r < factor; r++)
                    {
                        int from = (stride * (p + (m * r))) + q, w = r * t % factor * root;
                        re += (xRe[from] * _cos[w]) + (xIm[from] * _sin[w]);
                        im += (xIm[from] * _cos[w]) - (xRe[from] * _sin[w]);
                    }

                    Store(yRe, yIm, to + q, re, im, c, s);
                }
            }
        }
    }

    private void Convolve(Span<double> re, Span<double> im)
    {
        int length = _convolution!._n;
        using Workspace.Scope scope = Workspace.Enter();
        Numbers aRe = Workspace.Take(length), aIm = Workspace.Take(length);
        for (int k = 0; k < _n; k++)
        {
            (double c, double s) = Chirp(k);
            aRe[k] = (re[k] * c) + (im[k] * s);
            aIm[k] = (im[k] * c) - (re[k] * s);
        }

        _convolution.Run(aRe, aIm, inverse: false);
        for (int k = 0; k < length; k++) Store(aRe, aIm, k, aRe[k], aIm[k], _filterRe![k], _filterIm![k]);
        _convolution.Run(aRe, aIm, inverse: true);
        for (int k = 0; k < _n; k++)
        {
            (double c, double s) = Chirp(k);
            re[k] = ((aRe[k] * c) + (aIm[k] * s)) / length;
            im[k] = ((aIm[k] * c) - (aRe[k] * s)) / length;
        }
    }

    /// <summary>exp(πi·k²/n).</summary>
    private (double Cos, double Sin) Chirp(int k)
    {
        int at = (int)((long)k * k % (2L * _n));
        return (_cos[at], _sin[at]);
    }

    /// <summary>exp(2πi·k/n), exact at the eighths of the circle.</summary>
    private static (double Sin, double Cos) SinCos(int k, int n)
    {
        long eighth = 8L * k / n;
        double angle = 2 * Math.PI * (k - (eighth * n / 8.0)) / n;
        if (eighth % 2 == 1) angle = (Math.PI / 4) - angle;
        (double s, double c) = Math.SinCos(angle);
        if ((eighth + 1) / 2 % 2 == 1) (s, c) = (c, s);
        return (eighth < 4 ? s : -s, eighth is < 2 or > 5 ? c : -c);
    }

    private static int[] Factors(int n)
    {
        List<int> factors = [];
        foreach (int radix in (int[])[4, 2])
        {
            for (; n % radix == 0 && n > 1; n /= radix) factors.Add(radix);
        }

        for (int p = 3; n > 1; p += 2)
        {
            if ((long)p * p > n) p = n;
            for (; n % p == 0; n /= p) factors.Add(p);
        }

        return [.. factors];
    }
}

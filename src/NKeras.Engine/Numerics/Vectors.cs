using System.Numerics;
using System.Runtime.InteropServices;

namespace NKeras.Engine.Numerics;

/// <summary>Loops over rows of matrices.</summary>
internal static class Vectors
{
    /// <summary>Norms outside this range are found by scaling first, so that squares neither overflow nor vanish.</summary>
    private const double Small = 1e-140, Large = 1e140;

    /// <summary>Σ x·y.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        y = y[..x.Length];
        ReadOnlySpan<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(x), b = MemoryMarshal.Cast<double, Vector<double>>(y);
        Vector<double> sums = Vector<double>.Zero;
        for (int i = 0; i < a.Length; i++) sums += a[i] * b[i];
        double sum = Vector.Sum(sums);
        for (int i = a.Length * Vector<double>.Count; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>y += factor · x.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        y = y[..x.Length];
        ReadOnlySpan<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> b = MemoryMarshal.Cast<double, Vector<double>>(y);
        Vector<double> factors = new(factor);
        for (int i = 0; i < a.Length; i++) b[i] += factors * a[i];
        for (int i = a.Length * Vector<double>.Count; i < x.Length; i++) y[i] += factor * x[i];
    }

    /// <summary>x *= factor.</summary>
    public static void Scale(double factor, Span<double> x)
    {
        for (int i = 0; i < x.Length; i++) x[i] *= factor;
    }

    /// <summary>Turns two vectors: x becomes c·x + s·y, y becomes c·y - s·x.</summary>
    public static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        y = y[..x.Length];
        Span<Vector<double>> a = MemoryMarshal.Cast<double, Vector<double>>(x), b = MemoryMarshal.Cast<double, Vector<double>>(y);
        Vector<double> cs = new(c), ss = new(s);
        for (int i = 0; i < a.Length; i++) (a[i], b[i]) = ((cs * a[i]) + (ss * b[i]), (cs * b[i]) - (ss * a[i]));
        for (int i = a.Length * Vector<double>.Count; i < x.Length; i++) (x[i], y[i]) = ((c * x[i]) + (s * y[i]), (c * y[i]) - (s * x[i]));
    }

    /// <summary>√Σ x², without overflow.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        double norm = Math.Sqrt(Dot(x, x));
        if (norm is > Small and < Large) return norm;
        double greatest = 0, sum = 0;
        foreach (double value in x) greatest = Math.Max(greatest, Math.Abs(value));
        if (greatest == 0 || !double.IsFinite(greatest)) return greatest;
        foreach (double value in x) sum += value / greatest * (value / greatest);
        return greatest * Math.Sqrt(sum);
    }
}

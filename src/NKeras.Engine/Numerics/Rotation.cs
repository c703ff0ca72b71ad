namespace NKeras.Engine.Numerics;

/// <summary>A plane rotation: cosine and sine.</summary>
/// <param name="C">The cosine.</param>
/// <param name="S">The sine.</param>
internal readonly record struct Rotation(double C, double S)
{
    /// <summary>The rotation that turns (f, g) into (r, 0), with r of the sign of f, as LAPACK's <c>lartg</c> does.</summary>
    public static Rotation Of(double f, double g, out double r)
    {
        if (g == 0)
        {
            r = f;
            return new(1, 0);
        }

        if (f == 0)
        {
            r = Math.Abs(g);
            return new(0, Math.Sign(g));
        }

        double length = Hypot(f, g);
        r = Math.CopySign(length, f);
        return new(Math.Abs(f) / length, g / r);
    }

    /// <summary>√(a² + b²), without overflow.</summary>
    public static double Hypot(double a, double b)
    {
        double greater = Math.Max(Math.Abs(a), Math.Abs(b)), lesser = Math.Min(Math.Abs(a), Math.Abs(b));
        return lesser == 0 ? greater : greater * Math.Sqrt(1 + (lesser / greater * (lesser / greater)));
    }
}

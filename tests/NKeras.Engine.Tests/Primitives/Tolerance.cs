namespace NKeras.Engine.Tests.Primitives;

/// <summary>
/// How far a result may be from the reference, in units of the type's precision: a part of the expected number, an absolute
/// part, and a part of what the reference gives for the operands' absolute values (the bound for sums, which may cancel).
/// </summary>
internal readonly record struct Tolerance(double Relative, double Absolute = 0, double OfMagnitude = 0)
{
    /// <summary>The same bits, except that any NaN stands for any other.</summary>
    public static Tolerance Exact => default;

    /// <summary>The same numbers; zeros may differ in sign.</summary>
    public static Tolerance SameNumber => new(0, double.Epsilon);

    public static Tolerance Ulps(double ulps) => new(ulps);

    public static Tolerance Accumulated(double ulps) => new(0, 0, ulps);

    /// <summary>The first element that is further off than allowed, as text; null if there is none.</summary>
    public string? Violation(ElementView expected, ElementView actual, ElementView? magnitude)
    {
        for (int i = 0; i < expected.Size; i++)
        {
            if (!Accepts(expected, actual, magnitude, i))
                return $"element {i} of {expected.Spec} is {actual.Format(i)}, not {expected.Format(i)}";
        }

        return null;
    }

    /// <summary>The difference between 1 and the next number.</summary>
    public static double Epsilon(DType type) => type == DType.Float64 ? Math.Pow(2, -52)
        : type == DType.Float32 ? Math.Pow(2, -23)
        : type == DType.Float16 ? Math.Pow(2, -10)
        : Math.Pow(2, -7);

    private bool Accepts(ElementView expected, ElementView actual, ElementView? magnitude, int i)
    {
        if (!expected.IsFloating) return expected.Long(i) == actual.Long(i);
        double e = expected.Double(i), a = actual.Double(i);
        if (double.IsNaN(e)) return double.IsNaN(a);
        if (BitConverter.DoubleToInt64Bits(e) == BitConverter.DoubleToInt64Bits(a)) return true;
        if (this == Exact || double.IsInfinity(e)) return false;
        double scale = (Relative * Math.Max(Math.Abs(e), Smallest(expected.DType))) + Absolute;
        if (magnitude is { } m && double.IsFinite(m.Double(i))) scale += OfMagnitude * m.Double(i);
        return Math.Abs(e - a) <= scale * Epsilon(expected.DType);
    }

    /// <summary>The least normal number: below it precision is absolute.</summary>
    private static double Smallest(DType type) => type == DType.Float64 ? 2.2250738585072014e-308
        : type == DType.Float16 ? 6.103515625e-05
        : 1.1754943508222875e-38;
}

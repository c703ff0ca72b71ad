namespace NKeras.Engine.Primitives;

/// <summary>Lets a plain kernel written for double serve every floating-point type.</summary>
internal static class DoubleBuffer
{
    /// <summary>The elements as doubles, which hold every floating-point type exactly.</summary>
    public static double[] Read(ElementView view)
    {
        double[] values = new double[view.Size];
        for (int i = 0; i < values.Length; i++) values[i] = view.Double(i);
        return values;
    }

    /// <summary>Stores doubles, rounding once.</summary>
    public static void Write(ElementView view, ReadOnlySpan<double> values)
    {
        for (int i = 0; i < values.Length; i++) view.SetDouble(i, values[i]);
    }
}

namespace NKeras.Conformance.Comparison;

/// <summary>Compares tensors.</summary>
internal static class TensorComparison
{
    /// <summary>Differences of shape, type and values.</summary>
    /// <param name="recorded">The recorded tensor.</param>
    /// <param name="actual">The other.</param>
    /// <param name="tolerance">How far values may be apart; null not to compare them.</param>
    /// <param name="path">What the tensors are.</param>
    public static IEnumerable<Difference> Compare(Tensor recorded, Tensor actual, Tolerance? tolerance, string path)
    {
        if (recorded.DType != actual.DType) yield return new(DifferenceKind.DType, $"{path} has type {actual.DType}, Keras {recorded.DType}");
        if (recorded.Shape != actual.Shape) yield return new(DifferenceKind.Shape, $"{path} has shape {actual.Shape}, Keras {recorded.Shape}");
        else if (tolerance is { } within && Values(recorded, actual, within, path) is { } difference) yield return difference;
    }

    /// <summary>A difference of values, whatever the types; null if there is none.</summary>
    public static Difference? Values(Tensor recorded, Tensor actual, Tolerance tolerance, string path)
    {
        if (recorded is ComplexTensor a && actual is ComplexTensor b) return Values(a.Real, b.Real, tolerance, $"the real part of {path}") ?? Values(a.Imag, b.Imag, tolerance, $"the imaginary part of {path}");
        double[] expected = Numbers(recorded), given = Numbers(actual);
        int[] differing = [.. Enumerable.Range(0, expected.Length).Where(i => !tolerance.Accepts(expected[i], given[i]))];
        if (differing.Length == 0) return null;
        int worst = differing.MaxBy(i => Math.Abs(expected[i] - given[i]));
        return new(DifferenceKind.Value, $"{path}{Place(recorded.Shape, worst)} is {given[worst]:G9}, Keras {expected[worst]:G9} ({differing.Length} of {expected.Length} elements differ)");
    }

    /// <summary>The only element as a number.</summary>
    public static double Number(Tensor scalar) => Numbers(scalar)[0];

    /// <summary>All elements.</summary>
    public static double[] Numbers(Tensor tensor) => Ops.Cast(tensor, DType.Float64).ToArray<double>();

    private static string Place(Shape shape, int index)
    {
        if (shape.Rank == 0) return "";
        int[] place = new int[shape.Rank];
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            int length = shape[d] ?? 1;
            (place[d], index) = (index % length, index / length);
        }

        return $"[{string.Join(", ", place)}]";
    }
}

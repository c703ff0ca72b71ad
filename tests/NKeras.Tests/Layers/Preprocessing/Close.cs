namespace NKeras.Tests.Layers.Preprocessing;

/// <summary>Numbers that are equal but for rounding.</summary>
internal static class Close
{
    /// <summary>Fails unless a tensor has these elements.</summary>
    public static void To(IReadOnlyList<float> expected, Tensor actual, double tolerance = 1e-5) => Equal(expected, Ops.Cast(actual is SparseTensor sparse ? sparse.ToDense() : actual, DType.Float32).ToArray<float>(), tolerance);

    /// <summary>Fails unless numbers are these.</summary>
    public static void Equal(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            double most = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= most, $"element {i} is {actual[i]}, not {expected[i]}");
        }
    }
}

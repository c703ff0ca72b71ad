namespace NKeras.Engine.Tests.Cpu;

/// <summary>What the tests of CPU kernels share.</summary>
internal static class KernelTestData
{
    private const int Guard = 32;
    private const float GuardValue = 12345;

    /// <summary>Small whole numbers: sums of products of them are exact, so results can be compared bit by bit whatever the order.</summary>
    public static float[] Integers(Random random, int count)
    {
        float[] values = GC.AllocateArray<float>(count + Guard, pinned: true);
        for (int i = 0; i < count; i++) values[i] = random.Next(-4, 5);
        values.AsSpan(count).Fill(float.NaN); // A kernel may read too far, but must not let it show.
        return values;
    }

    /// <summary>Room for <paramref name="count"/> results, with a guard behind that must survive.</summary>
    public static float[] Room(int count)
    {
        float[] values = GC.AllocateArray<float>(count + Guard, pinned: true);
        values.AsSpan(0, count).Fill(-999);
        values.AsSpan(count).Fill(GuardValue);
        return values;
    }

    /// <summary>Asserts that two results are equal bit by bit, zeros and NaNs of any sign being the same.</summary>
    public static void AssertSame(float[] expected, float[] actual, string what)
    {
        int count = actual.Length - Guard;
        for (int i = 0; i < count; i++)
        {
            if (!expected[i].Equals(actual[i]))
                Assert.Fail($"{what}: element {i} of {count} is {actual[i]}, expected {expected[i]}");
        }

        if (actual.AsSpan(count).ContainsAnyExcept(GuardValue)) Assert.Fail($"{what}: wrote behind its result");
    }
}

using NKeras.Constraints;
using NKeras.Optimizers;

namespace NKeras.Tests.Constraints;

/// <summary>Names, values that can be checked by hand, and what optimizers do with constraints.</summary>
public sealed class ConstraintTests
{
    [Theory]
    [InlineData("max_norm", typeof(MaxNorm))]
    [InlineData("MinMaxNorm", typeof(MinMaxNorm))]
    [InlineData("non_neg", typeof(NonNeg))]
    [InlineData("unit_norm", typeof(UnitNorm))]
    public void NamesConvert(string name, Type type) => Assert.IsType(type, (Constraint)name);

    [Fact]
    public void UnknownNamesAreRefused() =>
        Assert.Contains("Unknown constraint 'non_negative'", Assert.Throws<ArgumentException>(() => (Constraint)"non_negative").Message);

    [Fact]
    public void LengthsAreBrought()
    {
        Tensor w = new float[,] { { 3, 0.3f, 0 }, { 4, 0.4f, 0 } };
        AssertClose([0.6, 0.6, 0, 0.8, 0.8, 0], new UnitNorm().Apply(w));
        AssertClose([1.2, 0.3, 0, 1.6, 0.4, 0], new MaxNorm(2).Apply(w));
        AssertClose([1.2, 0.6, 0, 1.6, 0.8, 0], new MinMaxNorm(1, 2).Apply(w));
        AssertClose([2.1, 0.45, 0, 2.8, 0.6, 0], new MinMaxNorm(1, 2, rate: 0.5).Apply(w));
        double first = Math.Sqrt(9.09), second = Math.Sqrt(16.16);
        AssertClose([3 / first, 0.3 / first, 0, 4 / second, 0.4 / second, 0], new UnitNorm(axis: 1).Apply(w));
    }

    [Fact]
    public void TheyHoldAfterEachStep()
    {
        Variable free = new(Tensor.From<float>([1])), bound = new(Tensor.From<float>([1])) { Constraint = "non_neg" };
        new SGD(2, weightDecay: 0.1).Apply([Tensor.From<float>([1]), Tensor.From<float>([1])], [free, bound]);
        Assert.Equal(-1.2f, free.Value.Item<float>(), 1e-6f);
        Assert.Equal(0, bound.Value.Item<float>());
    }

    private static void AssertClose(double[] expected, Tensor actual)
    {
        float[] values = actual.ToArray<float>();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], 1e-5);
    }
}

namespace NKeras.Tests.Operations;

/// <summary>C# operators on data: element by element, as Python's.</summary>
public sealed class OperatorTests
{
    private static readonly Tensor s_x = new float[] { -3, 0, 3 };

    [Fact]
    public void ComparisonsCompareElements()
    {
        Assert.Equal([false, false, true], (s_x > 0).ToArray<bool>());
        Assert.Equal([false, true, true], (s_x >= 0).ToArray<bool>());
        Assert.Equal([true, false, false], (0 > s_x).ToArray<bool>());
        Assert.Equal([true, true, false], (s_x <= 0.5).ToArray<bool>());
    }

    [Fact]
    public void EqualityIsThatOfObjects()
    {
        Tensor same = s_x, copy = s_x + 0;
        Assert.True(s_x == same);
        Assert.True(s_x != copy);
        Assert.Equal([true, true, true], Ops.Equal(s_x, copy).ToArray<bool>());
    }

    [Fact]
    public void RemaindersHaveTheSignOfTheDivisor()
    {
        Assert.Equal([1f, 0, 1], (s_x % 2).ToArray<float>());
        Assert.Equal([-1f, 0, -1], (s_x % -2).ToArray<float>());
        Assert.Equal([-2f, 0, 1], Ops.FloorDivide(s_x, 2).ToArray<float>());
    }

    [Fact]
    public void TruthValuesAreCombined()
    {
        Tensor a = s_x > 0, b = s_x < 3;
        Assert.Equal([false, false, false], (a & b).ToArray<bool>());
        Assert.Equal([true, true, true], (a | b).ToArray<bool>());
        Assert.Equal([true, true, true], (a ^ b).ToArray<bool>());
        Assert.Equal([true, true, false], (~a).ToArray<bool>());
    }
}

using NKeras.Engine.Runtime;

namespace NKeras.Tests.Operations;

/// <summary>Padding; expected values are NumPy's, for <c>wrap</c> those of NumPy 1.25 and later.</summary>
public sealed class PaddingTests
{
    private static readonly Tensor s_row = new float[] { 1, 5, 2, 8 };

    public static TheoryData<string, float[]> Modes => new()
    {
        { "constant", [0, 0, 0, 1, 5, 2, 8, 0, 0, 0, 0, 0, 0] },
        { "empty", [0, 0, 0, 1, 5, 2, 8, 0, 0, 0, 0, 0, 0] },
        { "edge", [1, 1, 1, 1, 5, 2, 8, 8, 8, 8, 8, 8, 8] },
        { "reflect", [8, 2, 5, 1, 5, 2, 8, 2, 5, 1, 5, 2, 8] },
        { "symmetric", [2, 5, 1, 1, 5, 2, 8, 8, 2, 5, 1, 1, 5] },
        { "wrap", [5, 2, 8, 1, 5, 2, 8, 1, 5, 2, 8, 1, 5] },
        { "circular", [5, 2, 8, 1, 5, 2, 8, 1, 5, 2, 8, 1, 5] },
        { "linear_ramp", [0, 1f / 3, 2f / 3, 1, 5, 2, 8, 20f / 3, 16f / 3, 4, 8f / 3, 4f / 3, 0] },
        { "maximum", [8, 8, 8, 1, 5, 2, 8, 8, 8, 8, 8, 8, 8] },
        { "minimum", [1, 1, 1, 1, 5, 2, 8, 1, 1, 1, 1, 1, 1] },
        { "mean", [4, 4, 4, 1, 5, 2, 8, 4, 4, 4, 4, 4, 4] },
        { "median", [3.5f, 3.5f, 3.5f, 1, 5, 2, 8, 3.5f, 3.5f, 3.5f, 3.5f, 3.5f, 3.5f] },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public void EveryModeFillsItsWay(string mode, float[] expected)
    {
        Assert.Equal(expected, Ops.Pad(s_row, (3, 6), mode).ToArray<float>());
        Assert.Equal(expected, Jit.Compile([s_row.Spec], a => [Ops.Pad(a[0], (3, 6), mode)]).Run(s_row)[0].ToArray<float>());
        Assert.Equal([13, null], Ops.Pad(new KerasTensor([4, null]), [(3, 6), (0, 1)], mode).Shape);
        if (mode is not ("maximum" or "minimum" or "median")) GradientCheck.Of(x => Ops.Pad(x, [(1, 2), (2, 5)], mode), Tensor.From([1.0, 5, 2, 8, -1, 3], [2, 3]));
    }

    [Theory]
    [InlineData("linear_ramp", new[] { 0, 0, 0, 1, 5, 2, 8, 6, 5, 4, 2, 1, 0 })]
    [InlineData("mean", new[] { 4, 4, 4, 1, 5, 2, 8, 4, 4, 4, 4, 4, 4 })]
    [InlineData("median", new[] { 4, 4, 4, 1, 5, 2, 8, 4, 4, 4, 4, 4, 4 })]
    public void IntegersAreRounded(string mode, int[] expected) => Assert.Equal(expected, Ops.Pad(new int[] { 1, 5, 2, 8 }, (3, 6), mode).ToArray<int>());

    [Theory]
    [InlineData("mean", new[] { 3.5f, 3.5f, 2.5f, 3.5f, 4.5f, 3.5f, 2, 2, 1, 2, 3, 2, 5, 5, 4, 5, 6, 5 })]
    [InlineData("reflect", new[] { 6f, 5, 4, 5, 6, 5, 3, 2, 1, 2, 3, 2, 6, 5, 4, 5, 6, 5 })]
    [InlineData("linear_ramp", new[] { 0f, 0, 0, 0, 0, 0, 0, 0.5f, 1, 2, 3, 0, 0, 2, 4, 5, 6, 0 })]
    [InlineData("maximum", new[] { 6f, 6, 4, 5, 6, 6, 3, 3, 1, 2, 3, 3, 6, 6, 4, 5, 6, 6 })]
    public void AxesArePaddedOneAfterTheOther(string mode, float[] expected) =>
        Assert.Equal(expected, Ops.Pad(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }, [(1, 0), (2, 1)], mode).ToArray<float>());

    [Fact]
    public void ConstantsMayDifferFromEndToEnd()
    {
        Tensor x = new int[,] { { 1, 2, 3 }, { 4, 5, 6 } };
        Assert.Equal([3, 1, 1, 1, 4, 4, 3, 1, 2, 3, 4, 4, 3, 4, 5, 6, 4, 4, 3, 2, 2, 2, 4, 4], Ops.Pad(x, [(1, 1), (1, 2)], constantValues: new int[,] { { 1, 2 }, { 3, 4 } }).ToArray<int>());
        Assert.Equal([8, 8, 8, 8, 9, 8, 1, 2, 3, 9, 8, 4, 5, 6, 9, 8, 9, 9, 9, 9], Ops.Pad(x, 1, constantValues: new int[] { 8, 9 }).ToArray<int>());
        Assert.Equal([7f, 7, 1, 5, 2, 8, 7, 7], Ops.Pad(s_row, 2, constantValues: 7).ToArray<float>());
        Assert.Equal([0f, 1, 5, 2, 8, 0, 0], Ops.Pad(s_row, [[1, 2]]).ToArray<float>());
        Assert.Equal([0f, 1, 5, 2, 8, 0], Ops.Pad(s_row, [[1]]).ToArray<float>());
        GradientCheck.Of((t, v) => Ops.Pad(t, 1, constantValues: v), Tensor.From([1.0, 2]), Tensor.From([3.0, 4]));
        KerasTensor constant = new([]);
        Assert.Equal([6], Ops.Pad(new KerasTensor([4]), 1, constantValues: constant).Shape);
    }

    [Fact]
    public void WhatCannotBePaddedIsRefused()
    {
        Assert.Equal([7f, 7, 7, 7, 7, 7], Ops.Pad(new float[] { 7 }, (2, 3), "reflect").ToArray<float>());
        Assert.Contains("Did you mean 'reflect'", Assert.Throws<ArgumentException>(() => Ops.Pad(s_row, 1, "reflct")).Message);
        Assert.Throws<ArgumentException>(() => Ops.Pad(s_row, 1, "edge", constantValues: 1));
        Assert.Throws<ArgumentException>(() => Ops.Pad(s_row, -1));
        Assert.Throws<ArgumentException>(() => Ops.Pad(s_row, [(1, 1), (2, 2)]));
        Assert.Throws<ArgumentException>(() => Ops.Pad(s_row, [[1, 2, 3]]));
        Assert.Throws<ArgumentException>(() => Ops.Pad(new float[0], 1, "edge"));
        Assert.Empty(Ops.Pad(new float[0], 0, "edge").ToArray<float>());
    }
}

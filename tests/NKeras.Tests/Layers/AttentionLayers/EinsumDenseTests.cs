using NKeras.Initializers;
using NKeras.Layers;

namespace NKeras.Tests.Layers.AttentionLayers;

public sealed class EinsumDenseTests
{
    // Shapes as Keras gives them, but for "abc,cd->abd" with a bias along b, which Keras refuses although the input says it.
    [Theory]
    [InlineData("ab,bc->ac", new[] { 2, 3 }, new[] { 4 }, "c", new[] { 3, 4 }, new[] { 4 })]
    [InlineData("...ab,bcd->...acd", new[] { 2, 5, 6, 7 }, new[] { -1, 3, 4 }, "cd", new[] { 7, 3, 4 }, new[] { 3, 4 })]
    [InlineData("...ab,bcd->...acd", new[] { 6, 7 }, new[] { 6, 3, 4 }, "c", new[] { 7, 3, 4 }, new[] { 3, 1 })]
    [InlineData("ab...,bc->ac...", new[] { 2, 3, 5, 6 }, new[] { 4 }, "c", new[] { 3, 4 }, new[] { 4, 1, 1 })]
    [InlineData("abc,cd->abd", new[] { 2, 5, 3 }, new[] { -1, 6 }, "bd", new[] { 3, 6 }, new[] { 5, 6 })]
    [InlineData("abc,cd->abd", new[] { 2, 5, 3 }, new[] { -1, 6 }, "b", new[] { 3, 6 }, new[] { 5, 1 })]
    [InlineData("ab,b->a", new[] { 2, 32 }, new int[0], null, new[] { 32 }, null)]
    public void TheEquationGivesTheShapesOfTheWeights(string equation, int[] input, int[] output, string? biasAxes, int[] kernel, int[]? bias)
    {
        EinsumDense layer = new(equation, Partial(output), biasAxes: biasAxes, name: "e");
        layer.Build(input);
        Assert.Equal(kernel, layer.Kernel.Shape);
        Assert.Equal(bias == null ? null : (Shape)bias, layer.Bias?.Shape);
        Assert.Equal(bias == null ? ["e/kernel"] : ["e/kernel", "e/bias"], layer.Weights.Select(w => w.Path));
    }

    [Fact]
    public void OneAxisIsWhatDenseDoes()
    {
        Tensor x = RandomOps.Normal([2, 5, 3], seed: 1);
        EinsumDense layer = new("...x,xy->...y", outputShape: 4, activation: "relu", biasAxes: "y", biasInitializer: "ones");
        Dense dense = new(4, activation: "relu");
        _ = dense.Apply(x);
        Tensor y = layer.Apply(x);
        dense.SetWeights(layer.GetWeights());
        Assert.Equal(dense.Apply(x).ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void KernelsAreAsLargeAsTheirUnitsDemand()
    {
        // 6 inputs (a, b) and 2 outputs: limit √(6 / (6 + 2)). By the usual axes it would be √(6 / (3·2 + 2·2)).
        EinsumDense layer = new("xab,abc->xc", outputShape: 2, kernelInitializer: new GlorotUniform(seed: 3));
        layer.Build([null, 2, 3]);
        float[] expected = new GlorotUniform(3, [0, 1], [2]).Apply([2, 3, 2]).ToArray<float>();
        Assert.Equal(expected, layer.Kernel.Value.ToArray<float>());
    }

    [Fact]
    public void DimensionsOfTheInputMayBeUnknown()
    {
        EinsumDense layer = new("abc,cde->abde", outputShape: [null, 3, 4], biasAxes: "e");
        Assert.Equal([null, null, 3, 4], layer.Apply(new Input([null, 8])).Shape);
        Assert.Equal([2, 5, 3, 4], layer.Apply(Ops.Zeros([2, 5, 8])).Shape);
        Assert.Equal([null, 7, 3, 4], layer.ComputeOutputShape([null, 7, 8]));
    }

    [Theory]
    [InlineData("ab,bc", null, "the form")]
    [InlineData("a...b,bc->a...c", null, "the form")]
    [InlineData("...ab,bc->ac", null, "the form")]
    [InlineData("ab,bc->ad", null, "'d' in the result")]
    [InlineData("ab,cd->ad", null, "'c' in the kernel")]
    [InlineData("ab,bc->ac", "d", "'d' of biasAxes")]
    [InlineData("ab,bc->ac", "", "at least one axis")]
    public void EquationsThatSayTooLittleAreRefused(string equation, string? biasAxes, string says)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new EinsumDense(equation, 4, biasAxes: biasAxes, name: "projection"));
        Assert.Contains("'projection'", error.Message);
        Assert.Contains(says, error.Message);
    }

    [Theory]
    [InlineData("abc,cd->abd", new[] { 2, 3 }, new[] { -1, 4 }, "received shape (2, 3)")]
    [InlineData("abc,cd->abd", new[] { 2, 3, 5 }, new[] { 4 }, "received (4,)")]
    [InlineData("abc,cd->abd", new[] { 2, 3, 5 }, new[] { 7, 4 }, "'b' stands for a dimension of 3")]
    [InlineData("abc,cd->abd", new[] { 2, 3, -1 }, new[] { -1, 4 }, "(None, 4)")]
    public void InputsThatDoNotFitAreRefused(string equation, int[] input, int[] output, string says)
    {
        EinsumDense layer = new(equation, Partial(output), name: "projection");
        ArgumentException error = Assert.Throws<ArgumentException>(() => layer.Build(Partial(input).Shape));
        Assert.Contains("'projection'", error.Message);
        Assert.Contains(says, error.Message);
    }

    private static PartialShape Partial(int[] dims) => PartialShape.Create([.. dims.Select(d => d < 0 ? null : (int?)d)]);
}

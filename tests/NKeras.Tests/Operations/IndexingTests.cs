using NKeras.Layers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary><c>x[…]</c> on data, in layers and on symbolic tensors; expected values are NumPy's.</summary>
public sealed class IndexingTests
{
    private static readonly Tensor s_numbers = Tensor.From(Enumerable.Range(0, 24).ToArray(), [2, 3, 4]);

    /// <summary>Two dots alone would be a spread in a collection expression.</summary>
    private static readonly TensorIndex s_all = Range.All;

    public static TheoryData<string, TensorIndex[], int[], int[]> Parts => new()
    {
        { "[0]", [0], [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "[-1, 0]", [-1, 0], [4], [12, 13, 14, 15] },
        { "[^1, 0]", [^1, 0], [4], [12, 13, 14, 15] },
        { "[1, :, 2]", [1, s_all, 2], [3], [14, 18, 22] },
        { "[0, 1:3]", [0, 1..3], [2, 4], [4, 5, 6, 7, 8, 9, 10, 11] },
        { "[:, ::2, 0]", [s_all, TensorIndex.Slice(step: 2), 0], [2, 2], [0, 8, 12, 20] },
        { "[:, ::-1, 0]", [s_all, TensorIndex.Slice(step: -1), 0], [2, 3], [8, 4, 0, 20, 16, 12] },
        { "[..., -1]", [TensorIndex.Ellipsis, -1], [2, 3], [3, 7, 11, 15, 19, 23] },
        { "[:, None, 0]", [s_all, TensorIndex.NewAxis, 0], [2, 1, 4], [0, 1, 2, 3, 12, 13, 14, 15] },
        { "[:, :, 3:0:-2]", [s_all, s_all, TensorIndex.Slice(3, 0, -2)], [2, 3, 2], [3, 1, 7, 5, 11, 9, 15, 13, 19, 17, 23, 21] },
        { "[:, 5:]", [s_all, 5..], [2, 0, 4], [] },
        { "[^0:]", [^0..], [0, 3, 4], [] },
        { "[:, 0, -100:2]", [s_all, 0, TensorIndex.Slice(-100, 2)], [2, 2], [0, 1, 12, 13] },
        { "[:, :-5:-2]", [s_all, TensorIndex.Slice(null, -5, -2), 0], [2, 2], [8, 0, 20, 12] },
        { "[1, 2, 3]", [1, 2, 3], [], [23] },
        { "[:, :, ::2147483647]", [0, s_all, TensorIndex.Slice(step: int.MaxValue)], [3, 1], [0, 4, 8] },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void PartsAreThoseOfPython(string what, TensorIndex[] key, int[] shape, int[] values)
    {
        Tensor part = s_numbers[key];
        Assert.Equal(new Shape(shape), part.Shape);
        Assert.Equal(values, part.ToArray<int>());
        Assert.Equal(values, Ops.GetItem(s_numbers, key).ToArray<int>());

        // The same in a model, where the batch size is not known when the step is made.
        Input x = new([3, 4], dtype: "int32");
        Model model = new(x, x[key]);
        Assert.Equal(shape.Length, model.OutputShape.Rank);
        RecordedData.AssertClose(what, part, model.Apply(s_numbers));
    }

    [Fact]
    public void UnknownDimensionsStayUnknownInParts()
    {
        Input x = new([null, 3]);
        Assert.Equal([null, 3], x[.., 0].Shape);
        Assert.Equal([null, 3], x[0].Shape);
        Assert.Equal([null, 3], x[..2, 0].Shape);
        Assert.Equal([null, null, 3], x[.., 1..3].Shape);
        Assert.Equal([null, null, 3], x[.., TensorIndex.Slice(step: -1)].Shape);
        Assert.Equal([null, null, 2], x[.., .., 1..10].Shape);
        Assert.Equal([null, null, 2], x[.., .., TensorIndex.Slice(2, 0, -1)].Shape);
        Assert.Equal([null, 1, null, 3], x[.., TensorIndex.NewAxis].Shape);
    }

    [Fact]
    public void LayersIndexWhatTheyAreCalledWith()
    {
        Input x = new([null, 3]);
        KerasTensor y = new LastStep().Apply(x);
        Assert.Equal([null, 3], y.Shape);
        Assert.Equal([4f, 5, 6, 10, 11, 12], new Model(x, y).Predict(Tensor.From([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], [2, 2, 3])).ToArray<float>());
    }

    [Fact]
    public void GradientsGoBackToWherePartsCameFrom()
    {
        Tensor x = new float[,] { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } };
        Tensor gradient = FunctionGradients.Of(t => t[.., TensorIndex.Slice(step: -2)], x, new float[,] { { 1, 2 }, { 3, 4 } });
        Assert.Equal([0f, 2, 0, 1, 0, 4, 0, 3], gradient.ToArray<float>());
        Assert.Equal([0f, 0, 0, 0, 0, 7, 0, 9], FunctionGradients.Of(t => t[^1, TensorIndex.Slice(1, null, 2)], x, new float[] { 7, 9 }).ToArray<float>());
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Input x = new([3, 4]);
        foreach (Tensor t in (Tensor[])[s_numbers, x])
        {
            Assert.Contains("position 3 is out of range for axis 1", Assert.Throws<ArgumentException>(() => t[.., 3]).Message);
            Assert.Contains("position -5 is out of range for axis 2", Assert.Throws<ArgumentException>(() => t[.., .., -5]).Message);
            Assert.Contains("4 indices are too many", Assert.Throws<ArgumentException>(() => t[0, 0, 0, 0]).Message);
            Assert.Contains("only one", Assert.Throws<ArgumentException>(() => t[TensorIndex.Ellipsis, 0, TensorIndex.Ellipsis]).Message);
            Assert.Throws<ArgumentException>(() => t[.., ^0]);
        }

        Assert.Throws<ArgumentException>(() => TensorIndex.Slice(step: 0));
        Assert.Contains("x[:, 1:3, None, 9]", Assert.Throws<ArgumentException>(() => s_numbers[.., 1..3, TensorIndex.NewAxis, 9]).Message);
    }

    private sealed class LastStep : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs[.., ^1];
    }
}

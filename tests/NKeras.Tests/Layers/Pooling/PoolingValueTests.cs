using NKeras.Layers;

namespace NKeras.Tests.Layers.Pooling;

/// <summary>Pooling layers against their definitions.</summary>
public sealed class PoolingValueTests
{
    [Fact]
    public void PaddingDoesNotCount()
    {
        Tensor x = Tensor.From([-1f, -2, -3, -4, -5], [1, 5, 1]);
        Assert.Equal([-1.5f, -3.5f, -5f], new AveragePooling1D(2, padding: "same").Apply(x).ToArray<float>());
        Assert.Equal([-1f, -3, -5], new MaxPooling1D(2, padding: "same").Apply(x).ToArray<float>());
        Assert.Equal([-1f, -3], new MaxPooling1D(2).Apply(x).ToArray<float>());
        Assert.Equal([-1.5f, -2, -3, -4, -4.5f], new AveragePooling1D(3, 1, "same").Apply(x).ToArray<float>());
    }

    [Fact]
    public void VolumesArePooledOverBoxes()
    {
        Tensor x = Tensor.From([.. Enumerable.Range(0, 64).Select(i => (float)i)], [1, 4, 4, 4, 1]);
        Assert.Equal([21f, 23, 29, 31, 53, 55, 61, 63], new MaxPooling3D().Apply(x).ToArray<float>());
        Assert.Equal([10.5f, 12.5f, 18.5f, 20.5f, 42.5f, 44.5f, 50.5f, 52.5f], new AveragePooling3D(2).Apply(x).ToArray<float>());
        Assert.Equal([63f], new GlobalMaxPooling3D().Apply(x).ToArray<float>());
        Assert.Equal([31.5f], new GlobalAveragePooling3D().Apply(x).ToArray<float>());
    }

    /// <summary>Part i of n of m elements goes from ⌊i·m/n⌋ to ⌈(i+1)·m/n⌉.</summary>
    [Fact]
    public void AdaptivePoolingDividesTheInput()
    {
        Tensor x = Tensor.From([1f, 2, 3, 4, 5, 6, 7], [1, 7, 1]);
        Assert.Equal([2f, 4, 6], new AdaptiveAveragePooling1D(3).Apply(x).ToArray<float>());
        Assert.Equal([3f, 5, 7], new AdaptiveMaxPooling1D(3).Apply(x).ToArray<float>());
        Assert.Equal([4f], new AdaptiveAveragePooling1D(1).Apply(x).ToArray<float>());
        Assert.Equal(x.ToArray<float>(), new AdaptiveMaxPooling1D(7).Apply(x).ToArray<float>());
        Tensor image = Tensor.From([1f, 2, 3, 4, 5, 6], [1, 2, 3, 1]);
        Assert.Equal([3f, 4], new AdaptiveAveragePooling2D((1, 2)).Apply(image).ToArray<float>());
        Assert.Equal([2f, 3, 5, 6], new AdaptiveMaxPooling2D(2).Apply(image).ToArray<float>());
    }

    [Theory]
    [InlineData("channels_last")]
    [InlineData("channels_first")]
    public void MaskedStepsDoNotCountInTheMean(string dataFormat)
    {
        bool first = dataFormat == "channels_first";
        Tensor x = Tensor.From([1f, 10, 3, 30, 100, 1000], [1, 3, 2]), mask = Tensor.From([true, true, false], [1, 3]);
        if (first) x = Ops.Transpose(x, [0, 2, 1]);
        Assert.Equal([2f, 20], new GlobalAveragePooling1D(dataFormat).Apply(x, mask: mask).ToArray<float>());
        Tensor kept = new GlobalAveragePooling1D(dataFormat, keepdims: true).Apply(x, mask: mask);
        Assert.Equal(first ? [1, 2, 1] : [1, 1, 2], kept.Shape);
        Assert.Equal([2f, 20], kept.ToArray<float>());
    }

    [Fact]
    public void TheMeanFollowsTheMaskOfAnEmbedding()
    {
        Input x = new([4], dtype: "int32");
        Embedding embedding = new(5, 2, maskZero: true);
        Model model = new(x, new GlobalAveragePooling1D().Apply(embedding.Apply(x)));
        Tensor table = embedding.GetWeights()[0], y = model.Apply(Tensor.From([1, 2, 0, 0], [1, 4]));
        Assert.All(((table[1] + table[2]) / 2).ToArray<float>().Zip(y.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-6));
    }
}

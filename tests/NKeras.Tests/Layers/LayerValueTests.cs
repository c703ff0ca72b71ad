using NKeras.Layers;

namespace NKeras.Tests.Layers;

/// <summary>What layers do in training and when frozen, and other behaviour that no recorded call shows.</summary>
public sealed class LayerValueTests
{
    [Fact]
    public void DropoutKeepsTheMeanAndDrawsAnewEachTime()
    {
        Dropout layer = new(0.25, seed: 7);
        Tensor ones = Ops.Ones([100, 100]);
        float[] first = layer.Apply(ones, training: true).ToArray<float>();
        Assert.All(first, v => Assert.True(v is 0 or > 1.333f and < 1.334f));
        Assert.InRange(first.Count(v => v == 0) / 10000.0, 0.23, 0.27);
        Assert.NotEqual(first, layer.Apply(ones, training: true).ToArray<float>());
        Assert.Equal(first, new Dropout(0.25, seed: 7).Apply(ones, training: true).ToArray<float>());
        Assert.Equal(ones.ToArray<float>(), layer.Apply(ones).ToArray<float>());
    }

    [Fact]
    public void DropoutSharesItsNoiseAlongDimensionsOfOne()
    {
        float[] values = new Dropout(0.5, noiseShape: [null, 1, 4], seed: 1).Apply(Ops.Ones([3, 5, 4]), training: true).ToArray<float>();
        for (int i = 0; i < values.Length; i++) Assert.Equal(values[(i / 20 * 20) + (i % 4)], values[i]);
        Assert.Contains(0f, values);
        Assert.Contains(2f, values);
    }

    [Fact]
    public void DropoutOfEverythingGivesZerosAndOfNothingTheInput()
    {
        Tensor x = Tensor.From([1f, float.PositiveInfinity]);
        Assert.Equal([0f, 0], new Dropout(1).Apply(x, training: true).ToArray<float>());
        Assert.Equal([1f, float.PositiveInfinity], new Dropout(0).Apply(x, training: true).ToArray<float>());
    }

    [Fact]
    public void BatchNormalizationFollowsTheBatchOnlyInTrainingAndUnfrozen()
    {
        BatchNormalization layer = new(momentum: 0.9, epsilon: 0);
        Tensor x = Tensor.From([1f, 3, 5, 7], [4, 1]);
        layer.Apply(x);
        Assert.Equal([0f], layer.MovingMean.Value.ToArray<float>());

        float[] normalized = layer.Apply(x, training: true).ToArray<float>();
        Assert.Equal(0, normalized.Sum(), 1e-5);
        Assert.Equal(4, normalized.Sum(v => v * v), 1e-4);
        Assert.Equal(0.4f, layer.MovingMean.Value.Item<float>(), 1e-6);
        Assert.Equal(1.4f, layer.MovingVariance.Value.Item<float>(), 1e-6);

        layer.Trainable = false;
        float[] frozen = layer.Apply(x, training: true).ToArray<float>();
        Assert.Equal(0.4f, layer.MovingMean.Value.Item<float>(), 1e-6);
        Assert.Equal((1 - 0.4) / Math.Sqrt(1.4), frozen[0], 1e-5);
    }

    [Fact]
    public void ConvolutionTakesImagesOfAnySize()
    {
        Conv2D layer = new(2, 3);
        KerasTensor y = layer.Apply(new Input([null, null, 3]));
        Assert.Equal([null, null, null, 2], y.Shape);
        Assert.Equal([1, 4, 7, 2], layer.Apply(Ops.Zeros([1, 6, 9, 3])).Shape);
    }

    [Fact]
    public void ReshapeLeavesOpenWhatTheInputLeavesOpen()
    {
        Assert.Equal([null, null, 4], new Reshape([-1, 4]).Apply(new Input([null, 8])).Shape);
        Assert.Equal([null, null], new Flatten().Apply(new Input([null, 8])).Shape);
    }

    [Fact]
    public void IntegersOfOneBatchGoThroughDense()
    {
        Dense layer = new(2, kernelInitializer: "ones");
        Assert.Equal([3f, 3, 7, 7], layer.Apply(Tensor.From([1, 2, 3, 4], [2, 2])).ToArray<float>());
    }
}

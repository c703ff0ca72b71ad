using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Normalizations and cross-entropies where they are hard to compute, their gradients and errors.</summary>
public sealed class NnNormalizationTests
{
    // Distances of 1/1024 from 1000 are exact in float32; their squares are lost in E[x²] - E[x]².
    [Fact]
    public void SmallVariancesAroundLargeMeansAreSeen()
    {
        Tensor x = Tensor.From([1000f, 1000 + (1 / 1024f), 1000, 1000 + (1 / 1024f)]);
        (Tensor mean, Tensor variance) = Ops.Moments(x, 0);
        Assert.Equal(1 / 2048.0 / 2048, variance.Item<float>(), 1e-10);
        Assert.Equal(1000 + (1 / 2048.0), mean.Item<float>(), 1e-4);
        float[] normalized = Ops.LayerNormalization(x, epsilon: 0).ToArray<float>();
        Assert.Equal(normalized[0], -normalized[1], 1e-2);
        Assert.Equal(1, normalized[1], 0.1);
        Assert.Equal([-1f, 1], Ops.BatchNormalization(Tensor.From([1000f, 1002], [2, 1]), Tensor.From([1001f]), Tensor.From([1f]), 1, epsilon: 0).ToArray<float>());
    }

    [Fact]
    public void MomentsOfHalfTypesDoNotOverflow()
    {
        Tensor x = Ops.Full([4], 300, DType.Float16);
        (Tensor mean, Tensor variance) = Ops.Moments(x, 0, synchronized: true);
        Assert.Equal((300f, 0f), (Ops.Cast(mean, "float32").Item<float>(), Ops.Cast(variance, "float32").Item<float>()));
        Tensor far = Ops.Cast(Tensor.From([-6e4f, 6e4f]), "float16");
        Assert.Equal(65504f, Ops.Cast(Ops.Moments(far, 0).Variance, "float32").Item<float>());
    }

    [Fact]
    public void LayersAreNormalizedAlongAnyAxes()
    {
        Tensor x = RandomOps.Normal([3, 4, 5], seed: new SeedGenerator(1)), gamma = RandomOps.Normal([3, 5], seed: new SeedGenerator(2)), beta = RandomOps.Normal([3, 5], seed: new SeedGenerator(3));
        (Tensor mean, Tensor variance) = Ops.Moments(x, (0, 2), keepdims: true);
        Tensor plain = Ops.Divide(Ops.Subtract(x, mean), Ops.Sqrt(Ops.Add(variance, 0.1)));
        Tensor scaled = Ops.Multiply(plain, Ops.ExpandDims(gamma, 1));
        RecordedData.AssertClose("plain", plain, Ops.LayerNormalization(x, axis: (-1, 0), epsilon: 0.1));
        RecordedData.AssertClose("gamma", scaled, Ops.LayerNormalization(x, gamma, axis: (0, 2), epsilon: 0.1));
        RecordedData.AssertClose("beta", Ops.Add(plain, Ops.ExpandDims(beta, 1)), Ops.LayerNormalization(x, null, beta, (0, 2), 0.1));
        RecordedData.AssertClose("both", Ops.Add(scaled, Ops.ExpandDims(beta, 1)), Ops.LayerNormalization(x, gamma, beta, (0, 2), 0.1));
        RecordedData.AssertClose("deviations", Ops.Divide(x, Ops.Sqrt(Ops.Add(variance, 0.1))), Ops.LayerNormalization(x, axis: (0, 2), epsilon: 0.1, rmsScaling: true));
        Tensor square = Ops.Mean(Ops.Square(x), (0, 2), keepdims: true);
        RecordedData.AssertClose("rms", Ops.Multiply(Ops.Divide(x, Ops.Sqrt(Ops.Add(square, 0.1))), Ops.ExpandDims(gamma, 1)), Ops.RmsNormalization(x, gamma, (0, 2), 0.1));
        Assert.Contains("do not fit", Assert.Throws<ArgumentException>(() => Ops.LayerNormalization(x, Ops.Ones([4]))).Message);
        Assert.Equal([1], Ops.RmsNormalization(2f).Shape);
        Assert.Equal([null, null, 5], Ops.LayerNormalization(new Input([null, 5]), Ops.Ones([5])).Shape);
        Assert.Contains("mean", Assert.Throws<ArgumentException>(() => Ops.BatchNormalization(x, Ops.Ones([4]), Ops.Ones([5]), -1)).Message);
    }

    [Fact]
    public void CrossEntropiesAreFiniteAtTheEnds()
    {
        // With logits exact, with probabilities kept 1e-7 from 0 and 1, as in Keras: -ln(1e-7) = 16.118.
        Assert.Equal([0f, 1e4f, 1e4f, 0], Ops.BinaryCrossentropy(Tensor.From([1f, 0, 1, 0]), Tensor.From([1e4f, 1e4f, -1e4f, -1e4f]), fromLogits: true).ToArray<float>());
        float[] ends = Ops.BinaryCrossentropy(Tensor.From([1f, 0, 1, 0]), Tensor.From([1f, 1, 0, 0])).ToArray<float>();
        Assert.Equal([0.0, 15.9424, 16.1181, 0], ends.Select(v => Math.Round(v, 4)));
        Assert.Equal([2e4f, 0], Ops.CategoricalCrossentropy(new float[,] { { 1, 0 }, { 0, 1 } }, new float[,] { { -1e4f, 1e4f }, { -1e4f, 1e4f } }, fromLogits: true).ToArray<float>());
        Assert.Equal([2e4f, 0], Ops.SparseCategoricalCrossentropy(Tensor.From([0, 1]), new float[,] { { -1e4f, 1e4f }, { -1e4f, 1e4f } }, fromLogits: true).ToArray<float>());
        Assert.Equal(16.1181, Ops.CategoricalCrossentropy(Tensor.From([1f, 0]), Tensor.From([0f, 1])).Item<float>(), 1e-3);
    }

    [Fact]
    public void ClassNumbersMayHaveAnAxisOfOne()
    {
        Tensor output = Ops.Softmax(RandomOps.Normal([2, 3, 4], seed: new SeedGenerator(1)), 1), target = Tensor.From([0, 1, 2, 0, 2, 1, 1, 0], [2, 4]);
        Tensor expected = Ops.SparseCategoricalCrossentropy(target, output, axis: 1);
        RecordedData.AssertClose("there", expected, Ops.SparseCategoricalCrossentropy(Ops.ExpandDims(target, 1), output, axis: 1));
        RecordedData.AssertClose("last", expected, Ops.SparseCategoricalCrossentropy(Ops.ExpandDims(target, -1), output, axis: 1));
        RecordedData.AssertClose("one-hot", expected, Ops.CategoricalCrossentropy(Ops.OneHot(target, 3, 1), output, axis: 1));
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        Tensor x = Tensor.From([0.3, -1.2, 0.8, 2.1, 0.1, -0.4], [2, 3]), weights = Tensor.From([1.5, -0.5, 0.7]), positive = Tensor.From([0.2, 0.3, 0.5, 0.6, 0.3, 0.1], [2, 3]);
        GradientCheck.Of(t => [Ops.LayerNormalization(t[0], t[1], t[2])], x, weights, Ops.Negative(weights));
        GradientCheck.Of((a, w) => Ops.LayerNormalization(a, w, rmsScaling: true), x, weights);
        GradientCheck.Of((a, w) => Ops.RmsNormalization(a, w), x, weights);
        GradientCheck.Of(t => [Ops.BatchNormalization(t[0], t[1], t[2], 1, t[1], t[3])], x, weights, Ops.Square(weights), weights);
        GradientCheck.Of(t =>
        {
            (Tensor mean, Tensor variance) = Ops.Moments(t[0], 1);
            return [mean, variance];
        }, x);
        GradientCheck.Of((z, y) => Ops.BinaryCrossentropy(z, y), positive, positive);
        GradientCheck.Of((z, y) => Ops.BinaryCrossentropy(z, y, true), positive, x);
        GradientCheck.Of((z, y) => Ops.CategoricalCrossentropy(z, y, axis: 0), positive, positive);
        GradientCheck.Of((z, y) => Ops.CategoricalCrossentropy(z, y, true), positive, x);
        GradientCheck.Of(y => Ops.SparseCategoricalCrossentropy(Tensor.From([2, 0]), y), positive);
        GradientCheck.Of(y => Ops.SparseCategoricalCrossentropy(Tensor.From([2, 0]), y, true), x);
    }
}

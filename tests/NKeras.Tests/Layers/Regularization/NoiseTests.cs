using NKeras.Layers;

namespace NKeras.Tests.Layers.Regularization;

/// <summary>Layers that disturb their input in training: what the noise looks like, by its definition.</summary>
public sealed class NoiseTests
{
    private static readonly Tensor s_ones = Ops.Ones([200, 100]);

    [Fact]
    public void NothingHappensOutsideTraining()
    {
        foreach (Layer layer in (Layer[])[new Dropout(0.5), new AlphaDropout(0.5), new GaussianDropout(0.5), new GaussianNoise(0.5), new Dropout(0)])
            Assert.Equal(s_ones.ToArray<float>(), layer.Apply(s_ones).ToArray<float>());
    }

    [Fact]
    public void GaussianNoiseHasItsMoments()
    {
        AssertMoments(new GaussianNoise(0.25, seed: 1), mean: 1, stddev: 0.25);
        AssertMoments(new GaussianDropout(0.2, seed: 1), mean: 1, stddev: 0.5);
    }

    [Fact]
    public void AlphaDropoutKeepsMeanAndVarianceOfStandardNormalNumbers()
    {
        Tensor x = RandomOps.Normal([400, 100], seed: 3);
        float[] y = new AlphaDropout(0.3, seed: 1).Apply(x, training: true).ToArray<float>();
        Assert.InRange(y.Average(), -0.02, 0.02);
        Assert.InRange(y.Average(v => v * v), 0.95, 1.05);
        float dropped = y.GroupBy(v => v).MaxBy(g => g.Count())!.Key;
        Assert.InRange(y.Count(v => v == dropped) / (double)y.Length, 0.28, 0.32);
    }

    [Fact]
    public void AShapeOfNoiseIsSharedAlongAxes()
    {
        foreach (Layer layer in (Layer[])[new Dropout(0.5, [null, 1, 4], seed: 1), new AlphaDropout(0.5, [null, 1, 4], seed: 1), new SpatialDropout1D(0.5, seed: 1)])
            AssertSame(layer.Apply(Ops.Ones([8, 3, 4]), training: true), axis: 1);
        AssertSame(new SpatialDropout2D(0.5, "channels_first", seed: 1).Apply(Ops.Ones([8, 4, 3, 1]), training: true), axis: 2);
        AssertSame(new SpatialDropout3D(0.5, seed: 1).Apply(Ops.Ones([8, 3, 1, 1, 4]), training: true), axis: 1);
    }

    [Fact]
    public void TheGeneratorMovesOnAndASeedRepeatsIt()
    {
        Layer first = new GaussianNoise(1, seed: 5), second = new GaussianNoise(1, seed: 5);
        float[] a = first.Apply(s_ones, training: true).ToArray<float>(), b = first.Apply(s_ones, training: true).ToArray<float>();
        Assert.NotEqual(a, b);
        Assert.Equal(a, second.Apply(s_ones, training: true).ToArray<float>());
    }

    [Fact]
    public void BadAmountsAndShapesAreNamed()
    {
        Assert.Contains("'noise': rate", Assert.Throws<ArgumentOutOfRangeException>(() => new AlphaDropout(-0.5, name: "noise")).Message);
        Assert.Contains("'noise': stddev", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianNoise(2, name: "noise")).Message);
        Assert.Contains("'noise'", Assert.Throws<ArgumentException>(() => new AlphaDropout(0.5, [3, 0], name: "noise")).Message);
        Assert.Contains("'noise'", Assert.Throws<ArgumentException>(() => new AlphaDropout(0.5, [3, 5], name: "noise").Apply(Ops.Ones([3, 4]), training: true)).Message);
        Assert.Contains("'noise'", Assert.Throws<InvalidOperationException>(() => new GaussianDropout(1, name: "noise").Apply(s_ones, training: true)).Message);
        Assert.Contains("rank 4", Assert.Throws<ArgumentException>(() => new SpatialDropout2D(0.5, name: "noise").Apply(s_ones)).Message);
    }

    [Fact]
    public void APenaltyOnWhatPassesIsPerSample()
    {
        ActivityRegularization layer = new(l1: 0.5, l2: 0.1);
        Tensor x = Tensor.From<float>([1, -2, 3, -4], [2, 2]);
        Assert.Equal(x.ToArray<float>(), layer.Apply(x).ToArray<float>());
        Assert.Equal(((0.5 * 10) + (0.1 * 30)) / 2, layer.Losses.Single().Item<float>(), 5);
        Assert.Contains("'penalty': l1", Assert.Throws<ArgumentOutOfRangeException>(() => new ActivityRegularization(-1, name: "penalty")).Message);
    }

    private static void AssertMoments(Layer layer, double mean, double stddev)
    {
        float[] y = layer.Apply(s_ones, training: true).ToArray<float>();
        Assert.InRange(y.Average(), mean - 0.02, mean + 0.02);
        Assert.InRange(Math.Sqrt(y.Average(v => (v - mean) * (v - mean))), stddev * 0.97, stddev * 1.03);
    }

    private static void AssertSame(Tensor y, int axis)
    {
        Tensor first = Ops.Take(y, Tensor.From<int>([0]), axis);
        Assert.True(Ops.All(Ops.Equal(y, first)).Item<bool>());
        Assert.InRange(Ops.Std(first).Item<float>(), 0.3f, 3f);
    }
}

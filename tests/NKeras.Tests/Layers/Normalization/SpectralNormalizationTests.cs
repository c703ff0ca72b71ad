using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Layers.Normalization;

/// <summary>Spectral normalization by its definition.</summary>
public sealed class SpectralNormalizationTests
{
    private static readonly Tensor s_x = RandomOps.Normal([5, 4], seed: 1);

    [Fact]
    public void TheGreatestSingularValueBecomesOne()
    {
        Dense inner = new(3);
        SpectralNormalization layer = new(inner, powerIterations: 50);
        _ = layer.Apply(s_x, training: true);
        Assert.Equal(1, Ops.Max(Ops.Svd(inner.Kernel)[1]).Item<float>(), 4);
        float[] kernel = inner.Kernel.Value.ToArray<float>();
        _ = layer.Apply(s_x);
        Assert.Equal(kernel, inner.Kernel.Value.ToArray<float>());
    }

    [Fact]
    public void KernelsOfConvolutionsAreMatricesOfTheirLastAxis()
    {
        Conv2D inner = new(3, 2);
        _ = new SpectralNormalization(inner, powerIterations: 50).Apply(RandomOps.Normal([1, 4, 4, 2], seed: 1), training: true);
        Assert.Equal(1, Ops.Max(Ops.Svd(Ops.Reshape(inner.Kernel, [-1, 3]))[1]).Item<float>(), 4);
    }

    [Fact]
    public void AKernelOfZerosStays()
    {
        Dense inner = new(3, kernelInitializer: "zeros");
        SpectralNormalization layer = new(inner);
        Assert.All(layer.Apply(s_x, training: true).ToArray<float>(), v => Assert.Equal(0, v));
        Assert.All(inner.Kernel.Value.ToArray<float>(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void AStepOfTrainingStartsFromTheNormalizedKernel()
    {
        Dense inner = new(1, useBias: false, kernelInitializer: Tensor.From<float>([3, 4], [2, 1]));
        Sequential model = new([new Input([2]), new SpectralNormalization(inner)]);
        model.Compile(new SGD(0.5), "mse");
        model.Fit(Tensor.From<float>([1, 0], [1, 2]), Tensor.From<float>([0], [1, 1]), verbose: 0);
        // (3, 4) / 5 = (0.6, 0.8), less half of the gradient (2 · 0.6, 0) there.
        Assert.Equal([0f, 0.8f], inner.Kernel.Value.ToArray<float>().Select(v => MathF.Round(v, 5)));
    }

    [Fact]
    public void LayersWithoutAKernelAreRefused()
    {
        Assert.Contains("ReLU", Assert.Throws<ArgumentException>(() => new SpectralNormalization(new ReLU(), name: "sn").Apply(s_x)).Message);
        Assert.Contains("'sn': powerIterations", Assert.Throws<ArgumentOutOfRangeException>(() => new SpectralNormalization(new Dense(1), 0, name: "sn")).Message);
        Assert.Throws<ArgumentNullException>(() => new Wrapper(null!));
    }
}

using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Layers.Quantization;

public sealed class LowRankTests
{
    [Fact]
    public void TheUpdateBeginsWithNothingAndIsTrainedAlone()
    {
        Dense dense = new(3, kernelRegularizer: "l2");
        Sequential model = new([new Input([4]), dense]);
        Tensor x = RandomOps.Normal([8, 4], seed: new SeedGenerator(1)), before = dense.Apply(x);
        dense.EnableLora(2, loraAlpha: 6);
        Assert.Equal(before.ToArray<float>(), dense.Apply(x).ToArray<float>());
        // One for each factor, and Keras leaves the kernel's own out because it is frozen.
        Assert.Equal(["bias", "lora_kernel_a", "lora_kernel_b"], dense.TrainableWeights.Select(w => w.Name));

        Tensor kernel = dense.Kernel.Value;
        model.Compile(optimizer: new SGD(0.1), loss: "mse");
        model.Fit(x, RandomOps.Normal([8, 3], seed: new SeedGenerator(2)), epochs: 2, verbose: 0);
        Assert.Equal(kernel.ToArray<float>(), dense.Kernel.Value.ToArray<float>());
        Variable a = dense.Variables.Single(v => v.Name == "lora_kernel_a"), b = dense.Variables.Single(v => v.Name == "lora_kernel_b");
        Tensor expected = Ops.Add(kernel, Ops.Multiply(3.0, Ops.Matmul(a, b)));
        AssertClose(expected, dense.EffectiveKernel);
        AssertClose(Ops.Add(Ops.Matmul(x, expected), dense.Bias!), dense.Apply(x));
        Assert.NotEqual(kernel.ToArray<float>(), dense.EffectiveKernel.ToArray<float>());
    }

    [Fact]
    public void FilesHoldTheSum()
    {
        Conv2D conv = new(3, 2, loraRank: 2);
        Tensor x = RandomOps.Normal([1, 4, 4, 2], seed: new SeedGenerator(3));
        _ = conv.Apply(x);
        conv.Variables.Single(v => v.Name == "lora_kernel_b").Assign(Ops.Ones([2, 3]));
        Tensor expected = conv.Apply(x);
        Dictionary<string, Tensor> store = [];
        conv.SaveOwnVariables(store);
        Assert.Equal(2, store.Count);

        Conv2D plain = new(3, 2);
        _ = plain.Apply(x);
        plain.LoadOwnVariables(store);
        AssertClose(expected, plain.Apply(x));
        conv.LoadOwnVariables(store);
        AssertClose(expected, conv.Apply(x));
        Assert.All(conv.Variables.Single(v => v.Name == "lora_kernel_b").Value.ToArray<float>(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void MistakesAreErrors()
    {
        Assert.Contains("'d'", Assert.Throws<InvalidOperationException>(() => new Dense(3, name: "d").EnableLora(2)).Message);
        Dense dense = Built(new Dense(3, name: "d"));
        Assert.ThrowsAny<ArgumentException>(() => dense.EnableLora(0));
        Assert.ThrowsAny<ArgumentException>(() => new Dense(3, loraRank: -1));
        dense.EnableLora(2);
        Assert.Contains("already", Assert.Throws<InvalidOperationException>(() => dense.EnableLora(2)).Message);
        Assert.Contains("constraint", Assert.Throws<InvalidOperationException>(() => Built(new Dense(3, kernelConstraint: "non_neg")).EnableLora(2)).Message);
        Assert.Contains("ternary", Assert.Throws<InvalidOperationException>(() => Built(new Dense(3, dtype: "ternary_from_float32")).EnableLora(2)).Message);
        Embedding embedding = new(4, 3, embeddingsConstraint: "unit_norm");
        embedding.Build();
        Assert.Throws<InvalidOperationException>(() => embedding.EnableLora(2));
    }

    private static Dense Built(Dense dense)
    {
        dense.Build([null, 4]);
        return dense;
    }

    private static void AssertClose(Tensor expected, Tensor actual) => Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-5);
}

using NKeras.Core;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Quantizers;

namespace NKeras.Tests.Layers.Quantization;

public sealed class QuantizeTests
{
    [Theory]
    [InlineData("int8", 0.02)]
    [InlineData("int4", 0.2)]
    public void AModelComputesNearlyTheSame(string mode, double error)
    {
        Dense hidden = new(16, "relu");
        Sequential model = new([new Input([20]), hidden, new Dense(4)]);
        Tensor x = RandomOps.Normal([8, 20], seed: new SeedGenerator(1)), before = model.Predict(x, verbose: 0);
        long bytes = hidden.Kernel.DType.Size * hidden.Kernel.Shape.Size;
        foreach (Layer layer in model.Layers) layer.Quantize(mode);

        // A program that was compiled before has the old weights, which are gone.
        Tensor after = model.Predict(x, verbose: 0);
        float scale = before.ToArray<float>().Max(Math.Abs);
        float difference = Ops.Max(Ops.Abs(Ops.Subtract(before, after))).ToArray<float>()[0];
        Assert.InRange(difference, 1e-6, error * scale);
        Assert.Equal(mode == "int8" ? bytes / 4 : bytes / 8, hidden.Kernel.DType.Size * hidden.Kernel.Shape.Size);
        Assert.Equal(mode, hidden.QuantizationMode);
        Assert.Equal(model.ToJson(), Model.FromJson(model.ToJson()).ToJson());
    }

    [Fact]
    public void GradientsPassQuantizedLayers()
    {
        Dense first = new(5), second = new(3);
        Sequential model = new([new Input([4]), first, second]);
        second.Quantize("int8");
        model.Compile(optimizer: new SGD(0.1), loss: "mse");
        Tensor before = first.Kernel.Value;
        model.Fit(RandomOps.Normal([8, 4], seed: new SeedGenerator(1)), RandomOps.Normal([8, 3], seed: new SeedGenerator(2)), verbose: 0);
        Assert.NotEqual(before.ToArray<float>(), first.Kernel.Value.ToArray<float>());
        Assert.Equal(["bias"], second.TrainableWeights.Select(w => w.Name));
    }

    [Fact]
    public void TrainingInEightBitsKeepsScales()
    {
        Dense dense = new(3, dtype: "float8_from_float32");
        Sequential model = new([new Input([4]), dense]);
        model.Compile(optimizer: new SGD(0.05), loss: "mse");
        Tensor x = RandomOps.Normal([8, 4], seed: new SeedGenerator(1)), y = Ops.Matmul(x, RandomOps.Normal([4, 3], seed: new SeedGenerator(2)));
        double first = model.Evaluate(x, y, verbose: 0)["loss"];
        model.Fit(x, y, epochs: 1, verbose: 0);
        float greatest = x.ToArray<float>().Max(Math.Abs);
        Assert.Equal(greatest, Named("inputs_amax_history").ToArray<float>()[0], 1e-6);
        Assert.Equal(1f, Named("inputs_scale").ToArray<float>()[0]);
        model.Fit(x, y, epochs: 60, verbose: 0);
        Assert.Equal(greatest / 448, Named("inputs_scale").ToArray<float>()[0], 1e-6);
        Assert.InRange(model.Evaluate(x, y, verbose: 0)["loss"], 0, first / 4);

        Tensor Named(string name) => dense.Variables.Single(v => v.Name == name).Value;
    }

    [Fact]
    public void ATernaryLayerComputesTheSameFromItsBytes()
    {
        TernaryDense layer = new(6, activation: "relu");
        Tensor x = RandomOps.Normal([3, 11], seed: new SeedGenerator(1)), before = layer.Apply(x);
        layer.Quantize("ternary");
        Assert.Equal((3, 6), (layer.Kernel.Shape[0], layer.Kernel.Shape[1]));
        Assert.Equal(before.ToArray<float>(), layer.Apply(x).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-5);
        // By definition: every weight counts as its sign or as nothing, times the mean.
        Assert.Equal(1, Built(new TernaryDense(1, threshold: 0, useBias: false, kernelInitializer: "ones")).Apply(Ops.Ones([1, 1])).ToArray<float>()[0]);
        Assert.Equal(0, Built(new TernaryDense(1, threshold: 1e9, useBias: false, kernelInitializer: "ones")).Apply(Ops.Ones([1, 1])).ToArray<float>()[0]);
    }

    [Fact]
    public void ReversedEmbeddingsScoreAllNumbers()
    {
        ReversibleEmbedding embedding = new(7, 4, maskZero: true, logitSoftCap: 2);
        Tensor numbers = Tensor.From([1, 0, 6], [1, 3]), hidden = embedding.Apply(numbers);
        Tensor expected = Ops.Multiply(Ops.Tanh(Ops.Divide(Ops.Matmul(hidden, Ops.Transpose(embedding.Embeddings)), 2.0)), 2.0);
        Assert.Equal(expected.ToArray<float>(), embedding.Apply(hidden, reverse: true).ToArray<float>());

        KerasTensor words = new Input([null], dtype: "int32"), vectors = embedding.Apply(words), scores = embedding.Apply(vectors, reverse: true);
        Assert.Equal([null, null, 4], vectors.Shape);
        Assert.Equal([null, null, 7], scores.Shape);
        Assert.NotNull(KerasMask.Of(vectors));
        Model model = new(words, scores);
        Assert.Equal(embedding.Apply(hidden, reverse: true).ToArray<float>(), model.Predict(numbers, verbose: 0).ToArray<float>());
        Assert.Equal(model.ToJson(), Model.FromJson(model.ToJson()).ToJson());
        Assert.Equal(DType.Float16, new ReversibleEmbedding(7, 4, reverseDtype: "float16").Apply(hidden, reverse: true).DType);
    }

    [Fact]
    public void MistakesAreErrors()
    {
        Assert.Contains("not built", Assert.Throws<InvalidOperationException>(() => new Dense(3).Quantize("int8")).Message);
        Dense dense = new(3, name: "d");
        dense.Build([null, 4]);
        Assert.Contains("int8", Assert.ThrowsAny<ArgumentException>(() => dense.Quantize("int7")).Message);
        Assert.ThrowsAny<ArgumentException>(() => dense.Quantize());
        Assert.ThrowsAny<ArgumentException>(() => dense.Quantize("int8", config: new Int4QuantizationConfig()));
        Assert.ThrowsAny<ArgumentException>(() => dense.Quantize("gptq"));
        dense.Quantize("int8");
        Assert.Contains("already", Assert.Throws<InvalidOperationException>(() => dense.Quantize("int8")).Message);
        Dense half = new(3, dtype: "mixed_float16");
        half.Build([null, 4]);
        Assert.Contains("float16", Assert.ThrowsAny<ArgumentException>(() => half.Quantize("int8")).Message);
        Embedding embedding = new(4, 3);
        embedding.Build();
        Assert.ThrowsAny<ArgumentException>(() => embedding.Quantize("float8"));
        Assert.Equal(["embeddings"], embedding.Weights.Select(w => w.Name));
        Assert.Throws<InvalidOperationException>(() => new Flatten().Quantize("int8"));
        Own own = new();
        own.Build([null, 4]);
        Assert.Throws<InvalidOperationException>(() => own.Quantize("int8"));
        own.Quantize("int8", typeCheck: false);
        Assert.Equal("int8", own.QuantizationMode);
        Assert.ThrowsAny<ArgumentException>(() => new TernaryDense(3, dtype: "int8_from_float32").Apply(Ops.Ones([1, 2])));
    }

    private static TernaryDense Built(TernaryDense layer)
    {
        layer.Build([null, 1]);
        return layer;
    }

    private sealed class Own() : Dense(3);
}

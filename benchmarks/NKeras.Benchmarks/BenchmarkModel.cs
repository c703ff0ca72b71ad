using NKeras.Layers;

namespace NKeras.Benchmarks;

/// <summary>The models of the peers' scripts, with random data of the same shapes.</summary>
/// <param name="Batch">Samples in a batch.</param>
/// <param name="Build">Makes the model.</param>
/// <param name="Classes">What it tells apart.</param>
/// <param name="Vocabulary">How many words there are, where samples are words; 0 where they are numbers.</param>
internal sealed record BenchmarkModel(int Batch, Func<Model> Build, int Classes, int Vocabulary = 0)
{
    /// <summary>The models by name.</summary>
    public static IReadOnlyDictionary<string, BenchmarkModel> All { get; } = new Dictionary<string, BenchmarkModel>
    {
        ["tiny"] = new(16, () => new Sequential([new Input([4]), new Dense(16, activation: "relu"), new Dense(3)]), 3),
        ["mlp"] = new(
            128,
            () => new Sequential([new Input([784]), new Dense(512, activation: "relu"), new Dense(512, activation: "relu"), new Dense(10)]),
            10),
        ["convnet"] = new(
            128,
            () => new Sequential(
            [
                new Input([28, 28, 1]),
                new Conv2D(32, kernelSize: 3, activation: "relu"),
                new MaxPooling2D(2),
                new Conv2D(64, kernelSize: 3, activation: "relu"),
                new MaxPooling2D(2),
                new Flatten(),
                new Dropout(0.5),
                new Dense(10),
            ]),
            10),
        ["resnet20"] = new(64, BenchmarkNetworks.Resnet20, 10),
        ["lstm"] = new(32, () => new Sequential([new Input([100], dtype: DType.Int32), new Embedding(20_000, 128), new LSTM(128), new Dense(2)]), 2, 20_000),
        ["gpt"] = new(8, BenchmarkNetworks.Gpt, 2000, 2000),
    };
}

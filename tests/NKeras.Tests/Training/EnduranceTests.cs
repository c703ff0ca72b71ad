using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Many calls in one process: memory stays flat, and models do not get in each other's way.</summary>
[Collection(NamesCollection.Name)]
public sealed class EnduranceTests
{
    private const int Slack = 1 << 20;

    private static readonly Tensor s_x = RandomOps.Normal([40, 8], seed: 1);
    private static readonly Tensor s_labels = Ops.Cast(Ops.Mod(Ops.Arange(40), 4), "int32");

    [Fact]
    public void AThousandFitsKeepMemoryFlat()
    {
        Model model = Classifier();
        long after = LiveAfter(100, () => model.Fit(s_x, s_labels, batchSize: 16, verbose: 0, validationSplit: 0.2));
        Assert.InRange(LiveAfter(900, () => model.Fit(s_x, s_labels, batchSize: 16, verbose: 0, validationSplit: 0.2)), 0, after + Slack);
    }

    [Fact]
    public void AHundredThousandPredictionsKeepMemoryFlat()
    {
        Model model = Classifier();
        Tensor one = s_x[..1];
        long after = LiveAfter(10_000, () => model.Predict(one, verbose: 0));
        Assert.InRange(LiveAfter(90_000, () => model.Predict(one, verbose: 0)), 0, after + Slack);
    }

    /// <summary>More batch sizes than steps are kept, and models that are made, trained and dropped.</summary>
    [Fact]
    public void ShapesAndModelsThatComeAndGoKeepMemoryFlat()
    {
        Model model = Classifier();
        int size = 0;
        void Next()
        {
            model.Predict(s_x, batchSize: 1 + (size++ % 40), verbose: 0);
            Classifier().Fit(s_x, s_labels, verbose: 0);
        }

        long after = LiveAfter(80, Next);
        Assert.InRange(LiveAfter(80, Next), 0, after + Slack);
    }

    [Fact]
    public async Task OneModelPredictsForManyThreadsAtOnce()
    {
        Model model = Classifier();
        float[] expected = model.Predict(s_x, batchSize: 40, verbose: 0).ToArray<float>();
        Task[] tasks = [.. Enumerable.Range(0, 8).Select(t => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < 200; i++)
                {
                    float[] actual = model.Predict(s_x, batchSize: 1 + ((t + i) % 40), verbose: 0).ToArray<float>();
                    for (int k = 0; k < expected.Length; k++) Assert.Equal(expected[k], actual[k], 1e-6);
                }
            },
            TaskCreationOptions.LongRunning))];
        await Task.WhenAll(tasks);
    }

    [Fact]
    public void ThreadsMayBeTheFirstToBuildAndPredict()
    {
        for (int round = 0; round < 20; round++)
        {
            Sequential model = new([new Dense(16, activation: "relu"), new Dropout(0.5), new Dense(4)]);
            float[][] results = new float[4][];
            Parallel.For(0, 4, t => results[t] = model.Predict(s_x, batchSize: 10, verbose: 0).ToArray<float>());
            Assert.All(results, r => Assert.Equal(results[0], r));
            Assert.Equal(4, model.Weights.Count);
        }
    }

    [Fact]
    public void TwoModelsTrainAtOnceAsTheyDoAlone()
    {
        Model[] alone = [Classifier(), Classifier()], together = [Classifier(), Classifier()];
        for (int i = 0; i < 2; i++)
        {
            together[i].SetWeights(alone[i].GetWeights());
            alone[i].Fit(s_x, s_labels, batchSize: 8, epochs: 30, shuffle: false, verbose: 0);
        }

        Parallel.For(0, 2, i => together[i].Fit(s_x, s_labels, batchSize: 8, epochs: 30, shuffle: false, verbose: 0));
        for (int i = 0; i < 2; i++)
        {
            foreach ((Tensor a, Tensor b) in alone[i].GetWeights().Zip(together[i].GetWeights())) Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
        }
    }

    private static Model Classifier()
    {
        Sequential model = new([new Input([8]), new Dense(16, activation: "relu"), new Dense(4, activation: "softmax")]);
        model.Compile(new Adam(0.01), "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        return model;
    }

    private static long LiveAfter(int times, Action action)
    {
        for (int i = 0; i < times; i++) action();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

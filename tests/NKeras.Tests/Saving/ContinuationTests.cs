using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Tests.Training;

namespace NKeras.Tests.Saving;

/// <summary>Two epochs, saving, loading and two more epochs end with the bits of four epochs, whatever has state.</summary>
[Collection(NamesCollection.Name)]
public sealed class ContinuationTests : IDisposable
{
    private static readonly Tensor s_x = RandomOps.Normal([22, 4, 3], seed: 1), s_y = RandomOps.Uniform([22, 1], seed: 2);

    private static readonly Dictionary<string, Func<Optimizer>> s_optimizers = new()
    {
        ["adam"] = () => "adam",
        ["schedule"] = () => new Adam(new ExponentialDecay(0.1, 3, 0.5)),
        ["accumulation"] = () => new Adam(0.01, gradientAccumulationSteps: 3),
        ["averages"] = () => new SGD(0.1, momentum: 0.9, useEma: true, emaMomentum: 0.8, emaOverwriteFrequency: 3),
        ["loss scale"] = () => new LossScaleOptimizer(new Adam(0.01), initialScale: 1024, dynamicGrowthSteps: 3),
        ["nadam"] = () => "nadam",
        ["adafactor"] = () => "adafactor",
        ["ftrl"] = () => "ftrl",
        ["muon"] = () => "muon",
        ["lamb"] = () => "lamb",
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Optimizers => [.. s_optimizers.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void TrainingGoesOnAfterLoadingAsIfNeverInterrupted(string name)
    {
        bool finalizes = name == "averages";
        // One after the other, as Make sets the seed.
        Sequential whole = Make(name);
        // With running averages the end of Fit makes them the weights, so that two calls are not one.
        if (finalizes) Fit(whole, 2);
        Fit(whole, finalizes ? 2 : 4);
        Sequential first = Make(name);
        Fit(first, 2);
        first.Save(_folder["m.keras"]);
        Utils.SetRandomSeed(99);
        Model loaded = Model.Load(_folder["m.keras"]);
        Assert.Equal(TrainingBits.Of(first), TrainingBits.Of(loaded));
        Fit(loaded, 2);
        Assert.Equal(TrainingBits.Of(whole), TrainingBits.Of(loaded));
    }

    [Fact]
    public void SavingChangesNothing()
    {
        Sequential saved = Make("adam");
        Fit(saved, 1);
        saved.Save(_folder["m.keras"]);
        saved.SaveWeights(_folder["m.weights.h5"]);
        Fit(saved, 1);
        Sequential other = Make("adam");
        Fit(other, 2);
        Assert.Equal(TrainingBits.Of(other), TrainingBits.Of(saved));
    }

    [Fact]
    public void BatchesOfPyDatasetsAreTakenInTheSameOrder()
    {
        Sequential whole = Make("adam");
        whole.Fit(new Parts(), epochs: 4, verbose: 0);
        Sequential first = Make("adam");
        first.Fit(new Parts(), epochs: 2, verbose: 0);
        first.Save(_folder["m.keras"]);
        Model loaded = Model.Load(_folder["m.keras"]);
        loaded.Fit(new Parts(), epochs: 2, verbose: 0);
        Assert.Equal(TrainingBits.Of(whole), TrainingBits.Of(loaded));
    }

    [Fact]
    public void SeedThatIsSetAfterLoadingDecides()
    {
        Sequential model = Make("adam");
        Fit(model, 1);
        model.Save(_folder["m.keras"]);
        byte[][] ends = [.. new[] { 5, 5, 6 }.Select(seed =>
        {
            Model loaded = Model.Load(_folder["m.keras"]);
            Utils.SetRandomSeed(seed);
            Fit(loaded, 1);
            return TrainingBits.Of(loaded);
        })];
        Assert.Equal(ends[0], ends[1]);
        Assert.NotEqual(ends[0], ends[2]);
    }

    [Fact]
    public void LoadingDrawsNoNumbersOfThePrograms()
    {
        Sequential model = Make("adam");
        Fit(model, 1);
        model.Save(_folder["m.keras"]);
        Utils.SetRandomSeed(3);
        float[] expected = RandomOps.Normal([3]).ToArray<float>();
        Utils.SetRandomSeed(3);
        Model.Load(_folder["m.keras"], compile: false);
        Assert.Equal(expected, RandomOps.Normal([3]).ToArray<float>());
    }

    private static Sequential Make(string name)
    {
        Utils.SetRandomSeed(4);
        Sequential model = new([
            new Input([4, 3]), new LSTM(5, dropout: 0.2, recurrentDropout: 0.3), new Dense(6, "relu"), new GaussianNoise(0.1), new BatchNormalization(), new Dropout(0.4), new Dense(1)]);
        model.Compile(s_optimizers[name](), "mse");
        return model;
    }

    private static void Fit(Model model, int epochs) => model.Fit(s_x, s_y, batchSize: 5, epochs: epochs, verbose: 0);

    private sealed class Parts : PyDataset
    {
        public override int? NumBatches => 5;

        public override Batch this[int index] => (s_x[(index * 4)..((index + 1) * 4)], s_y[(index * 4)..((index + 1) * 4)]);
    }
}

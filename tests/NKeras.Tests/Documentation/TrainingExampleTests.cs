using NKeras;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Tests;

namespace DocumentationExamples;

/// <summary>The examples of training in docs/api-mapping.md.</summary>
[Collection(NamesCollection.Name)]
public sealed class TrainingExampleTests
{
    private readonly Tensor _x = RandomOps.Normal([24, 3], seed: 1), _y = RandomOps.Normal([24, 1], seed: 2);

    [Fact]
    public void DataSets()
    {
        Tensor x = _x, y = _y;
        Sequential model = new([new Input([3]), new Dense(1)]);
        model.Compile("sgd", "mse");

        IEnumerable<Batch> Batches()
        {
            for (int i = 0; i < 3; i++) yield return (x[(8 * i)..(8 * i + 8)], y[(8 * i)..(8 * i + 8)]);
        }

        using CancellationTokenSource stop = new();
        History history = model.Fit(Batches(), epochs: 2, verbose: 0, validationData: (x, y), cancellationToken: stop.Token);
        model.Fit(new Rows(x, y), epochs: 2, verbose: 0);
        model.Predict(new Rows(x, y), verbose: 0);

        Assert.Equal(2, history["val_loss"].Count);
        Assert.Contains("val_loss", history.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void CallbacksOfOnesOwn()
    {
        Tensor x = _x, y = _y;
        Sequential model = new([new Input([3]), new Dense(1)]);
        model.Compile("sgd", "mse");

        EarlyStopping early = new(monitor: "val_loss", patience: 2, restoreBestWeights: true);
        LambdaCallback stop = new(onEpochEnd: (epoch, logs) => model.StopTraining |= logs!["loss"] < 0.1);
        model.Fit(x, y, epochs: 3, validationSplit: 0.25, verbose: 0, callbacks: [early, stop]);

        Assert.InRange(model.History!.Epoch.Count, 1, 3);
    }

    [Fact]
    public void CheckpointsAndBackups()
    {
        using TemporaryFolder folder = new();
        Tensor x = _x, y = _y;
        Sequential model = new([new Input([3]), new Dense(1)]);
        model.Compile("sgd", "mse");
        string before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.FullName);
        try
        {
            ModelCheckpoint best = new("best.keras", monitor: "val_loss", saveBestOnly: true);
            ModelCheckpoint every = new("weights/{epoch:02d}-{val_loss:.2f}.weights.h5", saveWeightsOnly: true);
            BackupAndRestore backup = new("backup", saveFreq: 100);
            model.Fit(x, y, epochs: 3, validationSplit: 0.25, verbose: 0, callbacks: [best, every, backup]);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }

        Assert.Equal(4, folder.Files.Length);
        Assert.Equal(["best.keras", "weights/01-", "weights/02-", "weights/03-"], folder.Files.Select(f => f[..Math.Min(f.Length, 11)]));
    }

    [Fact]
    public void LossesOfOnesOwn()
    {
        Tensor x = _x, y = _y;
        Sequential model = new([new Input([3]), new Dense(1)]);

        static Tensor Asymmetric(Tensor yTrue, Tensor yPred) => Ops.Mean(Ops.Maximum(3.0 * (yTrue - yPred), yPred - yTrue), -1);
        model.Compile("adam", loss: Asymmetric, metrics: ["mae", MetricFunctions.Get(Asymmetric)]);

        Assert.Equal(3, model.Fit(x, y, verbose: 0).Logs.Count);
    }

    [Fact]
    public void StepsOfOnesOwn()
    {
        Tensor x = _x, y = _y;
        CustomModel model = new();
        model.Compile(optimizer: "adam");
        model.Fit(x, y, epochs: 2, verbose: 0);

        Assert.Equal(["loss"], model.History!.Logs.Keys);
    }

    [Fact]
    public void LoopsOfOnesOwn()
    {
        Tensor x = _x, y = _y;
        Sequential model = new([new Input([3]), new Dense(1)]);
        SGD optimizer = new(0.05);

        CompiledFunction step = new((Tensor xs, Tensor ys) =>
        {
            var (loss, gradients) = Gradients.ValueAndGrad(() => Ops.Mean(Ops.Square(model.Apply(xs, training: true) - ys)), model.TrainableVariables);
            optimizer.Apply(gradients, model.TrainableVariables);
            return loss;
        });
        Tensor first = step.Apply(x, y);
        for (int i = 0; i < 100; i++) step.Apply(x, y);

        Assert.True(step.Apply(x, y).Item<float>() < first.Item<float>());
    }

    private sealed class Rows(Tensor x, Tensor y) : PyDataset(workers: 2)
    {
        public override int? NumBatches => 3;

        public override Batch this[int index] => (x[(8 * index)..(8 * index + 8)], y[(8 * index)..(8 * index + 8)]);
    }

    private sealed class CustomModel : Model
    {
        private readonly Dense _dense = new(1);
        private readonly Mean _loss = new("loss");

        public override IReadOnlyList<Metric> Metrics => [_loss];

        public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs);

        public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
        {
            Tensor x = data.X[0], y = data.Y![0];
            var (loss, gradients) = Gradients.ValueAndGrad(() => Ops.Mean(Ops.Square(Apply(x, training: true) - y)), TrainableVariables);
            Optimizer.Apply(gradients, TrainableVariables);
            _loss.UpdateState(loss);
            return GetMetricsResult();
        }
    }
}

using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Models with losses, metrics and predictions of their own, and steps that run eagerly.</summary>
[Collection(NamesCollection.Name)]
public sealed class ComputeOverrideTests
{
    private static readonly (Tensor X, Tensor Y) s_data = FitTests.Line(12);

    [Fact]
    public void ComputeLossIsWhatTrainingMakesSmall()
    {
        OwnLoss own = new();
        own.Compile(new SGD(0.1));
        Sequential usual = new([new Input([2]), new Dense(1)]);
        usual.Compile(new SGD(0.1), "mae", lossWeights: [3.0]);
        own.Apply(s_data.X);
        usual.SetWeights(own.GetWeights());
        History a = own.Fit(s_data.X, s_data.Y, batchSize: 4, epochs: 3, verbose: 0, shuffle: false, validationData: s_data);
        History b = usual.Fit(s_data.X, s_data.Y, batchSize: 4, epochs: 3, verbose: 0, shuffle: false, validationData: s_data);
        Assert.Equal(b.Logs.Keys, a.Logs.Keys);
        foreach (string score in b.Logs.Keys)
        {
            for (int i = 0; i < 3; i++) Assert.Equal(b[score][i], a[score][i], 1e-5);
        }

        Assert.Equal([true, false], own.Trainings);
    }

    [Fact]
    public void ComputeMetricsSaysWhatIsReported()
    {
        OwnMetrics model = new();
        model.Compile("sgd", "mse", metrics: ["mae"]);
        History history = model.Fit(s_data.X, s_data.Y, batchSize: 4, verbose: 0, validationData: s_data);
        Assert.Equal(["loss", "mae", "norm", "twice", "val_loss", "val_mae", "val_norm", "val_twice"], history.Logs.Keys.Order());
        double norm = Ops.Mean(Ops.Abs(model.Predict(s_data.X, verbose: 0))).ToArray<float>()[0];
        Assert.Equal(norm, history["val_norm"][0], 1e-5);
        Assert.Equal(2 * norm, history["val_twice"][0], 1e-5);
    }

    [Fact]
    public void MetricsOfOnesOwnReplaceTheOthers()
    {
        OnlyOwn model = new();
        model.Compile("sgd", "mse", metrics: ["mae"]);
        Assert.Equal(["own"], model.Fit(s_data.X, s_data.Y, verbose: 0).Logs.Keys);
    }

    [Fact]
    public void PredictStepIsWhatPredictGives()
    {
        OwnPredictions model = new();
        model.Compile("sgd", "mse");
        model.Fit(s_data.X, s_data.Y, verbose: 0);
        float[] plain = model.Apply(s_data.X).ToArray<float>();
        Assert.Equal(plain.Select(v => v * 2), model.Predict(s_data.X, batchSize: 12, verbose: 0).ToArray<float>());
        Assert.Equal(plain.Select(v => v * 2), model.PredictOnBatch(s_data.X).ToArray<float>());
    }

    /// <summary>Code of layers, losses and steps sees the numbers of the batch, and may decide by them.</summary>
    [Fact]
    public void EagerStepsSeeNumbers()
    {
        List<float> seen = [];
        Looking layer = new(seen);
        Sequential model = new([new Input([2]), layer, new Dense(1, kernelInitializer: "ones")]);
        model.Compile(new SGD(0.1), "mse", runEagerly: true);
        Assert.True(model.RunEagerly);
        model.Fit(s_data.X, s_data.Y, batchSize: 4, epochs: 2, verbose: 0, shuffle: false);
        float[] sums = [.. Enumerable.Range(0, 3).Select(i => s_data.X[(4 * i)..(4 * i + 4)].ToArray<float>().Sum())];
        Assert.Equal(6, seen.Count);
        for (int i = 0; i < 6; i++) Assert.Equal(sums[i % 3], seen[i], 1e-4);
        seen.Clear();
        model.Evaluate(s_data.X, s_data.Y, batchSize: 4, verbose: 0);
        model.Predict(s_data.X, batchSize: 4, verbose: 0);
        model.TrainOnBatch(s_data.X, s_data.Y);
        model.PredictOnBatch(s_data.X);
        Assert.Equal(8, seen.Count);

        model.Compile(new SGD(0.1), "mse");
        Assert.Contains("runEagerly: true", Assert.Throws<TrainingException>(() => model.Fit(s_data.X, s_data.Y, verbose: 0)).Message, StringComparison.Ordinal);
    }

    /// <summary>Dropout draws the same numbers whether a step is compiled or eager, also where its results are looked at.</summary>
    [Fact]
    public void EagerStepsGiveTheSameBits()
    {
        float[][] weights = [.. new[] { false, true }.Select(eagerly =>
        {
            Utils.SetRandomSeed(3);
            Sequential model = new([new Input([2]), new Dense(8, activation: "relu"), new Dropout(0.5), new Looking([], eagerly), new Dense(1)]);
            model.Compile(new Adam(0.01), "mse", runEagerly: eagerly);
            model.Fit(s_data.X, s_data.Y, batchSize: 4, epochs: 3, verbose: 0);
            return model.GetWeights()[0].ToArray<float>();
        })];
        Assert.Equal(weights[0], weights[1]);
    }

    private sealed class OwnLoss : Model
    {
        private readonly Dense _dense = new(1);

        public List<bool> Trainings { get; } = [];

        public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs);

        public override Tensor ComputeLoss(Tensors? x = null, Tensors? y = null, Tensors? yPred = null, Tensors? sampleWeight = null, bool training = true)
        {
            Trainings.Add(training);
            return 3.0 * Ops.Mean(LossFunctions.MeanAbsoluteError(y![0], yPred![0]));
        }
    }

    private sealed class OwnMetrics : Model
    {
        private readonly Dense _dense = new(1);
        private readonly Mean _norm = new("norm");

        public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs);

        public override IReadOnlyDictionary<string, Tensor> ComputeMetrics(Tensors x, Tensors? y, Tensors yPred, Tensors? sampleWeight = null)
        {
            _norm.UpdateState(Ops.Abs(yPred[0]));
            return new Dictionary<string, Tensor>(base.ComputeMetrics(x, y, yPred, sampleWeight)) { ["twice"] = _norm.Result() * 2.0 };
        }
    }

    private sealed class OwnPredictions : Model
    {
        private readonly Dense _dense = new(1);

        public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs);

        public override Tensors PredictStep(Batch data) => base.PredictStep(data)[0] * 2.0;
    }

    private sealed class OnlyOwn : Model
    {
        private readonly Dense _dense = new(1);
        private readonly Mean _own = new("own");

        public override IReadOnlyList<Metric> Metrics => [_own];

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            Tensor result = _dense.Apply(inputs);
            _own.UpdateState(result);
            return result;
        }
    }

    private sealed class Looking(List<float> seen, bool looks = true) : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false)
        {
            // While shapes are inferred there is no batch.
            if (looks && inputs.Shape[0] != null) seen.Add(inputs.ToArray<float>().Sum());
            return inputs;
        }
    }
}

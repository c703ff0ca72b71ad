using NKeras.Layers;
using NKeras.Losses;

namespace NKeras.Tests.Models;

/// <summary>Training, judging and predicting with subclassed models.</summary>
public sealed class SubclassedTrainingTests
{
    private static readonly Tensor s_x = Tensor.From([.. Enumerable.Range(0, 30).Select(i => (i % 7) / 7f)], [10, 3]);
    private static readonly Tensor s_y = Tensor.From([.. Enumerable.Range(0, 10).Select(i => (float)i / 10)], [10, 1]);

    public enum Form
    {
        List,
        Names,
    }

    /// <summary>Recorded with Keras 3.16: outputs of a list have no names, so scores are told apart by numbers, or not at all.</summary>
    public static TheoryData<Form, bool, bool, string[]> LogNames => new()
    {
        { Form.List, false, false, ["loss", "mse_loss"] },
        { Form.List, true, false, ["loss", "mae", "mae_1", "mse", "mse_loss"] },
        { Form.List, true, true, ["loss", "mae", "mae_1", "mse", "mse_loss", "weighted_mae", "weighted_mae_1"] },
        { Form.Names, false, false, ["c_loss", "loss", "z_loss"] },
        { Form.Names, true, false, ["c_loss", "c_mae", "loss", "z_loss", "z_mae", "z_mse"] },
        { Form.Names, true, true, ["c_loss", "c_mae", "c_weighted_mae", "loss", "z_loss", "z_mae", "z_mse", "z_weighted_mae"] },
    };

    [Theory]
    [MemberData(nameof(LogNames))]
    public void LogsHaveKerasNames(Form outputs, bool metrics, bool weighted, string[] expected)
    {
        TwoHeads model = new(outputs);
        MetricsByOutput given = [["mae"], ["mae", "mse"]], weightedGiven = [["mae"], ["mae"]];
        model.Compile("sgd", "mse", metrics: metrics ? given : null, weightedMetrics: weighted ? weightedGiven : null);
        Tensors y = outputs == Form.Names ? new Tensors { ["z"] = s_y, ["c"] = s_y } : (s_y, s_y);
        Assert.Equal(expected, model.TrainOnBatch(s_x, y, returnDict: true).Keys);
        Assert.Equal(expected, model.Fit(s_x, y, verbose: 0).Logs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(expected, model.Evaluate(s_x, y, verbose: 0, returnDict: true).Keys);
        Assert.Equal(expected, model.Evaluate(s_x, y, verbose: 0).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ALossGivenAsAnObjectLendsItsName()
    {
        TwoHeads model = new(Form.List);
        model.Compile("sgd", [new MeanSquaredError(), "mae"]);
        Assert.Equal(["loss", "mae_loss", "mean_squared_error_loss"], model.TestOnBatch(s_x, (s_y, s_y), returnDict: true).Keys);
    }

    [Fact]
    public void LossesMetricsAndTargetsGoByTheOutputsNames()
    {
        TwoHeads model = new(Form.Names);
        model.Compile("sgd", new() { ["z"] = "mse" }, metrics: new() { ["c"] = ["mae"] });
        Scores scores = model.Evaluate(s_x, new() { ["c"] = s_y, ["z"] = s_y }, verbose: 0);
        Tensors predictions = model.PredictAll(s_x, verbose: 0);
        Assert.Equal(Ops.Mean(Ops.Square(predictions["z"] - s_y)).Item<float>(), scores["loss"], 1e-5);
        Assert.Equal(Ops.Mean(Ops.Abs(predictions["c"] - s_y)).Item<float>(), scores["c_mae"], 1e-5);
        Assert.Contains("'d'", Assert.Throws<ArgumentException>(() => model.Evaluate(s_x, new() { ["c"] = s_y, ["d"] = s_y }, verbose: 0)).Message);
    }

    [Fact]
    public void SharedFunctionalOutputsShareTheNameOfTheirLayer()
    {
        Input x = new([3]);
        Dense shared = new(1, name: "p");
        Model model = new(x, [shared.Apply(x), shared.Apply(x * 2)]);
        model.Compile("sgd", "mse", metrics: [["mae"], ["mae", "mse"]]);
        Assert.Equal(["loss", "p_loss", "p_mae", "p_mae_1", "p_mse"], model.TrainOnBatch(s_x, (s_y, s_y), returnDict: true).Keys);
    }

    [Fact]
    public void DropoutIsActiveInFitOnly()
    {
        Noisy model = new();
        model.Compile("sgd", "mse");
        float[] first = model.Predict(s_x, verbose: 0).ToArray<float>();
        Assert.Equal(first, s_x.ToArray<float>());
        Assert.Equal(first, model.Apply(s_x).ToArray<float>());
        Assert.NotEqual(first, model.Apply(s_x, training: true).ToArray<float>());
        Assert.Equal(0, model.Evaluate(s_x, s_x, verbose: 0)["loss"]);
        Assert.True(model.Fit(s_x, s_x, verbose: 0)["loss"][0] > 0.01);
    }

    [Fact]
    public void WeightsMadeWithTheFirstDataAreTrained()
    {
        TwoHeads[] models = [new(Form.List), new(Form.List)];
        foreach (TwoHeads model in models) model.Compile("sgd", "mse");
        models[0].Fit(s_x, (s_y, s_y), batchSize: 4, epochs: 3, verbose: 0);
        models[1].TrainOnBatch(s_x, (s_y, s_y));
        foreach (TwoHeads model in models)
        {
            Assert.True(model.Built);
            Assert.All(model.Weights.Where(w => w.Name == "bias"), w => Assert.NotEqual(0, w.Value.ToArray<float>()[0]));
        }
    }

    [Fact]
    public void BatchesOfAnySizeCanBeGiven()
    {
        TwoHeads model = new(Form.List);
        model.Compile("sgd", "mse");
        foreach (int rows in (int[])[4, 10, 1, 3])
        {
            Tensor x = Ops.Reshape(Tensor.From(s_x.ToArray<float>()[..(rows * 3)]), [rows, 3]), y = Ops.Zeros([rows, 1]);
            model.TrainOnBatch(x, (y, y));
            Assert.Equal([rows, 1], model.PredictAll(x, batchSize: 3, verbose: 0)[0].Shape);
        }
    }

    [Fact]
    public void FreezingAndThawingBetweenFitsIsNoticed()
    {
        TwoHeads model = new(Form.List);
        model.Compile("sgd", "mse");
        model.Fit(s_x, (s_y, s_y), verbose: 0);
        model.Layers[0].Trainable = false;
        float[][] before = Values(model);
        model.Fit(s_x, (s_y, s_y), verbose: 0);
        float[][] after = Values(model);
        Assert.Equal(before[0], after[0]);
        Assert.NotEqual(before[2], after[2]);
        model.Trainable = true;
        model.Fit(s_x, (s_y, s_y), verbose: 0);
        Assert.NotEqual(after[0], Values(model)[0]);
    }

    [Fact]
    public void ALayerAddedToAListIsTrainedWithTheOthers()
    {
        Growing model = new();
        model.Compile("sgd", "mse");
        model.Fit(s_x, s_x, verbose: 0);
        model.Middle.Add(new Dense(3, name: "added"));
        model.Predict(s_x, verbose: 0);
        Assert.Equal(2, model.Middle[1].Weights.Count);
        Assert.Contains("added/kernel", Assert.Throws<ArgumentException>(() => model.Fit(s_x, s_x, verbose: 0)).Message);
        model.Middle.Add(new Dense(3));
        model.Compile("sgd", "mse");
        model.TrainOnBatch(s_x, s_x);
        Assert.All(model.Middle, l => Assert.Contains(((Dense)l).Bias!.Value.ToArray<float>(), b => b != 0));
    }

    [Fact]
    public void ModelsThatShareLayersTrainThemThroughEither()
    {
        Dense body = new(3);
        Growing first = new(body), second = new(body);
        first.Compile("sgd", "mse");
        second.Compile("sgd", "mse");
        first.Fit(s_x, s_x, verbose: 0);
        float[] before = body.Weights[0].Value.ToArray<float>();
        second.Fit(s_x, s_x, verbose: 0);
        float[] after = body.Weights[0].Value.ToArray<float>();
        Assert.NotEqual(before, after);
        Assert.Equal(first.Predict(s_x, verbose: 0).ToArray<float>(), second.Predict(s_x, verbose: 0).ToArray<float>());
    }

    [Fact]
    public async Task ThreadsCanPredictAtOnceWithAModelThatIsNotBuilt()
    {
        Dense body = new(3) { ActivityRegularizer = "l2" };
        Growing[] models = [new(body), new(body)];
        float[][] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() =>
            i < 8 ? models[i % 2].Predict(s_x, batchSize: 4, verbose: 0).ToArray<float>() : models[i % 2].Apply(s_x).ToArray<float>())));
        Assert.Equal(2, models[0].Weights.Count);
        float[] expected = models[0].Predict(s_x, verbose: 0).ToArray<float>();
        Assert.All(results, r => Assert.All(r.Zip(expected), p => Assert.Equal(p.Second, p.First, 1e-5f)));
    }

    private static float[][] Values(Model model) => [.. model.Weights.Select(w => w.Value.ToArray<float>())];

    private sealed class TwoHeads(Form outputs) : Model(name: null)
    {
        private readonly Dense _a = new(1), _b = new(1);

        public override Tensors Call(Tensors inputs, bool training)
        {
            Tensor a = _a.Apply(inputs[0]), b = _b.Apply(inputs[0]);
            return outputs == Form.List ? [a, b] : new Tensors { ["z"] = a, ["c"] = b };
        }
    }

    private sealed class Noisy() : Model(name: null)
    {
        private readonly Dropout _dropout = new(0.5, seed: 1);

        public override Tensor Call(Tensor inputs, bool training = false) => _dropout.Apply(inputs);
    }

    private sealed class Growing(Layer? body = null) : Model(name: null)
    {
        public List<Layer> Middle { get; } = [body ?? new Dense(3)];

        public override Tensor Call(Tensor inputs, bool training = false) => Middle.Aggregate(inputs, (x, layer) => layer.Apply(x));
    }
}

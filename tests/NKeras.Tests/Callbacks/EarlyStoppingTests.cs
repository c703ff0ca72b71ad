using System.Text.Json;
using NKeras.Callbacks;
using NKeras.Optimizers;

namespace NKeras.Tests.Callbacks;

public sealed class EarlyStoppingTests
{
    public static TheoryData<int> Traces => CallbackTraces.Cases("early_stopping");

    [Theory]
    [MemberData(nameof(Traces))]
    public void DoesWhatKerasDoes(int index)
    {
        JsonElement record = CallbackTraces.Of("early_stopping")[index];
        StringWriter output = new();
        EarlyStopping stopping = new(
            record.Argument("monitor", "val_loss"),
            record.Argument("min_delta", 0.0),
            record.Argument("patience", 0),
            record.Argument("verbose", 0),
            record.Argument("mode", "auto"),
            record.Argument<double?>("baseline", null),
            record.Argument("restore_best_weights", false),
            record.Argument("start_from_epoch", 0))
        { Output = output, WriteWarning = _ => { } };
        Model model = CallbackTraces.Scale();
        stopping.SetModel(model);
        stopping.OnTrainBegin();
        int epoch = 0;
        foreach (JsonElement expected in record.GetProperty("epochs").EnumerateArray())
        {
            CallbackTraces.SetWeight(model, epoch);
            stopping.OnEpochEnd(epoch++, CallbackTraces.Logs(expected.GetProperty("logs")));
            Assert.Equal(expected.GetProperty("wait").GetInt32(), stopping.Wait);
            Assert.Equal(expected.GetProperty("best_epoch").GetInt32(), stopping.BestEpoch);
            Assert.Equal(expected.GetProperty("best") is { ValueKind: not JsonValueKind.Null } best ? CallbackTraces.Number(best) : null, stopping.Best);
            Assert.Equal(expected.GetProperty("stop").GetBoolean(), model.StopTraining);
        }

        stopping.OnTrainEnd();
        Assert.Equal(record.GetProperty("stopped_epoch").GetInt32(), stopping.StoppedEpoch);
        Assert.Equal(record.GetProperty("weights").GetInt32(), CallbackTraces.WeightOf(model));
        Assert.Equal(record.GetProperty("text").GetString(), output.ToString());
    }

    [Fact]
    public void BestWeightsComeBackAfterFit()
    {
        // The loss is the square of the weight, which each epoch is given one.
        Model model = CallbackTraces.Scale(new SGD(0.1));
        float[] x = [1, 1], y = [0, 0];
        List<float> weights = [];
        EarlyStopping stopping = new("loss", mode: "min", patience: 2, restoreBestWeights: true);
        LambdaCallback spoil = new(
            onEpochBegin: (epoch, _) => CallbackTraces.SetWeight(model, new float[] { 3, 1, 2, 4, 5 }[epoch]),
            onEpochEnd: (_, _) => weights.Add(CallbackTraces.WeightOf(model)));
        History history = model.Fit(x, y, batchSize: 2, epochs: 5, verbose: 0, callbacks: [spoil, stopping]);
        Assert.Equal([9.0, 1.0, 4.0, 16.0], history["loss"]);
        Assert.Equal(1, stopping.BestEpoch);
        Assert.Equal(3, stopping.StoppedEpoch);
        Assert.Equal(weights[1], CallbackTraces.WeightOf(model));
        Assert.NotEqual(weights[3], weights[1]);

        // A second Fit starts anew.
        Assert.Equal(4, model.Fit(x, y, batchSize: 2, epochs: 5, verbose: 0, callbacks: [spoil, stopping])["loss"].Count);
    }

    [Fact]
    public void KeptWeightsDoNotChangeWithTheModel()
    {
        Model model = CallbackTraces.Scale(new SGD(0.1));
        EarlyStopping stopping = new("loss", restoreBestWeights: true);
        stopping.SetModel(model);
        stopping.OnTrainBegin();
        stopping.OnEpochEnd(0, new Dictionary<string, double> { ["loss"] = 1 });
        model.Fit(new float[] { 1 }, new float[] { 0 }, epochs: 3, verbose: 0);
        Assert.NotEqual(1f, CallbackTraces.WeightOf(model));
        Assert.Equal(1f, stopping.BestWeights![0].ToArray<float>()[0]);
    }

    [Fact]
    public void MissingScoreWarnsOnce()
    {
        List<string> warnings = [];
        EarlyStopping stopping = new() { WriteWarning = warnings.Add };
        stopping.SetModel(CallbackTraces.Scale());
        stopping.OnTrainBegin();
        for (int epoch = 0; epoch < 3; epoch++) stopping.OnEpochEnd(epoch, new Dictionary<string, double> { ["acc"] = 1, ["loss"] = 2 });
        Assert.Equal(["Early stopping conditioned on metric `val_loss` which is not available. Available metrics are: acc,loss"], warnings);
    }
}

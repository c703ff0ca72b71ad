using System.Text.Json;
using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace NKeras.Tests.Callbacks;

/// <summary>Callbacks that set the learning rate.</summary>
public sealed class LearningRateTests
{
    private static readonly float[] s_x = [1, 1], s_y = [0, 0];

    public static TheoryData<int> Plateaus => CallbackTraces.Cases("reduce_lr");

    [Theory]
    [MemberData(nameof(Plateaus))]
    public void ReduceLROnPlateauDoesWhatKerasDoes(int index)
    {
        JsonElement record = CallbackTraces.Of("reduce_lr")[index];
        StringWriter output = new();
        ReduceLROnPlateau callback = new(
            record.Argument("monitor", "val_loss"),
            record.Argument("factor", 0.1),
            record.Argument("patience", 10),
            record.Argument("verbose", 0),
            record.Argument("mode", "auto"),
            record.Argument("min_delta", 1e-4),
            record.Argument("cooldown", 0),
            record.Argument("min_lr", 0.0))
        { Output = output };
        Model model = CallbackTraces.Scale(new SGD(record.GetProperty("lr").GetDouble()));
        callback.SetModel(model);
        callback.OnTrainBegin();
        int epoch = 0;
        foreach (JsonElement expected in record.GetProperty("epochs").EnumerateArray())
        {
            Dictionary<string, double> logs = CallbackTraces.Logs(expected.GetProperty("logs"));
            callback.OnEpochEnd(epoch++, logs);
            Assert.Equal(expected.GetProperty("logged").GetDouble(), logs["learning_rate"]);
            Assert.Equal(expected.GetProperty("wait").GetInt32(), callback.Wait);
            Assert.Equal(expected.GetProperty("cooldown").GetInt32(), callback.CooldownCounter);
            Assert.Equal(expected.GetProperty("best").GetDouble(), callback.Best);
            Assert.Equal(expected.GetProperty("lr").GetDouble(), model.Optimizer.LearningRate.Value);
        }

        Assert.Equal(record.GetProperty("text").GetString(), output.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void LearningRateSchedulerDoesWhatKerasDoes(int index)
    {
        JsonElement record = CallbackTraces.Of("scheduler")[index];
        StringWriter output = new();
        LearningRateScheduler callback = record.GetProperty("schedule").GetString() == "lambda e,lr: lr/2"
            ? new((_, lr) => lr / 2, verbose: 1) { Output = output }
            : new(epoch => 1.0 / (epoch + 2), verbose: 1) { Output = output };
        callback.SetModel(CallbackTraces.Scale(new SGD(0.1)));
        int epoch = 0;
        foreach (JsonElement expected in record.GetProperty("rates").EnumerateArray())
        {
            callback.OnEpochBegin(epoch);
            Dictionary<string, double> logs = new() { ["loss"] = 1 };
            callback.OnEpochEnd(epoch++, logs);
            Assert.Equal(expected.GetDouble(), logs["learning_rate"]);
        }

        Assert.Equal(record.GetProperty("text").GetString(), output.ToString());
    }

    [Fact]
    public void RatesAreInTheHistoryAndOfCsvFiles()
    {
        // The weight is w -> w - rate * 2 w.
        Model model = CallbackTraces.Scale(new SGD(0.0));
        History history = model.Fit(s_x, s_y, batchSize: 2, epochs: 2, verbose: 0, callbacks: [new LearningRateScheduler(epoch => 0.25 * (epoch + 1))]);
        Assert.Equal([0.25, 0.5], history["learning_rate"]);
        Assert.Equal(["loss", "learning_rate"], history.Logs.Keys);
        Assert.Equal([1.0, 0.25], history["loss"]);
        Assert.Equal(0f, CallbackTraces.WeightOf(model));
    }

    [Fact]
    public void PlateauIsReducedWithinFit()
    {
        Model model = CallbackTraces.Scale(new SGD(0.5));
        model.Fit(s_x, s_y, epochs: 2, verbose: 0, validationData: (s_x, s_y), callbacks: [new ReduceLROnPlateau("val_loss", patience: 1, factor: 0.5, minDelta: 100)]);
        Assert.Equal(0.25, model.Optimizer.LearningRate.Value);
    }

    [Fact]
    public void EachOptimizerOfSeveralHasARate()
    {
        StringWriter output = new();
        SGD a = new(0.5, name: "a"), b = new(0.25, name: "b");
        Sequential model = new([new Input([1]), new Dense(1, useBias: false, name: "first"), new Dense(1, useBias: false)]);
        model.Compile(new MultiOptimizer(v => v.Path.Contains("first", StringComparison.Ordinal) ? a : b), "mse");
        History history = model.Fit(s_x, s_y, batchSize: 2, epochs: 2, verbose: 0, callbacks: [new LearningRateScheduler((_, lr) => lr / 2, verbose: 1) { Output = output }]);
        Assert.Equal([0.25, 0.125], history["learning_rate_a"]);
        Assert.Equal([0.125, 0.0625], history["learning_rate_b"]);
        Assert.EndsWith(
            "\nEpoch 2: LearningRateScheduler setting a learning rate to 0.125.\n\nEpoch 2: LearningRateScheduler setting b learning rate to 0.0625.\n", output.ToString());
    }

    [Fact]
    public void SchedulesOfOptimizersCannotBeSet()
    {
        Model model = CallbackTraces.Scale(new SGD(new PolynomialDecay(0.1, 10)));
        Assert.ThrowsAny<InvalidOperationException>(() => model.Fit(s_x, s_y, verbose: 0, callbacks: [new LearningRateScheduler(_ => 0.1)]));
    }

    [Fact]
    public void FactorsOfOneAndMoreAreRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(factor: 1));
}

using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;
using Samples.WritingCallbacks;

namespace NKeras.Samples.Tests;

public sealed class OwnCallbackTests
{
    private static readonly Tensor s_x = RandomOps.Normal([8, 3], seed: 1), s_y = Ops.Sum(s_x, axis: 1, keepdims: true);

    [Fact]
    public void Every_call_is_traced_in_order()
    {
        TracingCallback tracing = new();
        Model model = Linear();
        model.Fit(s_x, s_y, batchSize: 2, epochs: 1, validationSplit: 0.5, verbose: 0, callbacks: [tracing]);
        model.Predict(s_x, batchSize: 8, verbose: 0, callbacks: [tracing]);
        Assert.Equal(
            [
                "train begins", "epoch 0 begins",
                "train batch 0 begins", "train batch 0 ends (loss, mae)", "train batch 1 begins", "train batch 1 ends (loss, mae)",
                "test begins", "test batch 0 begins", "test batch 0 ends (loss, mae)", "test batch 1 begins", "test batch 1 ends (loss, mae)", "test ends (loss, mae)",
                "epoch 0 ends (loss, mae, val_loss, val_mae)", "train ends (loss, mae, val_loss, val_mae)",
                "predict begins", "predict batch 0 begins",
            ],
            tracing.Calls.Take(16));
        Assert.StartsWith("predict batch 0 ends", tracing.Calls[16], StringComparison.Ordinal);
        Assert.Equal("predict ends", tracing.Calls[17]);
        Assert.Equal(18, tracing.Calls.Count);
    }

    [Fact]
    public void Training_stops_at_the_least_loss_with_its_weights()
    {
        // Steps that are far too large: the loss never falls below the first epoch's.
        EarlyStoppingAtMinLoss stopping = new(patience: 2);
        Tensor[] afterFirst = [];
        Model model = Linear(rate: 5);
        History history = model.Fit(
            s_x, s_y, batchSize: 8, epochs: 20, verbose: 0,
            callbacks: [new LambdaCallback(onEpochEnd: (epoch, _) => afterFirst = epoch == 0 ? model.GetWeights() : afterFirst), stopping]);
        Assert.Equal(2, stopping.StoppedEpoch);
        Assert.Equal([0, 1, 2], history.Epoch);
        foreach ((Tensor expected, Tensor actual) in afterFirst.Zip(model.GetWeights())) Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
    }

    [Fact]
    public void The_rate_is_what_the_schedule_says()
    {
        CustomLearningRateScheduler scheduler = new((epoch, rate) => epoch == 1 ? 0 : rate);
        Model model = Linear();
        History history = model.Fit(s_x, s_y, batchSize: 8, epochs: 3, shuffle: false, verbose: 0, callbacks: [scheduler]);
        Assert.Equal(0.1, scheduler.Rates[0], 1e-6);
        Assert.Equal([0, 0], scheduler.Rates.Skip(1));
        // Without steps the loss stays.
        Assert.Equal(history["loss"][1], history["loss"][2]);
        Assert.NotEqual(history["loss"][0], history["loss"][1]);
    }

    private static Sequential Linear(double rate = 0.1)
    {
        Utils.SetRandomSeed(1);
        Sequential model = new([new Input([3]), new Dense(1)]);
        model.Compile(new SGD(rate), "mse", metrics: ["mae"]);
        return model;
    }
}

using NKeras.Callbacks;

namespace NKeras.Tests.Callbacks;

public sealed class TerminateOnNaNTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void StopsTraining(double loss)
    {
        StringWriter output = new();
        TerminateOnNaN callback = new() { Output = output };
        Model model = CallbackTraces.Scale();
        callback.SetModel(model);
        callback.OnTrainBatchEnd(0, new Dictionary<string, double> { ["loss"] = 1 });
        callback.OnTrainBatchEnd(1, new Dictionary<string, double> { ["mae"] = double.NaN });
        Assert.False(model.StopTraining);
        callback.OnTrainBatchEnd(2, new Dictionary<string, double> { ["loss"] = loss });
        Assert.True(model.StopTraining);
        Assert.Equal("Batch 2: Invalid loss, terminating training\n", output.ToString());
    }

    [Fact]
    public void CanBeAnError()
    {
        bool ended = false;
        LambdaCallback end = new(onTrainEnd: _ => ended = true);
        // Weights that are too great: the loss overflows.
        Model model = CallbackTraces.Scale();
        CallbackTraces.SetWeight(model, 1e30f);
        Exception e = Assert.ThrowsAny<Exception>(() => model.Fit(new float[] { 1, 1 }, new float[] { 0, 0 }, verbose: 0, callbacks: [new TerminateOnNaN(raiseError: true), end]));
        Assert.Contains("NaN or Inf loss encountered at batch 0. Loss value: inf. Terminating training immediately.", e.ToString());
        Assert.False(ended);
    }

    [Fact]
    public void EpochEndsAtOnce()
    {
        Model model = CallbackTraces.Scale();
        CallbackTraces.SetWeight(model, 1e30f);
        int batches = 0;
        History history = model.Fit(
            new float[6], new float[6], batchSize: 1, epochs: 3, verbose: 0, shuffle: false,
            callbacks: [new LambdaCallback(onTrainBatchEnd: (_, logs) => { batches++; logs!["loss"] = double.NaN; }), new TerminateOnNaN { Output = TextWriter.Null }]);
        // What one callback writes into the logs the next one sees.
        Assert.Equal(1, batches);
        Assert.Equal([0], history.Epoch);
    }
}

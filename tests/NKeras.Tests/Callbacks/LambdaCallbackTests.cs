using NKeras.Callbacks;

namespace NKeras.Tests.Callbacks;

public sealed class LambdaCallbackTests
{
    private static readonly float[] s_x = [1, 2, 3], s_y = [0, 0, 0];

    [Fact]
    public void EveryMethodHasAFunction()
    {
        List<string> calls = [];
        LambdaCallback callback = new(
            onEpochBegin: (n, _) => calls.Add($"epoch begin {n}"),
            onEpochEnd: (n, l) => calls.Add($"epoch end {n} {Keys(l)}"),
            onTrainBegin: l => calls.Add($"train begin {Keys(l)}"),
            onTrainEnd: l => calls.Add($"train end {Keys(l)}"),
            onTrainBatchBegin: (n, _) => calls.Add($"train batch begin {n}"),
            onTrainBatchEnd: (n, l) => calls.Add($"train batch end {n} {Keys(l)}"),
            onTestBegin: _ => calls.Add("test begin"),
            onTestEnd: l => calls.Add($"test end {Keys(l)}"),
            onTestBatchBegin: (n, _) => calls.Add($"test batch begin {n}"),
            onTestBatchEnd: (n, l) => calls.Add($"test batch end {n} {Keys(l)}"),
            onPredictBegin: _ => calls.Add("predict begin"),
            onPredictEnd: _ => calls.Add("predict end"),
            onPredictBatchBegin: (n, _) => calls.Add($"predict batch begin {n}"),
            onPredictBatchEnd: (n, _) => calls.Add($"predict batch end {n}"));
        Model model = CallbackTraces.Scale();
        model.Fit(s_x, s_y, batchSize: 2, verbose: 0, validationData: (s_x[..1], s_y[..1]), callbacks: [callback]);
        Assert.Equal(
            [
                "train begin ", "epoch begin 0", "train batch begin 0", "train batch end 0 loss", "train batch begin 1", "train batch end 1 loss",
                "test begin", "test batch begin 0", "test batch end 0 loss", "test end loss", "epoch end 0 loss val_loss", "train end loss val_loss",
            ],
            calls);
        calls.Clear();
        model.Predict(s_x, batchSize: 2, verbose: 0, callbacks: [callback]);
        Assert.Equal(["predict begin", "predict batch begin 0", "predict batch end 0", "predict batch begin 1", "predict batch end 1", "predict end"], calls);
    }

    [Fact]
    public void OlderNamesOfBatchesWork()
    {
        List<string> calls = [];
        Model model = CallbackTraces.Scale();
        model.Fit(s_x, s_y, verbose: 0, callbacks: [new LambdaCallback(onBatchBegin: (n, _) => calls.Add($"begin {n}"), onBatchEnd: (n, l) => calls.Add($"end {n} {Keys(l)}"))]);
        Assert.Equal(["begin 0", "end 0 loss"], calls);
    }

    [Fact]
    public void ScoresOfBatchesAreReadOnlyIfAFunctionTakesThem()
    {
        Assert.False(new LambdaCallback(onEpochEnd: (_, _) => { }).WantsScores);
        Assert.False(new LambdaCallback(onEpochEnd: (_, _) => { }).WatchesBatchBegin);
        Assert.True(new LambdaCallback(onTestBatchEnd: (_, _) => { }).WantsScores);
        Assert.True(new LambdaCallback(onPredictBatchBegin: (_, _) => { }).WatchesBatchBegin);
        Assert.False(new EarlyStopping().WantsScores);
        Assert.True(new TerminateOnNaN().WantsScores);
        Assert.True(new CallbackList([new EarlyStopping(), new TerminateOnNaN()]).WantsScores);
        Assert.False(new CallbackList([new EarlyStopping()], addHistory: true, addProgbar: true).WantsScores);
    }

    private static string Keys(IDictionary<string, double>? logs) => string.Join(' ', logs?.Keys ?? []);
}

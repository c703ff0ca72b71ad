using NKeras.Callbacks;
using NKeras.Optimizers;

namespace NKeras.Tests.Callbacks;

public sealed class SwapEMAWeightsTests
{
    private static readonly float[] s_x = [1, 1], s_y = [0, 0];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ValidationSeesTheAveragesAndTrainingTheWeights(bool swapOnEpoch)
    {
        // One step an epoch: w -> w - 0.25 * 2 w = w / 2, from 1. The average starts as the first weight after a step.
        float[] weights = [0.5f, 0.25f, 0.125f];
        List<float> averages = [];
        foreach (float w in weights) averages.Add(averages.Count == 0 ? w : (averages[^1] * 0.75f) + (w * 0.25f));

        Model model = CallbackTraces.Scale(new SGD(0.25, useEma: true, emaMomentum: 0.75));
        List<float> tested = [], ended = [], began = [];
        LambdaCallback look = new(
            onEpochBegin: (_, _) => began.Add(CallbackTraces.WeightOf(model)),
            onEpochEnd: (_, _) => ended.Add(CallbackTraces.WeightOf(model)));
        LambdaCallback lookAtTest = new(onTestBatchEnd: (_, _) => tested.Add(CallbackTraces.WeightOf(model)));
        History history = model.Fit(
            s_x, s_y, batchSize: 2, epochs: 3, verbose: 0, validationData: (s_x, s_y), callbacks: [new SwapEMAWeights(swapOnEpoch), look, lookAtTest]);
        Assert.Equal(averages, tested);
        Assert.Equal([1, .. weights[..2]], began);
        Assert.Equal(swapOnEpoch ? averages : weights, ended);
        Assert.Equal(averages.Select(a => (double)(a * a)), history["val_loss"]);
        // As always, the averages become the weights in the end.
        Assert.Equal(averages[^1], CallbackTraces.WeightOf(model));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TrainingThatStopsEarlyEndsWithTheAverages(bool swapOnEpoch)
    {
        Model model = CallbackTraces.Scale(new SGD(0.25, useEma: true, emaMomentum: 0.75));
        model.Fit(s_x, s_y, batchSize: 2, epochs: 5, verbose: 0, callbacks: [new SwapEMAWeights(swapOnEpoch), new LambdaCallback(onEpochEnd: (e, _) => model.StopTraining = e == 1)]);
        Assert.Equal((0.5f * 0.75f) + (0.25f * 0.25f), CallbackTraces.WeightOf(model));
    }

    [Fact]
    public void WeightsComeBackAfterPredictAndEvaluate()
    {
        Model model = CallbackTraces.Scale(new SGD(0.25, useEma: true, emaMomentum: 0.75));
        SwapEMAWeights swap = new();
        model.Fit(s_x, s_y, batchSize: 2, epochs: 3, verbose: 0, callbacks: [swap]);
        float average = CallbackTraces.WeightOf(model);
        CallbackTraces.SetWeight(model, 7);
        Assert.Equal([average, average], model.Predict(s_x, verbose: 0, callbacks: [swap]).ToArray<float>());
        Assert.Equal(7, CallbackTraces.WeightOf(model));
        Assert.Equal(average * average, (float)(double)model.Evaluate(s_x, s_y, verbose: 0, callbacks: [swap]));
        Assert.Equal(7, CallbackTraces.WeightOf(model));
    }

    [Fact]
    public void OptimizersWithinOptimizersKeepAverages()
    {
        foreach (bool several in new[] { false, true })
        {
            SGD inner = new(0.25, useEma: true, emaMomentum: 0.75);
            Model model = CallbackTraces.Scale(several ? new MultiOptimizer(_ => inner) : new LossScaleOptimizer(inner, initialScale: 4));
            List<float> tested = [];
            model.Fit(
                s_x, s_y, batchSize: 2, epochs: 2, verbose: 0, validationData: (s_x, s_y),
                callbacks: [new SwapEMAWeights(), new LambdaCallback(onTestBatchEnd: (_, _) => tested.Add(CallbackTraces.WeightOf(model)))]);
            Assert.Equal([0.5f, 0.4375f], tested);
        }
    }

    [Fact]
    public void AbandonedEvaluationGivesTheWeightsBack()
    {
        Model model = CallbackTraces.Scale(new SGD(0.25, useEma: true));
        model.Fit(s_x, s_y, verbose: 0);
        CallbackTraces.SetWeight(model, 7);
        CallbackList callbacks = new([new SwapEMAWeights()], model: model);
        callbacks.OnTestBegin();
        Assert.NotEqual(7, CallbackTraces.WeightOf(model));
        callbacks.OnAbandoned();
        Assert.Equal(7, CallbackTraces.WeightOf(model));
    }

    [Fact]
    public void OptimizersWithoutAveragesAreRefused()
    {
        Exception e = Assert.ThrowsAny<Exception>(() => CallbackTraces.Scale().Fit(s_x, s_y, verbose: 0, validationData: (s_x, s_y), callbacks: [new SwapEMAWeights()]));
        Assert.Contains("SwapEMAWeights needs an optimizer that keeps running averages: create it with useEma: true", e.ToString());
    }
}

using NKeras.Core;
using NKeras.Layers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Losses;

/// <summary>What masks leave out does not count: those that travel with predictions, and those that losses make. By definition: averages are over the rest.</summary>
public sealed class LossMaskTests
{
    private static readonly Tensor s_yTrue = new float[,,] { { { 1 }, { 2 }, { 3 } }, { { 4 }, { 5 }, { 6 } } };
    private static readonly Tensor s_mask = Tensor.From([true, true, false, true, false, false], [2, 3]);

    // Differences 1, 2, 3 and 4, 5, 6; those that count are 1, 2 and 4.
    private static Tensor Predictions()
    {
        Tensor yPred = s_yTrue + new float[,,] { { { 1 }, { 2 }, { 3 } }, { { 4 }, { 5 }, { 6 } } };
        KerasMask.Set(yPred, s_mask);
        return yPred;
    }

    public static TheoryData<string?, float[], float[]> Reductions => new()
    {
        // Without weights, and with weights 1 for the first sample's steps, 3 for the second's.
        { "mean", [7f / 3], [15f / 3] },
        { "sum_over_batch_size", [7f / 3], [15f / 3] },
        { "sum", [7], [15] },
        { "mean_with_sample_weight", [7f / 3], [15f / 5] },
        { "none", [1, 2, 0, 4, 0, 0], [1, 2, 0, 12, 0, 0] },
        { null, [1, 2, 0, 4, 0, 0], [1, 2, 0, 12, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Reductions))]
    public void LossesPassOverWhatIsMasked(string? reduction, float[] plain, float[] weighted)
    {
        NKeras.Losses.MeanAbsoluteError loss = new(reduction);
        RecordedData.AssertClose("plain", plain, Ops.Reshape(loss.Apply(s_yTrue, Predictions()), -1));
        RecordedData.AssertClose("weighted", weighted, Ops.Reshape(loss.Apply(s_yTrue, Predictions(), new float[,] { { 1, 1, 1 }, { 3, 3, 3 } }), -1));
        // A weight for each sample.
        RecordedData.AssertClose("by sample", weighted, Ops.Reshape(loss.Apply(s_yTrue, Predictions(), new float[] { 1, 3 }), -1));
    }

    [Fact]
    public void MetricsPassOverWhatIsMasked()
    {
        NKeras.Metrics.MeanAbsoluteError metric = new();
        // Keras 3.16 averages a sample's values and its weights over all steps: (1 + 2 + 4) / 3 over (2/3 + 1/3).
        Assert.Equal(7f / 3, metric.Apply(s_yTrue, Predictions()).Item<float>(), 1e-5f);
        metric.ResetState();
        Assert.Equal(15f / 5, metric.Apply(s_yTrue, Predictions(), new float[] { 1, 3 }).Item<float>(), 1e-5f);
    }

    [Fact]
    public void ModelsWithMasksAreJudgedByWhatCounts()
    {
        Sequential model = new([new Input([4], dtype: "int32"), new Embedding(5, 3, maskZero: true), new Dense(2)]);
        model.Compile("sgd", "mse", metrics: ["mae"]);
        Tensor x = new int[,] { { 1, 2, 0, 0 }, { 3, 0, 0, 0 }, { 4, 1, 2, 0 } };
        Tensor y = Tensor.From<float>([.. Enumerable.Range(0, 24).Select(i => i / 7f)], [3, 4, 2]);
        Scores scores = model.Evaluate(x, y, verbose: 0);
        Tensor difference = (model.Predict(x, verbose: 0) - y) * Ops.ExpandDims(Ops.Cast(Ops.NotEqual(x, 0), "float32"), -1);
        Assert.Equal(Ops.Sum(Ops.Square(difference)).Item<float>() / 12, scores["loss"], 1e-4);
        Assert.Equal(Ops.Sum(Ops.Abs(difference)).Item<float>() / 12, scores["mae"], 1e-4);

        // Steps that do not count have no gradient: their targets may be anything.
        Tensor other = Ops.Where(Ops.ExpandDims(Ops.NotEqual(x, 0), -1), y, 1e3f);
        Tensor[] before = [.. model.GetWeights()];
        model.Fit(x, y, verbose: 0);
        Tensor[] first = [.. model.GetWeights()];
        model.SetWeights(before);
        model.Compile("sgd", "mse");
        model.Fit(x, other, verbose: 0);
        Assert.All(first.Zip(model.GetWeights()), p => RecordedData.AssertClose("weights", p.First, p.Second));
    }

    [Fact]
    public void IgnoredClassesLeaveTheAverage()
    {
        Tensor numbers = new int[] { 0, -1, 1 }, p = new float[,] { { 0.5f, 0.5f }, { 0.9f, 0.1f }, { 0.75f, 0.25f } };
        float expected = (float)(Math.Log(2) + Math.Log(4));
        Assert.Equal(expected / 2, new NKeras.Losses.SparseCategoricalCrossentropy(ignoreClass: -1).Apply(numbers, p).Item<float>(), 1e-5f);
        Assert.Equal(expected, new NKeras.Losses.SparseCategoricalCrossentropy(ignoreClass: -1, reduction: "sum").Apply(numbers, p).Item<float>(), 1e-5f);
        // Keras 3.16: the metric counts it as zero, unless there are weights.
        Assert.Equal(expected / 3, new NKeras.Metrics.SparseCategoricalCrossentropy(ignoreClass: -1).Apply(numbers, p).Item<float>(), 1e-5f);
        Assert.Equal(expected / 2, new NKeras.Metrics.SparseCategoricalCrossentropy(ignoreClass: -1).Apply(numbers, p, new float[] { 1, 1, 1 }).Item<float>(), 1e-5f);
        // Both masks at once: the second sample is ignored, the third is masked.
        KerasMask.Set(p, Tensor.From([true, true, false], [3]));
        Assert.Equal(Math.Log(2), new NKeras.Losses.SparseCategoricalCrossentropy(ignoreClass: -1).Apply(numbers, p).Item<float>(), 1e-5);
    }

    [Fact]
    public void LossesOfSymbolicTensorsTakeMasks()
    {
        Input x = new([null, 2]);
        KerasTensor masked = new Masking().Apply(x);
        KerasTensor loss = (KerasTensor)new NKeras.Losses.MeanAbsoluteError().Apply(Ops.ZerosLike(masked), masked);
        Model model = new(x, loss);
        Tensor data = new float[,,] { { { 1, 3 }, { 0, 0 } }, { { 2, 2 }, { 4, 6 } } };
        Assert.Equal((2 + 2 + 5) / 3f, model.Apply(data).Item<float>(), 1e-5f);
    }
}

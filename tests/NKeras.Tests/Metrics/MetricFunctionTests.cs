using NKeras.Metrics;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Metrics;

/// <summary>Metrics as functions, and what all metrics have in common.</summary>
public sealed class MetricFunctionTests
{
    [Fact]
    public void LossFunctionsAreMetricFunctionsToo()
    {
        Tensor yes = new float[,] { { 0, 1, 0 } }, p = new float[,] { { 0.25f, 0.5f, 0.25f } }, number = new int[] { 1 };
        RecordedData.AssertClose("mse", new float[] { 0.125f }, MetricFunctions.MeanSquaredError(yes, p));
        RecordedData.AssertClose("mae", new float[] { 1 / 3f }, MetricFunctions.MeanAbsoluteError(yes, p));
        RecordedData.AssertClose("bce", new float[] { (float)-(Math.Log(0.5) + (2 * Math.Log(0.75))) / 3 }, MetricFunctions.BinaryCrossentropy(yes, p));
        RecordedData.AssertClose("cce", new float[] { (float)Math.Log(2) }, MetricFunctions.CategoricalCrossentropy(yes, p));
        RecordedData.AssertClose("scce", new float[] { (float)Math.Log(2) }, MetricFunctions.SparseCategoricalCrossentropy(number, p));
    }

    /// <summary>Keras 3.16 drops a last dimension of one from the matches.</summary>
    [Theory]
    [InlineData(new[] { 2 }, new[] { 2, 3 }, new[] { 2 })]
    [InlineData(new[] { 2, 1 }, new[] { 2, 3 }, new[] { 2 })]
    [InlineData(new[] { 2, 1 }, new[] { 2, 1, 3 }, new[] { 2 })]
    [InlineData(new[] { 1 }, new[] { 1, 3 }, new[] { 1 })]
    [InlineData(new[] { 2, 4 }, new[] { 2, 4, 3 }, new[] { 2, 4 })]
    public void MatchesHaveTheShapeOfTheNumbers(int[] yTrue, int[] yPred, int[] expected) =>
        Assert.Equal(new Shape([.. expected]), MetricFunctions.SparseCategoricalAccuracy(Ops.Zeros(new Shape([.. yTrue]), DType.Int32), Ops.Zeros(new Shape([.. yPred]))).Shape);

    public static TheoryData<string, Func<Metric>> All => new()
    {
        { "AUC", () => new AUC() },
        { "F1", () => new F1Score() },
        { "R2", () => new R2Score() },
        { "IoU", () => new MeanIoU(2) },
        { "precision", () => new Precision() },
        { "counts", () => new FalseNegatives() },
        { "sensitivity", () => new SensitivityAtSpecificity(0.5) },
        { "mean", () => new MeanAbsoluteError() },
        { "root", () => new RootMeanSquaredError() },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void NothingIsLeftAfterAReset(string what, Func<Metric> create)
    {
        Tensor yTrue = new float[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } }, yPred = new float[,] { { 1, 0 }, { 1, 1 }, { 0, 1 } }, other = new float[,] { { 0, 1 }, { 1, 0 }, { 0, 0 } };
        Metric used = create(), fresh = create();
        used.UpdateState(yTrue, other);
        Assert.Contains(used.Variables, v => Ops.Any(Ops.NotEqual(v.Value, 0)).Item<bool>());
        used.ResetState();
        Assert.All(used.Variables, v => Assert.False(Ops.Any(Ops.NotEqual(v.Value, 0)).Item<bool>()));
        RecordedData.AssertClose(what, fresh.Apply(yTrue, yPred), used.Apply(yTrue, yPred));
    }
}

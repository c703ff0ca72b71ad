using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Tests.Recorded;
using CategoricalCrossentropy = NKeras.Losses.CategoricalCrossentropy;

namespace NKeras.Tests.Losses;

/// <summary>Arguments that losses and metrics cannot work with are refused, and the message names them.</summary>
public sealed class LossArgumentTests
{
    public static TheoryData<string, Action> Mistakes => new()
    {
        { "reduction", () => new LogCosh(reduction: "abc") },
        { "reduction", () => new NKeras.Losses.Hinge(reduction: "abc") },
        { "labelSmoothing", () => new BinaryFocalCrossentropy(labelSmoothing: 2) },
        { "labelSmoothing", () => new CategoricalFocalCrossentropy(labelSmoothing: -1) },
        { "labelSmoothing", () => new CategoricalCrossentropy(labelSmoothing: double.NaN) },
        { "q", () => new CategoricalGeneralizedCrossEntropy(q: 1) },
        { "alpha", () => LossFunctions.CategoricalFocalCrossentropy(new float[1, 3], new float[1, 3], alpha: [0.5, 0.5]) },
        { "k", () => new SparseTopKCategoricalAccuracy(k: 0) },
        { "k", () => new TopKCategoricalAccuracy(k: -1) },
        { "k", () => MetricFunctions.TopKCategoricalAccuracy(new float[1, 3], new float[1, 3], k: 0) },
        { "k", () => Ops.InTopK(new int[] { 0 }, new float[1, 3], 0) },
        { "numThresholds", () => new AUC(numThresholds: 1) },
        { "curve", () => new AUC(curve: "RAC") },
        { "summationMethod", () => new AUC(summationMethod: "integral") },
        { "thresholds", () => new AUC(thresholds: [0.5, 1.5]) },
        { "numLabels", () => new AUC(numLabels: 3) },
        { "numLabels", () => new AUC(numLabels: 0, multiLabel: true) },
        { "labelWeights", () => new AUC(multiLabel: true, numLabels: 3, labelWeights: [1, 2]) },
        { "thresholds", () => new Precision(thresholds: -0.5) },
        { "thresholds", () => new Recall(thresholds: [0.5, double.NaN]) },
        { "thresholds", () => new TruePositives(thresholds: []) },
        { "topK", () => new Precision(topK: 0) },
        { "specificity", () => new SensitivityAtSpecificity(-1) },
        { "sensitivity", () => new SpecificityAtSensitivity(1.5) },
        { "recall", () => new PrecisionAtRecall(-1) },
        { "precision", () => new RecallAtPrecision(double.NaN) },
        { "numThresholds", () => new RecallAtPrecision(0.4, numThresholds: -1) },
        { "average", () => new FBetaScore(average: "mikro") },
        { "beta", () => new FBetaScore(beta: 0) },
        { "threshold", () => new F1Score(threshold: 1.1) },
        { "threshold", () => new F1Score(threshold: 0) },
        { "classAggregation", () => new R2Score(classAggregation: "wrong") },
        { "numRegressors", () => new R2Score(numRegressors: -1) },
        { "numClasses", () => new MeanIoU(0) },
        { "targetClassIds", () => new IoU(2, [0, 2]) },
        { "targetClassIds", () => new OneHotIoU(2, []) },
        { "targetClassIds", () => new BinaryIoU([-1]) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void TheArgumentIsNamed(string argument, Action mistake) =>
        Assert.Contains(argument, Assert.ThrowsAny<ArgumentException>(mistake).Message);

    public static TheoryData<string, Action> Misfits => new()
    {
        { "(2, 3)", () => new AUC().UpdateState(new float[2, 3], new float[2, 4]) },
        { "(3,)", () => new AUC(multiLabel: true).UpdateState(new float[3], new float[3]) },
        { "3 labels", () => Twice(new AUC(multiLabel: true)) },
        { "2 label weights", () => Twice(new AUC(multiLabel: true, labelWeights: [1, 2])) },
        { "(batch, classes)", () => new Precision(classId: 1).UpdateState(new float[3], new float[3]) },
        { "no such class", () => new Recall(classId: 3).UpdateState(new float[2, 3], new float[2, 3]) },
        { "no such class", () => new SensitivityAtSpecificity(0.5, classId: -1).UpdateState(new float[2, 3], new float[2, 3]) },
        { "(batch, classes)", () => new F1Score().UpdateState(new float[3], new float[3]) },
        { "3 classes", () => Twice(new FBetaScore()) },
        { "(batch, outputs)", () => new R2Score().UpdateState(new float[3], new float[3]) },
        { "3 outputs", () => Twice(new R2Score()) },
        { "as many targets", () => new MeanIoU(2).UpdateState(new int[] { 0, 1 }, new int[] { 0, 1, 1 }) },
        { "one class number", () => Ops.InTopK(new int[] { 0, 1 }, new float[3, 3], 1) },
        { "(batch, n)", () => new Circle().Apply(new int[] { 0, 1 }, new float[2]) },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void ShapesThatDoNotFitAreTold(string said, Action mistake) =>
        Assert.Contains(said, Assert.ThrowsAny<ArgumentException>(mistake).Message);

    [Fact]
    public void WeightsOfClassesLieAlongTheirAxis()
    {
        Tensor yes = new float[,] { { 1, 0 }, { 0, 1 } }, p = new float[,] { { 0.6f, 0.3f }, { 0.4f, 0.7f } };
        Tensor byRow = LossFunctions.CategoricalFocalCrossentropy(Ops.Transpose(yes), Ops.Transpose(p), [1, 3], gamma: 0);
        Tensor byColumn = LossFunctions.CategoricalFocalCrossentropy(yes, p, [1, 3], gamma: 0, axis: 0);
        RecordedData.AssertClose("axis 1", new float[] { (float)-Math.Log(0.6), (float)(-3 * Math.Log(0.7)) }, byRow);
        RecordedData.AssertClose("axis 0", byRow, byColumn);
    }

    private static void Twice(Metric metric)
    {
        metric.UpdateState(new float[2, 3], new float[2, 3]);
        metric.UpdateState(new float[2, 4], new float[2, 4]);
    }
}

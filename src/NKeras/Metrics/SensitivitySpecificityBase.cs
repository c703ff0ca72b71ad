using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>What the metrics have in common that find the best threshold under a condition.</summary>
public abstract class SensitivitySpecificityBase : Metric
{
    private readonly ThresholdSet _thresholds;
    private readonly Variable _truePositives;
    private readonly Variable _falsePositives;
    private readonly Variable _trueNegatives;
    private readonly Variable _falseNegatives;

    private protected SensitivitySpecificityBase(int numThresholds, int? classId, string? name, DType? dtype)
        : base(dtype, name)
    {
        if (numThresholds < 1) throw new ArgumentOutOfRangeException(nameof(numThresholds), numThresholds, "numThresholds is one or greater.");
        (NumThresholds, ClassId) = (numThresholds, classId);
        _thresholds = ThresholdSet.Even(numThresholds);
        _truePositives = AddVariable([numThresholds], name: "true_positives");
        _falsePositives = AddVariable([numThresholds], name: "false_positives");
        _trueNegatives = AddVariable([numThresholds], name: "true_negatives");
        _falseNegatives = AddVariable([numThresholds], name: "false_negatives");
    }

    /// <summary>How many thresholds from 0 to 1 are tried.</summary>
    public int NumThresholds { get; }

    /// <summary>The only class that counts; null for all.</summary>
    public int? ClassId { get; }

    /// <summary>The share of true positives among targets 1, which is also called recall.</summary>
    private protected Tensor Sensitivities => Ops.DivideNoNan(_truePositives, Ops.Add(_truePositives, _falseNegatives));

    /// <summary>The share of true negatives among targets 0.</summary>
    private protected Tensor Specificities => Ops.DivideNoNan(_trueNegatives, Ops.Add(_trueNegatives, _falsePositives));

    /// <summary>The share of true positives among predictions above the threshold.</summary>
    private protected Tensor Precisions => Ops.DivideNoNan(_truePositives, Ops.Add(_truePositives, _falsePositives));

    /// <inheritdoc/>
    public sealed override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        ConfusionBatch batch = new(yTrue, yPred, sampleWeight, _thresholds, DType, classId: ClassId);
        _truePositives.AssignAdd(batch.TruePositives);
        _falsePositives.AssignAdd(batch.FalsePositives);
        _trueNegatives.AssignAdd(batch.TrueNegatives);
        _falseNegatives.AssignAdd(batch.FalseNegatives);
    }

    /// <summary>The greatest value at those thresholds at which another is great enough; 0 if there are none.</summary>
    private protected static Tensor Best(Tensor values, Tensor constrained, double least) =>
        Ops.Max(Ops.Where(Ops.GreaterEqual(constrained, least), values, 0f), initial: 0);

    private protected static double CheckShare(double value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} is in [0, 1].");
}

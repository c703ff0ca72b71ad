using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>What the counts of right and wrong predictions have in common.</summary>
public abstract class BaseConfusionCount : Metric
{
    private readonly ThresholdSet _thresholds;
    private readonly Variable _total;

    private protected BaseConfusionCount(Floats? thresholds, string? name, DType? dtype)
        : base(dtype, name)
    {
        Thresholds = thresholds;
        _thresholds = ThresholdSet.Of(thresholds, 0.5);
        _total = AddVariable([_thresholds.Count], name: "accumulator");
    }

    /// <summary>The numbers above which a prediction counts as yes; null for 0.5.</summary>
    public Floats? Thresholds { get; }

    /// <inheritdoc/>
    public sealed override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        _total.AssignAdd(Count(new ConfusionBatch(yTrue, yPred, sampleWeight, _thresholds, DType)));
    }

    /// <summary>The weight of what was counted: a scalar, or one number per threshold if there are several.</summary>
    public sealed override Tensor Result() => _thresholds.Count == 1 ? Ops.Reshape(_total.Value, Shape.Scalar) : _total.Value;

    private protected abstract Tensor Count(ConfusionBatch batch);
}

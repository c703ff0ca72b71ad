using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>What precision and recall have in common: the share that true positives have of something.</summary>
public abstract class BasePositivesShare : Metric
{
    private readonly ThresholdSet _thresholds;
    private readonly Variable _truePositives;
    private readonly Variable _others;

    private protected BasePositivesShare(Floats? thresholds, int? topK, int? classId, string? name, DType? dtype, string others)
        : base(dtype, name)
    {
        if (topK < 1) throw new ArgumentOutOfRangeException(nameof(topK), topK, "topK is one or greater, or null.");
        (Thresholds, TopK, ClassId) = (thresholds, topK, classId);
        // Among the top k all count if no threshold is given.
        _thresholds = ThresholdSet.Of(thresholds, topK == null ? 0.5 : ConfusionBatch.NotInTop);
        _truePositives = AddVariable([_thresholds.Count], name: "true_positives");
        _others = AddVariable([_thresholds.Count], name: others);
    }

    /// <summary>The numbers above which a prediction counts as yes; null for 0.5, or for none if <see cref="TopK"/> is set.</summary>
    public Floats? Thresholds { get; }

    /// <summary>How many of a sample's greatest predictions may count as yes; null for all.</summary>
    public int? TopK { get; }

    /// <summary>The only class that counts; null for all.</summary>
    public int? ClassId { get; }

    /// <inheritdoc/>
    public sealed override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        ConfusionBatch batch = new(yTrue, yPred, sampleWeight, _thresholds, DType, TopK, ClassId);
        _truePositives.AssignAdd(batch.TruePositives);
        _others.AssignAdd(Others(batch));
    }

    /// <summary>The share: a scalar, or one number per threshold if there are several.</summary>
    public sealed override Tensor Result()
    {
        using WideScope scope = InOwnType();
        Tensor share = Ops.DivideNoNan(_truePositives, Ops.Add(_truePositives, _others));
        return _thresholds.Count == 1 ? Ops.Reshape(share, Shape.Scalar) : share;
    }

    private protected abstract Tensor Others(ConfusionBatch batch);
}

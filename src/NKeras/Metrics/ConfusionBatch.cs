using NKeras.Engine.Primitives;
using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>Yes-or-no targets of a batch against predictions above or below thresholds.</summary>
internal sealed class ConfusionBatch
{
    // What predictions that are not among the top k become.
    public const double NotInTop = -1e10;

    // Where predictions stand, and the weights of samples whose target is yes, or no: (samples[, labels]).
    private readonly ThresholdSet _thresholds;
    private readonly Tensor _place;
    private readonly Tensor _yes;
    private readonly Tensor _no;

    public ConfusionBatch(
        Tensor yTrue, Tensor yPred, Tensor? sampleWeight, ThresholdSet thresholds, DType type, int? topK = null, int? classId = null, bool multiLabel = false, Floats? labelWeights = null)
    {
        (yPred, yTrue) = LossReduction.MatchRanks(Ops.Cast(yPred, type), Ops.Cast(yTrue, type));
        if (!yTrue.Shape.IsCompatibleWith(yPred.Shape))
            throw new ArgumentException($"Targets and predictions have one shape; received {yTrue.Shape} and {yPred.Shape}.", nameof(yTrue));
        Tensor? weight = sampleWeight == null ? null : PerElement(Ops.Cast(sampleWeight, type), yTrue);
        if (topK is { } k) yPred = Ops.Where(AmongTop(yPred, k), yPred, NotInTop);
        if (classId is { } c) (yTrue, yPred, weight) = (OfClass(yTrue, c), OfClass(yPred, c), weight is { Rank: > 0 } w && w.Shape[-1] != 1 ? OfClass(w, c) : weight);
        if (labelWeights != null)
        {
            Tensor perLabel = Ops.Cast(Tensor.From<double>([.. labelWeights], [1, labelWeights.Count]), type);
            weight = weight == null ? perLabel : Ops.Multiply(weight, perLabel);
        }

        Tensor isYes = Ops.NotEqual(yTrue, 0);
        weight = Ops.BroadcastTo(weight ?? Ops.Ones(Shape.Scalar, type), yPred.Shape);
        (_yes, _no) = (Flat(Ops.Where(isYes, weight, 0f)), Flat(Ops.Where(isYes, 0f, weight)));
        _thresholds = thresholds;
        _place = thresholds.Place(Flat(yPred));

        Tensor Flat(Tensor x) => multiLabel ? x : Ops.Reshape(x, -1);
    }

    /// <summary>The weight of targets yes with predictions above each threshold.</summary>
    public Tensor TruePositives => _thresholds.Total(_place, _yes, above: true);

    /// <summary>The weight of targets no with predictions above each threshold.</summary>
    public Tensor FalsePositives => _thresholds.Total(_place, _no, above: true);

    /// <summary>The weight of targets no with predictions not above each threshold.</summary>
    public Tensor TrueNegatives => _thresholds.Total(_place, _no, above: false);

    /// <summary>The weight of targets yes with predictions not above each threshold.</summary>
    public Tensor FalseNegatives => _thresholds.Total(_place, _yes, above: false);

    /// <summary>Weights of samples get axes for what the samples consist of.</summary>
    private static Tensor PerElement(Tensor weight, Tensor values)
    {
        if (weight.Rank == values.Rank + 1 && weight.Shape[-1] == 1) return Ops.Squeeze(weight, [-1]);
        return weight.Rank == 0 || weight.Rank >= values.Rank ? weight
            : Ops.ExpandDims(weight, Enumerable.Range(weight.Rank, values.Rank - weight.Rank).ToArray());
    }

    private static Tensor OfClass(Tensor x, int classId)
    {
        if (x.Rank < 2)
            throw new ArgumentException($"classId needs targets and predictions of shape (batch, classes); received shape {x.Shape}.", nameof(classId));
        if (classId < 0 || classId >= (x.Shape[-1] ?? int.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(classId), classId, $"There is no such class in targets or predictions of shape {x.Shape}.");
        return Ops.Take(x, new int[] { classId }, -1);
    }

    /// <summary>Which elements are among the k greatest along the last axis; of equal ones the first.</summary>
    private static Tensor AmongTop(Tensor x, int k)
    {
        Tensor at = Ops.AlongLast(x);
        Tensor other = Ops.ExpandDims(x, -2), own = Ops.ExpandDims(x, -1);
        Tensor before = Ops.Less(Ops.ExpandDims(at, -2), Ops.ExpandDims(at, -1));
        Tensor ahead = Ops.Where(before, Ops.GreaterEqual(other, own), Ops.Greater(other, own));
        return PrimitiveOps.Binary(ElementwiseFunction.Less, Ops.Sum(ahead, [-1]), PrimitiveOps.Scalar(DType.Int32, k));
    }
}

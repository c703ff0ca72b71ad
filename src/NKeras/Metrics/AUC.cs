using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Metrics;

/// <summary>The area under the curve of two rates as the threshold goes from 0 to 1 (<c>keras.metrics.AUC</c>).</summary>
/// <remarks>The curve is approximated at the given thresholds.</remarks>
/// <example><code>
/// new AUC().Apply(new float[] { 0, 0, 1, 1 }, new float[] { 0, 0.5f, 0.3f, 0.9f }); // 0.75
/// </code></example>
public sealed class AUC : Metric
{
    private readonly ThresholdSet _thresholds;
    private Variable? _truePositives;
    private Variable? _falsePositives;
    private Variable? _trueNegatives;
    private Variable? _falseNegatives;

    /// <summary>Creates the metric.</summary>
    /// <param name="numThresholds">How many thresholds approximate the curve, 2 or more.</param>
    /// <param name="curve"><c>"ROC"</c> (true against false positives), <c>"PR"</c> (precision against recall) or <c>"PRGAIN"</c> (their gains).</param>
    /// <param name="summationMethod">The height between two thresholds: <c>"interpolation"</c>, <c>"minoring"</c> (the lesser) or <c>"majoring"</c> (the greater).</param>
    /// <param name="name">The name; <c>auc</c>, … if omitted.</param>
    /// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
    /// <param name="thresholds">The thresholds between the ends, in [0, 1]; evenly distributed if omitted.</param>
    /// <param name="multiLabel">Whether the areas of several labels are averaged; otherwise all predictions are of one kind.</param>
    /// <param name="numLabels">The number of labels if there are several; found out with the first data if omitted.</param>
    /// <param name="labelWeights">How much each label counts; all the same if omitted.</param>
    /// <param name="fromLogits">Whether predictions are logits rather than probabilities.</param>
    /// <exception cref="ArgumentException">An argument is not one of the above.</exception>
    public AUC(
        int numThresholds = 200,
        string curve = "ROC",
        string summationMethod = "interpolation",
        string? name = null,
        DType? dtype = null,
        Floats? thresholds = null,
        bool multiLabel = false,
        int? numLabels = null,
        Floats? labelWeights = null,
        bool fromLogits = false)
        : base(dtype, name)
    {
        if (thresholds != null) ThresholdSet.Check(thresholds);
        else if (numThresholds < 2) throw new ArgumentOutOfRangeException(nameof(numThresholds), numThresholds, "numThresholds is two or greater.");
        if (numLabels != null && !multiLabel) throw new ArgumentException("numLabels goes with multiLabel: true only.", nameof(numLabels));
        if (numLabels < 1) throw new ArgumentOutOfRangeException(nameof(numLabels), numLabels, "numLabels is one or greater.");
        if (labelWeights != null && numLabels != null && labelWeights.Count != numLabels)
            throw new ArgumentException($"labelWeights has {labelWeights.Count} weights for {numLabels} labels.", nameof(labelWeights));

        NumThresholds = thresholds == null ? numThresholds : thresholds.Count + 2;
        Curve = OneOf(curve, nameof(curve), ["ROC", "PR", "PRGAIN"]);
        SummationMethod = OneOf(summationMethod, nameof(summationMethod), ["interpolation", "majoring", "minoring"]);
        (Thresholds, MultiLabel, NumLabels, LabelWeights, FromLogits) = (thresholds == null ? null : [.. thresholds.Order()], multiLabel, numLabels, labelWeights, fromLogits);
        _thresholds = ThresholdSet.Enclosed(thresholds, numThresholds);
        if (!multiLabel) AddVariables([NumThresholds]);
        else if (numLabels is { } labels) AddVariables([NumThresholds, labels]);
    }

    /// <summary>How many thresholds approximate the curve.</summary>
    public int NumThresholds { get; }

    /// <summary>Which curve it is.</summary>
    public string Curve { get; }

    /// <summary>How the height between two thresholds is found.</summary>
    public string SummationMethod { get; }

    /// <summary>The thresholds that were given, in order; null if they are evenly distributed.</summary>
    // Keras: its property has the two at the ends as well.
    public Floats? Thresholds { get; }

    /// <summary>Whether the areas of several labels are averaged.</summary>
    public bool MultiLabel { get; }

    /// <summary>The number of labels that was given.</summary>
    public int? NumLabels { get; }

    /// <summary>How much each label counts; null for all the same.</summary>
    public Floats? LabelWeights { get; }

    /// <summary>Whether predictions are logits.</summary>
    public bool FromLogits { get; }

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        Build(yTrue.Shape, yPred.Shape);
        if (FromLogits) yPred = Ops.Sigmoid(yPred);
        // With several labels the weights are those of their areas.
        ConfusionBatch batch = new(yTrue, yPred, sampleWeight, _thresholds, DType, multiLabel: MultiLabel, labelWeights: MultiLabel ? null : LabelWeights);
        _truePositives!.AssignAdd(batch.TruePositives);
        _falsePositives!.AssignAdd(batch.FalsePositives);
        _trueNegatives!.AssignAdd(batch.TrueNegatives);
        _falseNegatives!.AssignAdd(batch.FalseNegatives);
    }

    /// <inheritdoc/>
    public override Tensor Result()
    {
        using WideScope scope = InOwnType();
        if (_truePositives == null) return Ops.Zeros(Shape.Scalar, DType);
        return Curve == "PR" && SummationMethod == "interpolation" ? InterpolatePrAuc() : OfLabels(Rectangles());
    }

    /// <summary>
    /// The area under precision and recall, whatever the curve is. Between two thresholds true positives, not precision, grow in proportion
    /// to all positives (Davis and Goadrich, 2006).
    /// </summary>
    public Tensor InterpolatePrAuc()
    {
        using WideScope scope = InOwnType();
        return _truePositives == null ? Ops.Zeros(Shape.Scalar, DType) : OfLabels(InterpolatedPrecision());
    }

    /// <summary>The sum over all thresholds, averaged over the labels if there are several.</summary>
    private Tensor OfLabels(Tensor areas)
    {
        Tensor area = Ops.Sum(areas, [0]);
        if (!MultiLabel) return area;
        if (LabelWeights == null) return Ops.Mean(area);
        Tensor weights = Ops.Cast(Tensor.From<double>([.. LabelWeights]), DType);
        return Ops.DivideNoNan(Ops.Sum(Ops.Multiply(area, weights)), Ops.Sum(weights));
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (Thresholds == null) config.Remove("thresholds");
        if (LabelWeights != null) config["label_weights"] = ConfigValue.Of(Tensor.From<float>([.. LabelWeights.Select(w => (float)w)]));
        return config;
    }

    /// <inheritdoc/>
    protected internal override void Build(Shape yTrue, Shape yPred)
    {
        if (!MultiLabel) return;
        if (yPred.Rank != 2 || yPred[1] is not { } labels)
            throw new ArgumentException($"Metric '{Name}' takes predictions of shape (batch, labels) with multiLabel: true; received shape {yPred}.", nameof(yPred));
        if (_truePositives == null) AddVariables([NumThresholds, labels]);
        if (_truePositives!.Shape[1] != labels)
            throw new ArgumentException($"Metric '{Name}' is of {_truePositives.Shape[1]} labels; received predictions of shape {yPred}.", nameof(yPred));
        if (LabelWeights != null && LabelWeights.Count != labels)
            throw new ArgumentException($"Metric '{Name}' has {LabelWeights.Count} label weights; received predictions of shape {yPred}.", nameof(yPred));
    }

    private static string OneOf(string value, string name, string[] known) =>
        Array.Find(known, k => k.Equals(value, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"Unknown {name} '{value}'. {Suggestion.For(value, known)}", name);

    private static Tensor Share(Tensor part, Tensor rest) => Ops.DivideNoNan(part, Ops.Add(part, rest));

    private void AddVariables(Shape shape)
    {
        _truePositives = AddVariable(shape, name: "true_positives");
        _falsePositives = AddVariable(shape, name: "false_positives");
        _trueNegatives = AddVariable(shape, name: "true_negatives");
        _falseNegatives = AddVariable(shape, name: "false_negatives");
    }

    /// <summary>The area between each two thresholds.</summary>
    private Tensor Rectangles()
    {
        (Tensor x, Tensor y) = Axes();
        (Tensor left, Tensor right) = (First(y), Last(y));
        Tensor height = SummationMethod switch
        {
            "interpolation" => Ops.Multiply(Ops.Add(left, right), 0.5),
            "minoring" => Ops.Minimum(left, right),
            _ => Ops.Maximum(left, right),
        };
        return Ops.Multiply(Ops.Subtract(First(x), Last(x)), height);
    }

    private (Tensor X, Tensor Y) Axes()
    {
        Tensor tp = _truePositives!, fp = _falsePositives!, tn = _trueNegatives!, fn = _falseNegatives!;
        Tensor recall = Share(tp, fn);
        if (Curve == "ROC") return (Share(fp, tn), recall);
        if (Curve == "PR") return (recall, Share(tp, fp));

        // Gains diverge without true positives, where recall's is taken for 0 and precision's for 1; recall's may be negative.
        Tensor odds = Ops.DivideNoNan(Ops.Add(tp, fn), Ops.Add(tn, fp)), none = Ops.Equal(tp, 0f);
        Tensor recallGain = Ops.Where(none, 0f, Ops.Subtract(1f, Ops.Multiply(odds, Ops.DivideNoNan(fn, tp))));
        Tensor precisionGain = Ops.Where(none, 1f, Ops.Subtract(1f, Ops.Multiply(odds, Ops.DivideNoNan(fp, tp))));
        return (Ops.Maximum(recallGain, 0f), precisionGain);
    }

    /// <summary>The area under precision and recall between each two thresholds.</summary>
    private Tensor InterpolatedPrecision()
    {
        Tensor tp = _truePositives!, positives = Ops.Add(tp, _falsePositives!);
        (Tensor p, Tensor nextP) = (First(positives), Last(positives));
        Tensor gained = Ops.Subtract(First(tp), Last(tp));
        Tensor slope = Ops.DivideNoNan(gained, Ops.Maximum(Ops.Subtract(p, nextP), 0f));
        Tensor intercept = Ops.Subtract(Last(tp), Ops.Multiply(slope, nextP));
        Tensor ratio = Ops.Where(Ops.Greater(Ops.Minimum(p, nextP), 0f), Ops.DivideNoNan(p, Ops.Maximum(nextP, 0f)), 1f);
        Tensor area = Ops.Multiply(slope, Ops.Add(gained, Ops.Multiply(intercept, Ops.Log(ratio))));
        return Ops.DivideNoNan(area, Ops.Maximum(Last(Ops.Add(tp, _falseNegatives!)), 0f));
    }

    /// <summary>The values at all thresholds but the last.</summary>
    private Tensor First(Tensor x) => Ops.Take(x, Enumerable.Range(0, NumThresholds - 1).ToArray(), 0);

    /// <summary>The values at all thresholds but the first.</summary>
    private Tensor Last(Tensor x) => Ops.Take(x, Enumerable.Range(1, NumThresholds - 1).ToArray(), 0);
}

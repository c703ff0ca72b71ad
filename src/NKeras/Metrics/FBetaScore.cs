using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>The weighted harmonic mean of precision and recall of each class (<c>keras.metrics.FBetaScore</c>).</summary>
/// <example><code>
/// new FBetaScore(average: "macro", beta: 2, threshold: 0.5).Apply(new float[,] { { 1, 1, 1 }, { 1, 0, 0 }, { 1, 1, 0 } }, new float[,] { { 0.2f, 0.6f, 0.7f }, { 0.2f, 0.6f, 0.6f }, { 0.6f, 0.8f, 0 } }); // 0.709
/// </code></example>
public class FBetaScore : Metric
{
    private Variable? _truePositives;
    private Variable? _falsePositives;
    private Variable? _falseNegatives;
    private Variable? _support;
    private int _classes;

    /// <summary>Creates the metric.</summary>
    /// <param name="average">
    /// What becomes of the classes: <c>"macro"</c> averages them, <c>"weighted"</c> does by the number of their targets,
    /// <c>"micro"</c> counts all predictions together, null gives one value per class.
    /// </param>
    /// <param name="beta">How many times as important as precision recall is.</param>
    /// <param name="threshold">Predictions above it count as 1, in (0, 1]; if omitted, the greatest one of a sample does.</param>
    /// <param name="name">The name.</param>
    /// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
    /// <exception cref="ArgumentException">An argument is not one of the above.</exception>
    public FBetaScore(string? average = null, double beta = 1.0, double? threshold = null, string? name = "fbeta_score", DType? dtype = null)
        : base(dtype, name)
    {
        if (average is not (null or "micro" or "macro" or "weighted"))
            throw new ArgumentException($"Unknown average '{average}'. {Suggestion.For(average, ["micro", "macro", "weighted"])}", nameof(average));
        if (!(beta > 0)) throw new ArgumentOutOfRangeException(nameof(beta), beta, "beta is greater than 0.");
        if (threshold is not (null or (> 0 and <= 1))) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "threshold is in (0, 1], or null.");
        (Average, Beta, Threshold) = (average, beta, threshold);
    }

    /// <summary>What becomes of the classes.</summary>
    public string? Average { get; }

    /// <summary>How many times as important as precision recall is.</summary>
    public double Beta { get; }

    /// <summary>Predictions above it count as 1; null if the greatest one of a sample does.</summary>
    public double? Threshold { get; }

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        Build(yTrue.Shape, yPred.Shape);
        (yTrue, yPred) = (Ops.Cast(yTrue, DType), Ops.Cast(yPred, DType));
        Tensor chosen = Ops.Cast(Threshold is { } threshold ? Ops.Greater(yPred, threshold) : IsGreatest(yPred), DType);
        Tensor? weight = sampleWeight == null ? null : Ops.Cast(sampleWeight, DType);
        if (weight?.Rank == 1) weight = Ops.ExpandDims(weight, -1);

        _truePositives!.AssignAdd(Total(Ops.Multiply(chosen, yTrue)));
        _falsePositives!.AssignAdd(Total(Ops.Multiply(chosen, Ops.Subtract(1.0, yTrue))));
        _falseNegatives!.AssignAdd(Total(Ops.Multiply(Ops.Subtract(1.0, chosen), yTrue)));
        _support!.AssignAdd(Total(yTrue));

        Tensor Total(Tensor x) => Ops.Sum(weight == null ? x : Ops.Multiply(x, weight), Average == "micro" ? null : 0);
    }

    /// <summary>The score: a scalar, or one number per class without an average.</summary>
    public override Tensor Result()
    {
        using WideScope scope = InOwnType();
        if (_truePositives == null) return Ops.Zeros(Shape.Scalar, DType);
        Tensor precision = Ops.Divide(_truePositives, Ops.Add(Ops.Add(_truePositives, _falsePositives!), Config.Epsilon()));
        Tensor recall = Ops.Divide(_truePositives, Ops.Add(Ops.Add(_truePositives, _falseNegatives!), Config.Epsilon()));
        Tensor sum = Ops.Add(Ops.Multiply(precision, Beta * Beta), recall);
        Tensor score = Ops.Multiply(Ops.Divide(Ops.Multiply(precision, recall), Ops.Add(sum, Config.Epsilon())), 1 + (Beta * Beta));
        if (Average == null) return score;
        return Average == "weighted"
            ? Ops.Sum(Ops.Multiply(score, Ops.Divide(_support!, Ops.Add(Ops.Sum(_support!), Config.Epsilon()))))
            : Ops.Mean(score);
    }

    /// <inheritdoc/>
    protected internal override void Build(Shape yTrue, Shape yPred)
    {
        if (yTrue.Rank != 2 || yPred.Rank != 2 || yPred[1] is not { } classes || !yTrue.IsCompatibleWith(yPred))
            throw new ArgumentException($"Metric '{Name}' takes targets and predictions of one shape (batch, classes); received {yTrue} and {yPred}.", nameof(yPred));
        if (_truePositives == null)
        {
            _classes = classes;
            Shape shape = Average == "micro" ? Shape.Scalar : [classes];
            _truePositives = AddVariable(shape, name: "true_positives");
            _falsePositives = AddVariable(shape, name: "false_positives");
            _falseNegatives = AddVariable(shape, name: "false_negatives");
            _support = AddVariable(shape, name: "intermediate_weights");
        }

        if (_classes != classes)
            throw new ArgumentException($"Metric '{Name}' is of {_classes} classes; received predictions of shape {yPred}.", nameof(yPred));
    }

    /// <summary>The greatest prediction of each sample; none where all are 0.</summary>
    private static Tensor IsGreatest(Tensor yPred) =>
        Ops.Multiply(Ops.GreaterEqual(yPred, Ops.Max(yPred, [-1], keepdims: true)), Ops.Greater(Ops.Abs(yPred), 1e-9));
}

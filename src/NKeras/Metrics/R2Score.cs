using NKeras.Core;
using NKeras.Engine.Primitives;
using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>The coefficient of determination: how much of the targets' variance predictions explain (<c>keras.metrics.R2Score</c>).</summary>
/// <example><code>
/// new R2Score().Apply(new float[,] { { 1 }, { 4 }, { 3 } }, new float[,] { { 2 }, { 4 }, { 4 } }); // 0.5714
/// </code></example>
public sealed class R2Score : Metric
{
    private readonly Variable _samples;
    private Variable? _squaredSum;
    private Variable? _sum;
    private Variable? _residual;
    private Variable? _count;

    /// <summary>Creates the metric.</summary>
    /// <param name="classAggregation">
    /// What becomes of several outputs: <c>"uniform_average"</c>, <c>"variance_weighted_average"</c>, or null for one value per output.
    /// </param>
    /// <param name="numRegressors">The number of independent variables to adjust the score for; 0 for not at all.</param>
    /// <param name="name">The name.</param>
    /// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
    /// <exception cref="ArgumentException">An argument is not one of the above.</exception>
    public R2Score(string? classAggregation = "uniform_average", int numRegressors = 0, string? name = "r2_score", DType? dtype = null)
        : base(dtype, name)
    {
        if (classAggregation is not (null or "uniform_average" or "variance_weighted_average"))
            throw new ArgumentException($"Unknown classAggregation '{classAggregation}'. {Suggestion.For(classAggregation, ["uniform_average", "variance_weighted_average"])}", nameof(classAggregation));
        ArgumentOutOfRangeException.ThrowIfNegative(numRegressors);
        (ClassAggregation, NumRegressors) = (classAggregation, numRegressors);
        _samples = AddVariable(Shape.Scalar, name: "num_samples");
    }

    /// <summary>What becomes of several outputs.</summary>
    public string? ClassAggregation { get; }

    /// <summary>The number of independent variables to adjust the score for.</summary>
    public int NumRegressors { get; }

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        (yTrue, yPred) = LossReduction.MatchRanks(Ops.Cast(yTrue, DType), Ops.Cast(yPred, DType));
        Build(yTrue.Shape, yPred.Shape);
        Tensor weight = sampleWeight == null ? Ops.Ones(Shape.Scalar, DType) : Ops.Cast(sampleWeight, DType);
        weight = Ops.BroadcastTo(weight.Rank == 1 ? Ops.ExpandDims(weight, 1) : weight, yTrue.Shape);
        Tensor weighted = Ops.Multiply(yTrue, weight);
        _sum!.AssignAdd(Ops.Sum(weighted, [0]));
        _squaredSum!.AssignAdd(Ops.Sum(Ops.Multiply(yTrue, weighted), [0]));
        _residual!.AssignAdd(Ops.Sum(Ops.Multiply(Ops.Square(Ops.Subtract(yTrue, yPred)), weight), [0]));
        _count!.AssignAdd(Ops.Sum(weight, [0]));
        _samples.AssignAdd(Ops.Sum(Ops.Any(Ops.NotEqual(weight, 0f), [-1])));
    }

    /// <summary>The score: a scalar, or one number per output if they are not aggregated.</summary>
    public override Tensor Result()
    {
        using WideScope scope = InOwnType();
        if (_sum == null) return Ops.Zeros(Shape.Scalar, DType);
        Tensor total = Ops.Subtract(_squaredSum!, Ops.Multiply(_sum, Ops.Divide(_sum, _count!)));
        Tensor score = Ops.Subtract(1f, Ops.Divide(_residual!, total));
        // Of constant targets nothing can be explained.
        score = Ops.Where(PrimitiveOps.Unary(ElementwiseFunction.IsInf, score), 0f, score);
        score = ClassAggregation switch
        {
            "uniform_average" => Ops.Mean(score),
            "variance_weighted_average" => Ops.Divide(Ops.Sum(Ops.Multiply(total, score)), Ops.Sum(total)),
            _ => score,
        };
        return NumRegressors == 0 ? score : Adjusted(score);
    }

    /// <inheritdoc/>
    protected internal override void Build(Shape yTrue, Shape yPred)
    {
        if (yTrue.Rank == 1 && yPred.Rank == 2 && yPred[1] == 1) yTrue = new Shape([yTrue.Dims[0], 1]);
        if (yTrue.Rank != 2 || yPred.Rank != 2 || yPred[1] is not { } outputs || !yTrue.IsCompatibleWith(yPred))
            throw new ArgumentException($"Metric '{Name}' takes targets and predictions of one shape (batch, outputs); received {yTrue} and {yPred}.", nameof(yPred));
        if (_sum == null)
        {
            _squaredSum = AddVariable([outputs], name: "squared_sum");
            _sum = AddVariable([outputs], name: "sum");
            _residual = AddVariable([outputs], name: "residual");
            _count = AddVariable([outputs], name: "count");
        }

        if (_sum.Shape[0] != outputs)
            throw new ArgumentException($"Metric '{Name}' is of {_sum.Shape[0]} outputs; received predictions of shape {yPred}.", nameof(yPred));
    }

    /// <summary>Less what so many independent variables explain by chance, where there are samples enough to tell.</summary>
    private Tensor Adjusted(Tensor score)
    {
        Tensor spare = Ops.Subtract(_samples, NumRegressors + 1.0);
        Tensor enough = Ops.Greater(spare, 0f);
        Tensor unexplained = Ops.Multiply(Ops.Subtract(1f, score), Ops.Subtract(_samples, 1f));
        return Ops.Where(enough, Ops.Subtract(1f, Ops.Divide(unexplained, Ops.Where(enough, spare, 1f))), score);
    }
}

using NKeras.Core;
using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>The square root of the mean squared difference of targets and predictions (<c>keras.metrics.RootMeanSquaredError</c>).</summary>
/// <example><code>
/// new RootMeanSquaredError().Apply(new float[,] { { 0, 1 }, { 0, 0 } }, new float[,] { { 1, 1 }, { 1, 0 } }); // 0.7071
/// </code></example>
// Keras: derives from Mean; see MeanMetricWrapper.
public sealed class RootMeanSquaredError : Metric
{
    private readonly RunningMean _mean;

    /// <summary>Creates the metric.</summary>
    /// <param name="name">The name.</param>
    /// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
    public RootMeanSquaredError(string? name = "root_mean_squared_error", DType? dtype = null)
        : base(dtype, name) => _mean = new RunningMean(AddVariable(Shape.Scalar, name: "total"), AddVariable(Shape.Scalar, name: "count"));

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        (yTrue, yPred) = LossReduction.MatchRanks(Ops.Cast(yTrue, DType), Ops.Cast(yPred, DType));
        _mean.Add(Ops.Square(Ops.Subtract(yPred, yTrue)), sampleWeight);
    }

    /// <inheritdoc/>
    public override Tensor Result()
    {
        using WideScope scope = InOwnType();
        return Ops.Sqrt(_mean.Result());
    }
}

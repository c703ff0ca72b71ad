namespace NKeras.Metrics;

/// <summary>The weighted mean of values (<c>keras.metrics.Mean</c>).</summary>
/// <example><code>
/// var metric = new Mean();
/// metric.UpdateState(new float[] { 1, 3, 5, 7 });
/// Tensor result = metric.Result(); // 4
/// </code></example>
public sealed class Mean : Metric
{
    private readonly RunningMean _mean;

    /// <summary>Creates the metric.</summary>
    /// <param name="name">The name.</param>
    /// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
    public Mean(string? name = "mean", DType? dtype = null)
        : base(dtype, name) => _mean = new RunningMean(AddVariable(Shape.Scalar, name: "total"), AddVariable(Shape.Scalar, name: "count"));

    /// <summary>Whether what was added so far is finite numbers. Looks without taking a copy.</summary>
    internal bool IsFinite => _mean.IsFinite;

    /// <summary>Adds values.</summary>
    /// <param name="values">The values, shape (batch, …) or a scalar.</param>
    /// <param name="sampleWeight">How much each counts; broadcast to the values.</param>
    public void UpdateState(Tensor values, Tensor? sampleWeight = null) => _mean.Add(values, sampleWeight);

    /// <summary>What the state becomes with values; the metric's own stays as it is (<c>stateless_update_state</c>).</summary>
    /// <param name="metricVariables">The state before, a value for each of <see cref="Metric.Variables"/>.</param>
    /// <param name="values">The values, shape (batch, …) or a scalar.</param>
    /// <param name="sampleWeight">How much each counts; broadcast to the values.</param>
    public IReadOnlyList<Tensor> StatelessUpdateState(IReadOnlyList<Tensor> metricVariables, Tensor values, Tensor? sampleWeight = null) =>
        OnState(metricVariables, () => UpdateState(values, sampleWeight), Values);

    /// <inheritdoc/>
    public override Tensor Result() => _mean.Result();
}

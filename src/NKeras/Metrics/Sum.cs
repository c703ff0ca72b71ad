using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>The weighted sum of values (<c>keras.metrics.Sum</c>).</summary>
/// <example><code>
/// var metric = new Sum();
/// metric.UpdateState(new float[] { 1, 3, 5, 7 });
/// Tensor result = metric.Result(); // 16
/// </code></example>
public sealed class Sum : Metric
{
    private readonly Variable _total;

    /// <summary>Creates the metric.</summary>
    /// <param name="name">The name.</param>
    /// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
    public Sum(string? name = "sum", DType? dtype = null)
        : base(dtype, name) => _total = AddVariable(Shape.Scalar, name: "total");

    /// <summary>Adds values.</summary>
    /// <param name="values">The values, shape (batch, …) or a scalar.</param>
    /// <param name="sampleWeight">How much each counts; broadcast to the values.</param>
    public void UpdateState(Tensor values, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        _total.AssignAdd(Ops.Sum(SamplewiseReduction.Reduce(values, sampleWeight, (x, axes) => Ops.Sum(x, axes), DType).Values));
    }

    /// <summary>What the state becomes with values; the metric's own stays as it is (<c>stateless_update_state</c>).</summary>
    /// <param name="metricVariables">The state before, a value for each of <see cref="Metric.Variables"/>.</param>
    /// <param name="values">The values, shape (batch, …) or a scalar.</param>
    /// <param name="sampleWeight">How much each counts; broadcast to the values.</param>
    public IReadOnlyList<Tensor> StatelessUpdateState(IReadOnlyList<Tensor> metricVariables, Tensor values, Tensor? sampleWeight = null) =>
        OnState(metricVariables, () => UpdateState(values, sampleWeight), Values);

    /// <inheritdoc/>
    public override Tensor Result() => _total.Value;
}

using NKeras.Metrics;

namespace NKeras.Conformance.Files;

/// <summary>Stands in for a metric of somebody's own.</summary>
internal sealed class StandInMetric : Metric
{
    private readonly Variable _sum;

    /// <summary>Creates one.</summary>
    public StandInMetric() => _sum = AddWeight(initializer: "zeros", name: "sum");

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) => _sum.Assign(_sum.Value + Ops.Mean(yPred));

    /// <inheritdoc/>
    public override Tensor Result() => _sum.Value;
}

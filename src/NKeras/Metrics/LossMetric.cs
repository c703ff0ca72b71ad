using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>A loss given in the place of a metric: the mean of its values over batches.</summary>
internal sealed class LossMetric : Metric
{
    private readonly RunningMean _mean;

    public LossMetric(Loss loss)
        : base(name: loss.Name)
    {
        Loss = loss;
        _mean = new RunningMean(AddVariable(Shape.Scalar, name: "total"), AddVariable(Shape.Scalar, name: "count"));
    }

    /// <summary>The loss, which stands in configurations.</summary>
    public Loss Loss { get; }

    // Keras: cannot weight a loss's single value; here the loss takes the weights.
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) => _mean.Add(Loss.Apply(yTrue, yPred, sampleWeight), null);

    public override Tensor Result() => _mean.Result();
}

namespace NKeras.Metrics;

/// <summary>The mean over all samples of a function of targets and predictions (<c>keras.metrics.MeanMetricWrapper</c>).</summary>
// Keras: derives from Mean, whose update takes values; in C# that overload would be preferred to this one's.
public class MeanMetricWrapper : Metric
{
    private readonly RunningMean _mean;

    /// <summary>Creates the metric.</summary>
    /// <param name="fn">Maps targets and predictions to one value per sample.</param>
    /// <param name="name">The name; <c>mean_metric_wrapper</c>, … if omitted.</param>
    /// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
    public MeanMetricWrapper(Func<Tensor, Tensor, Tensor> fn, string? name = null, DType? dtype = null)
        : base(dtype, name)
    {
        ArgumentNullException.ThrowIfNull(fn);
        Fn = fn;
        _mean = new RunningMean(AddVariable(Shape.Scalar, name: "total"), AddVariable(Shape.Scalar, name: "count"));
    }

    /// <summary>Maps targets and predictions to one value per sample.</summary>
    public Func<Tensor, Tensor, Tensor> Fn { get; }

    /// <inheritdoc/>
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) => _mean.Add(Fn(yTrue, yPred), sampleWeight);

    /// <inheritdoc/>
    public override Tensor Result() => _mean.Result();
}

using NKeras.Core;
using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>The mean over all samples of a function of targets and predictions (<c>keras.metrics.MeanMetricWrapper</c>).</summary>
/// <example><code>
/// static Tensor WithinOne(Tensor yTrue, Tensor yPred) =&gt; Ops.Cast(Ops.Abs(yTrue - yPred) &lt;= 1.0, DType.Float32);
///
/// var metric = new MeanMetricWrapper(WithinOne, name: "within_one");
/// metric.UpdateState(new float[] { 1, 2, 3 }, new float[] { 1.5f, 4, 3 });
/// Tensor share = metric.Result(); // 0.6667
/// </code></example>
// Keras: derives from Mean, whose update takes values; in C# that overload would be preferred to this one's.
public class MeanMetricWrapper : Metric
{
    private readonly RunningMean _mean;

    /// <summary>Creates the metric.</summary>
    /// <param name="fn">
    /// Maps targets and predictions to one value per sample. To be written to files it has to be registered
    /// (<c>Utils.RegisterKerasSerializable</c>) or be one of Keras's.
    /// </param>
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
    public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        using WideScope scope = InOwnType();
        CheckTargets(yTrue, yPred, sampleWeight);
        Tensor values = Fn(yTrue, yPred);
        // What a mask leaves out that travels with the predictions does not count.
        _mean.Add(values, LossReduction.Combine(sampleWeight, LossReduction.MaskFor(values, KerasMask.Of(yPred)), DType, "sum"));
    }

    /// <inheritdoc/>
    public override Tensor Result() => _mean.Result();

    /// <summary>Refuses targets, where they are data, that the function would pass over in silence.</summary>
    private protected virtual void CheckTargets(Tensor yTrue, Tensor yPred, Tensor? sampleWeight)
    {
    }
}

using NKeras.Engine.Graphs;
using NKeras.Metrics;
using NKeras.Training;

namespace NKeras;

public partial class Model
{
    /// <summary>
    /// One step of training: forward, loss, gradients, a step of the optimizer, metrics. A model with another idea of a step overrides it;
    /// <c>Fit</c> traces it once for each shape of batch and compiles it like any other step.
    /// </summary>
    /// <param name="data">The batch.</param>
    /// <returns>What is reported, a number for each name; usually <see cref="GetMetricsResult"/>.</returns>
    /// <example><code>
    /// public override IReadOnlyDictionary&lt;string, Tensor&gt; TrainStep(Batch data)
    /// {
    ///     Tensor x = data.X[0], y = data.Y![0];
    ///     var (loss, gradients) = Gradients.ValueAndGrad(() =&gt; Ops.Mean(Ops.Square(Apply(x, training: true) - y)), TrainableVariables);
    ///     Optimizer.Apply(gradients, TrainableVariables);
    ///     _loss.UpdateState(loss);
    ///     return GetMetricsResult();
    /// }
    /// </code></example>
    public virtual IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
    {
        UsualStep(data, trains: true);
        return GetMetricsResult();
    }

    /// <summary>One step of evaluation: forward, loss, metrics. See <see cref="TrainStep"/>.</summary>
    /// <param name="data">The batch.</param>
    /// <returns>What is reported, a number for each name.</returns>
    public virtual IReadOnlyDictionary<string, Tensor> TestStep(Batch data)
    {
        UsualStep(data, trains: false);
        return GetMetricsResult();
    }

    /// <summary>The present results of <see cref="Metrics"/>, by name: what a step of one's own reports.</summary>
    protected IReadOnlyDictionary<string, Tensor> GetMetricsResult()
    {
        Dictionary<string, Tensor> results = [];
        foreach (Metric metric in Metrics) results[metric.Name] = metric.Result();
        return results;
    }

    /// <summary>Traces what a step does.</summary>
    /// <param name="kind">Training or testing.</param>
    /// <param name="data">The batch.</param>
    /// <returns>What a step of the user's own reports; null for the usual step, whose scores are the metrics'.</returns>
    internal IReadOnlyDictionary<string, Tensor>? RunStep(StepKind kind, Batch data)
    {
        Func<Batch, IReadOnlyDictionary<string, Tensor>> step = kind == StepKind.Train ? TrainStep : TestStep;
        if (step.Method.DeclaringType != typeof(Model))
        {
            IReadOnlyDictionary<string, Tensor> logs = step(data) ?? throw new InvalidOperationException($"{step.Method.Name} of model '{Name}' returned null; it returns what is reported, by name.");
            ClearLosses();
            return logs;
        }

        UsualStep(data, kind == StepKind.Train);
        return null;
    }

    private void UsualStep(Batch data, bool trains)
    {
        Compilation compilation = RequireCompiled(trains ? nameof(TrainStep) : nameof(TestStep));
        IReadOnlyList<Tensor> y = data.Y?.Flat ?? [], weight = data.SampleWeight?.Flat ?? [];
        IReadOnlyList<Tensor> predictions = CallOn(data.X, trains).Flat;
        Tensor loss = compilation.Losses.Total(y, predictions, weight, Losses);
        ClearLosses();
        compilation.UpdateLoss(loss, data.X.Flat.First(t => t is not null).Shape.Dims[0]);
        compilation.UpdateMetrics(y, predictions, weight);
        if (!trains || TrainableVariables is not { Count: > 0 } variables) return;
        Tensor scaled = compilation.Optimizer.ScaleLoss(loss);
        compilation.Optimizer.Apply(Gradients.Of(scaled, [.. variables.Select(v => (Tensor)Trace.Current!.Read(v.Cell))]), variables);
    }
}

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
        return UsualStep(data, trains: true) ?? GetMetricsResult();
    }

    /// <summary>One step of evaluation: forward, loss, metrics. See <see cref="TrainStep"/>.</summary>
    /// <param name="data">The batch.</param>
    /// <returns>What is reported, a number for each name.</returns>
    public virtual IReadOnlyDictionary<string, Tensor> TestStep(Batch data)
    {
        return UsualStep(data, trains: false) ?? GetMetricsResult();
    }

    /// <summary>One step of prediction: forward. See <see cref="TrainStep"/>.</summary>
    /// <param name="data">The batch.</param>
    /// <returns>The predictions, one for each sample.</returns>
    public virtual Tensors PredictStep(Batch data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return CallOn(data.X, training: false);
    }

    /// <summary>The loss of predictions: what training makes small. A model with another idea of a loss overrides it.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="yPred">The predictions, in the structure in which the model gives them.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <param name="training">Whether it is for a step of training.</param>
    /// <returns>A scalar: the sum of the losses given to <c>Compile</c> and of those that layers added.</returns>
    /// <exception cref="InvalidOperationException">There is no loss.</exception>
    public virtual Tensor ComputeLoss(Tensors? x = null, Tensors? y = null, Tensors? yPred = null, Tensors? sampleWeight = null, bool training = true) =>
        RequireCompiled(nameof(ComputeLoss)).Losses.Total(y?.Flat ?? [], yPred?.Flat ?? [], sampleWeight?.Flat ?? [], Losses);

    /// <summary>Takes a batch into account in the metrics. A model with other metrics overrides it.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="yPred">The predictions, in the structure in which the model gives them.</param>
    /// <param name="sampleWeight">How much each sample counts.</param>
    /// <returns>What is reported, a number for each name; usually <see cref="GetMetricsResult"/>.</returns>
    /// <example><code>
    /// public override IReadOnlyDictionary&lt;string, Tensor&gt; ComputeMetrics(Tensors x, Tensors? y, Tensors yPred, Tensors? sampleWeight = null)
    /// {
    ///     var results = new Dictionary&lt;string, Tensor&gt;(base.ComputeMetrics(x, y, yPred, sampleWeight));
    ///     _norm.UpdateState(Ops.Norm(yPred[0], axis: -1));
    ///     results["norm"] = _norm.Result();
    ///     return results;
    /// }
    /// </code></example>
    public virtual IReadOnlyDictionary<string, Tensor> ComputeMetrics(Tensors x, Tensors? y, Tensors yPred, Tensors? sampleWeight = null)
    {
        UpdateMetrics(y, yPred, sampleWeight);
        return GetMetricsResult();
    }

    /// <summary>The present results of <see cref="Metrics"/>, by name: what a step of one's own reports.</summary>
    public IReadOnlyDictionary<string, Tensor> GetMetricsResult()
    {
        Dictionary<string, Tensor> results = [];
        foreach (Metric metric in Metrics)
        {
            foreach ((string name, Tensor value) in metric.Results() ?? new Dictionary<string, Tensor> { [metric.Name] = metric.Result() }) results[name] = value;
        }

        return results;
    }

    /// <summary>Traces what a step does.</summary>
    /// <param name="kind">Training or testing.</param>
    /// <param name="data">The batch.</param>
    /// <returns>What a step of the user's own reports; null for the usual step, whose scores are the metrics'.</returns>
    internal IReadOnlyDictionary<string, Tensor>? RunStep(StepKind kind, Batch data)
    {
        Func<Batch, IReadOnlyDictionary<string, Tensor>> step = kind == StepKind.Train ? TrainStep : TestStep;
        if (step.Method.DeclaringType == typeof(Model)) return UsualStep(data, kind == StepKind.Train);
        IReadOnlyDictionary<string, Tensor> logs = step(data) ?? throw Nothing(step);
        ClearLosses();
        return logs;
    }

    private IReadOnlyDictionary<string, Tensor>? UsualStep(Batch data, bool trains)
    {
        Compilation compilation = RequireCompiled(trains ? nameof(TrainStep) : nameof(TestStep));
        Tensors predictions = [];
        Tensor loss = null!;
        IReadOnlyList<Variable> variables = trains ? TrainableVariables : [];
        Tensor[] points = [];
        if (variables.Count > 0) points = Trace.Current!.Differentiable([.. variables.Select(v => v.Cell)], Forward);
        else Forward();
        if (loss.Rank != 0) throw new InvalidOperationException($"{nameof(ComputeLoss)} of model '{Name}' returned a tensor of shape {loss.Shape}; training needs one number. Take its mean.");
        ClearLosses();
        compilation.UpdateLoss(loss, data.X.Flat.First(t => t is not null).Shape.Dims[0]);
        if (variables.Count > 0) compilation.Optimizer.Apply(Gradients.Of(compilation.Optimizer.ScaleLoss(loss), points), variables);

        Func<Tensors, Tensors?, Tensors, Tensors?, IReadOnlyDictionary<string, Tensor>> metrics = ComputeMetrics;
        if (metrics.Method.DeclaringType != typeof(Model))
            return metrics(data.X, data.Y, predictions, data.SampleWeight) ?? throw Nothing(metrics);
        UpdateMetrics(data.Y, predictions, data.SampleWeight);
        return compilation.Reports(Metrics) ? null : GetMetricsResult();

        void Forward()
        {
            predictions = CallOn(data.X, trains);
            loss = ComputeLoss(data.X, data.Y, predictions, data.SampleWeight, trains)
                ?? throw new InvalidOperationException($"{nameof(ComputeLoss)} of model '{Name}' returned null; it returns a scalar.");
        }
    }

    private void UpdateMetrics(Tensors? y, Tensors yPred, Tensors? sampleWeight) =>
        RequireCompiled(nameof(ComputeMetrics)).UpdateMetrics(y?.Flat ?? [], yPred.Flat, sampleWeight?.Flat ?? []);

    private InvalidOperationException Nothing(Delegate step) => new($"{step.Method.Name} of model '{Name}' returned null; it returns what is reported, by name.");
}

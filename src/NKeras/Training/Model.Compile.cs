using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Training;

namespace NKeras;

public partial class Model
{
    private Compilation? _compilation;
    private StepCache? _steps;

    /// <summary>The optimizer given to <c>Compile</c>.</summary>
    /// <exception cref="InvalidOperationException">The model is not compiled.</exception>
    public Optimizer Optimizer => RequireCompiled(nameof(Optimizer)).Optimizer;

    /// <summary>The same; null if the model is not compiled.</summary>
    internal Optimizer? OptimizerOrNull => _compilation?.Optimizer;

    /// <summary>Whether <c>Compile</c> was called.</summary>
    public bool Compiled => _compilation != null;

    /// <summary>The names of the scores that <c>Evaluate</c> gives, in its order, once data has been seen.</summary>
    public IReadOnlyList<string> MetricsNames => RequireCompiled(nameof(MetricsNames)).Names;

    /// <summary>The metrics that are reported: the loss, those given to <c>Compile</c> once data has been seen, and those of the layers.</summary>
    public override IReadOnlyList<Metric> Metrics => [.. _compilation?.Metrics ?? [], .. OwnMetrics];

    /// <summary>Forgets what the metrics gathered (<c>Model.reset_metrics</c>). <c>Fit</c> and <c>Evaluate</c> do it themselves.</summary>
    public void ResetMetrics()
    {
        foreach (Metric metric in Metrics) metric.ResetState();
    }

    /// <summary>Whether steps run eagerly (see <c>Compile</c>).</summary>
    public bool RunEagerly => _compilation?.Arguments.RunEagerly == true;

    /// <summary>How many batches are done between two looks at callbacks.</summary>
    public int StepsPerExecution => _compilation?.Arguments.StepsPerExecution ?? 1;

    private StepCache Steps => _steps ?? Interlocked.CompareExchange(ref _steps, new StepCache(this), null) ?? _steps;

    /// <summary>Says how the model is to be trained and judged (<c>Model.compile</c>). What was compiled before is forgotten.</summary>
    /// <param name="optimizer">An optimizer or its name; <c>"rmsprop"</c> if omitted.</param>
    /// <param name="loss">What training makes small: a loss or its name, for several outputs a list or losses by name.</param>
    /// <param name="lossWeights">How much each output's loss counts.</param>
    /// <param name="metrics">What else is reported: metrics or their names; sample weights do not apply to them.</param>
    /// <param name="weightedMetrics">The same, with sample weights applied.</param>
    /// <param name="runEagerly">
    /// Whether the code of layers, losses, metrics and steps runs for each batch and sees its numbers, which <c>Console.WriteLine(x)</c> or a
    /// debugger then shows. Much slower; to find mistakes.
    /// </param>
    /// <param name="stepsPerExecution">How many batches are done between two looks at callbacks and the progress bar.</param>
    /// <param name="autoScaleLoss">
    /// Whether the optimizer of a model that computes in float16 (its policy is <c>mixed_float16</c>) is wrapped in a
    /// <see cref="LossScaleOptimizer"/>, so that small gradients do not vanish.
    /// </param>
    /// <exception cref="ArgumentException">A name is unknown; the message suggests the nearest.</exception>
    // Keras: has jit_compile, too. Here everything is compiled unless it runs eagerly.
    public void Compile(
        Optimizer? optimizer = null,
        LossesByOutput? loss = null,
        LossWeightsByOutput? lossWeights = null,
        MetricsByOutput? metrics = null,
        MetricsByOutput? weightedMetrics = null,
        bool runEagerly = false,
        int stepsPerExecution = 1,
        bool autoScaleLoss = true)
    {
        CompileArguments arguments = new(loss, lossWeights, metrics, weightedMetrics)
        {
            RunEagerly = runEagerly,
            StepsPerExecution = FitArguments.Positive(stepsPerExecution, nameof(stepsPerExecution)),
        };
        Optimizer given = optimizer ?? "rmsprop";
        _compilation = new Compilation(autoScaleLoss ? LossScaleOptimizer.Around(given, DTypePolicy) : given, given, arguments);
        Steps.Clear();
    }

    /// <summary>The step for batches of some shapes; for benchmarks, which run it without a feed.</summary>
    internal TrainingStep StepFor(StepKind kind, BatchSpec batch) => Steps.Get(kind, _compilation, batch);

    /// <summary>What the model was compiled with.</summary>
    /// <exception cref="InvalidOperationException">It was not.</exception>
    internal Compilation RequireCompiled(string member) => _compilation
        ?? throw new InvalidOperationException($"Model '{Name}' must be compiled before {member}: call Compile(optimizer, loss, metrics) first.");

    /// <summary>Checks data against the model, and makes everything that a step needs but state that training changes.</summary>
    /// <param name="compilation">What the model was compiled with.</param>
    /// <param name="batch">The data.</param>
    /// <param name="classWeight">How much samples of each class count.</param>
    /// <param name="builds">Whether the model may have to be built, or its steps compiled anew; not for the later batches of a loop.</param>
    private TrainingData Prepare(Compilation compilation, Batch batch, IReadOnlyDictionary<int, double>? classWeight, bool builds = true)
    {
        TrainingData data = TrainingData.Create(this, batch, classWeight, builds);
        if (builds) EnsureBuilt(data.Inputs(1));
        ModelPorts ports = Ports(data.Inputs(1));
        DataChecks.Inputs(this, ports, data);
        compilation.Resolve(ports, [.. data.Y.Select(t => t.Shape.With(0, Shape.Unknown))], OwnMetrics);
        DataChecks.Targets(this, ports, compilation.Losses, data);
        DataChecks.Finite(ports, data);
        if (builds) Steps.DropStale();
        return data;
    }
}

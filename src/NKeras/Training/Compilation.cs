using NKeras.Engine;
using NKeras.Engine.Runtime;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace NKeras.Training;

/// <summary>What a model was compiled with, and the metrics that come of it.</summary>
internal sealed class Compilation(Optimizer optimizer, Optimizer given, CompileArguments arguments)
{
    private readonly Mean _loss = new("loss");
    private CompiledLosses? _losses;
    private Metric[][] _metrics = [];
    private Metric[][] _weighted = [];
    private (string Name, Metric Metric)[] _reported = [];
    private IReadOnlyList<ScoreName> _scores = [];
    private int _own;
    private Executable? _results;
    private ConcreteTensor[] _values = [];

    public Optimizer Optimizer => optimizer;

    /// <summary>The optimizer as Compile was given it, which configurations hold.</summary>
    public Optimizer GivenOptimizer => given;

    /// <summary>What Compile was given besides.</summary>
    public CompileArguments Arguments => arguments;

    public CompiledLosses Losses => _losses ?? throw new InvalidOperationException("The losses are not resolved yet.");

    /// <summary>The names of the scores, the loss first, then in the order in which Evaluate lists them.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>What the last step reported, if it was one of the user's own; null if scores are those of the metrics.</summary>
    public StepLogs? Logs { get; set; }

    /// <summary>The names of the scores that there are now, in the order in which Evaluate lists them.</summary>
    public IReadOnlyList<string> PresentNames => Logs?.Names ?? Names;

    /// <summary>The metrics behind the scores, those of the model's layers apart.</summary>
    public IReadOnlyList<Metric> Metrics => [.. _reported.SkipLast(_own).Select(r => r.Metric)];

    /// <summary>The state of the metrics behind the scores.</summary>
    public IReadOnlyList<Variable> MetricState => [.. _reported.SelectMany(r => r.Metric.Variables)];

    /// <summary>Whether it has losses or metrics that compare targets with predictions.</summary>
    public bool NeedsTargets => arguments.Losses != null || arguments.Metrics != null || arguments.WeightedMetrics != null;

    /// <summary>Finds out what losses and metrics mean for the model's outputs. Done once, with the first data.</summary>
    /// <param name="ports">The outputs.</param>
    /// <param name="yTrue">The shapes of the targets.</param>
    /// <param name="own">The metrics that the model's layers keep.</param>
    public void Resolve(ModelPorts ports, IReadOnlyList<Shape> yTrue, IReadOnlyList<Metric> own)
    {
        if (_losses != null) return;
        (IReadOnlyList<string> outputs, IReadOnlyList<Shape> yPred) = (ports.OutputNames, ports.OutputShapes);
        CompiledLosses resolved = new(arguments.Losses, arguments.LossWeights, ports);
        Metric[][] plain = arguments.Metrics?.For("metrics", outputs, yTrue, yPred) ?? [];
        Metric[][] weighted = arguments.WeightedMetrics?.For("weightedMetrics", outputs, yTrue, yPred) ?? [];
        for (int i = 0; i < yTrue.Count; i++)
        {
            foreach (Metric metric in (plain.ElementAtOrDefault(i) ?? []).Concat(weighted.ElementAtOrDefault(i) ?? [])) metric.Build(yTrue[i], yPred[i]);
        }

        MetricNaming naming = new(outputs.Count > 1 && ports.OutputsNamed ? outputs : null);
        (string Name, Metric Metric)[] reported =
        [
            ("loss", _loss),
            .. naming.Plain(plain),
            .. naming.Weighted(weighted),
            .. resolved.Trackers.Select(t => (t.Name, (Metric)t)),
        ];
        (string Name, Metric Metric)[] all = [.. reported, .. own.Select(m => (m.Name, m))];
        List<ScoreName> scores = [];
        Executable results = Jit.Compile([], _ => [.. all.SelectMany((r, i) => ScoreName.Trace(r.Name, r.Metric, isOwn: i >= reported.Length, scores))]);
        CheckScalars(scores, results);
        (_losses, _metrics, _weighted, _reported, _results, _own, _scores) = (resolved, plain, weighted, all, results, own.Count, scores);
        // Keras: of several scores with one name, the last is reported.
        IReadOnlyList<string> compiled = MetricNaming.InOrder(
            [.. scores.Where(s => !s.IsOwn).Select(s => s.Name)], [.. plain.Concat(weighted).SelectMany(m => m).Select(m => m.Name)], [.. resolved.Trackers.Select(t => t.Name)]);
        Names = [.. compiled.Union(scores.Where(s => s.IsOwn).Select(s => s.Name))];
        _values = Array.ConvertAll(_results.OutputSpecs, ConcreteTensor.Allocate);
    }

    // Keras: logs arrays of several numbers, too. Here scores are numbers, which callbacks can compare.
    private static void CheckScalars(List<ScoreName> scores, Executable results)
    {
        for (int i = 0; i < scores.Count; i++)
        {
            if (results.OutputSpecs[i].Shape is { Size: not 1 } shape)
                throw new ArgumentException($"Metric '{scores[i].Name}' has values of shape {shape}, but a score of a model is one number. Give it an average, or a single threshold.", "metrics");
        }
    }

    /// <summary>Forgets what the metrics gathered.</summary>
    public void ResetMetrics()
    {
        Logs = null;
        foreach ((_, Metric metric) in _reported) metric.ResetState();
    }

    /// <summary>Takes a batch's loss into account.</summary>
    public void UpdateLoss(Tensor loss, int batchSize) => _loss.UpdateState(loss, (float)batchSize);

    /// <summary>Takes a batch into account.</summary>
    public void UpdateMetrics(IReadOnlyList<Tensor> yTrue, IReadOnlyList<Tensor> yPred, IReadOnlyList<Tensor> sampleWeight)
    {
        for (int i = 0; i < yPred.Count; i++)
        {
            foreach (Metric metric in _metrics.ElementAtOrDefault(i) ?? []) metric.UpdateState(yTrue[i], yPred[i]);
            Tensor? weight = sampleWeight.Count == 0 ? null : sampleWeight[Math.Min(i, sampleWeight.Count - 1)];
            foreach (Metric metric in _weighted.ElementAtOrDefault(i) ?? []) metric.UpdateState(yTrue[i], yPred[i], weight);
        }
    }

    /// <summary>Whether the loss, as far as it went into the present scores, is a finite number. Looked up at every step, so it costs nothing.</summary>
    public bool LossIsFinite => Logs is { } logs ? logs.LossIsFinite : _loss.IsFinite;

    /// <summary>Whether these are the metrics behind the scores.</summary>
    public bool Reports(IReadOnlyList<Metric> metrics) => _reported.Select(r => r.Metric).SequenceEqual(metrics);

    /// <summary>Computes the scores so far.</summary>
    public Scores ReadScores()
    {
        if (Logs is { } logs) return new Scores(logs.Read());
        ReadScores(_values);
        Dictionary<string, double> byName = [];
        for (int i = 0; i < _scores.Count; i++) byName[_scores[i].Name] = ElementView.Of(_values[i]).Number(0);
        return new Scores(Names.Select(n => KeyValuePair.Create(n, byName[n])));
    }

    /// <summary>Computes the scores so far into given tensors. Allocates nothing.</summary>
    public void ReadScores(ReadOnlySpan<ConcreteTensor> values) => _results!.Run([], values);

    /// <summary>The scores so far, ordered by name as callbacks see them.</summary>
    public Dictionary<string, double> ReadLogs()
    {
        Scores scores = ReadScores();
        if (Logs != null) return new(scores.OrderBy(s => s.Key, StringComparer.Ordinal));
        return new(_scores.OrderBy(s => s.Place, StringComparer.Ordinal).Select(s => s.Name).Distinct().Select(n => KeyValuePair.Create(n, scores[n])));
    }
}

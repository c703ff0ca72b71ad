using NKeras.Callbacks;

namespace NKeras.Training;

/// <summary>The epochs of one call of <c>Fit</c>. All checks have been done.</summary>
internal sealed class FitLoop
{
    private readonly Model _model;
    private readonly Compilation _compilation;
    private readonly StepCache _steps;
    private readonly BatchFeed _feed;
    private readonly int? _stepsPerEpoch;
    private readonly Func<Dictionary<string, double>> _readLogs;
    private readonly FeedSteps _trainSteps;
    private EvaluationLoop? _validation;
    private int _validationFreq = 1;
    private int _next;

    public FitLoop(Model model, Compilation compilation, StepCache steps, BatchFeed feed, int? stepsPerEpoch)
    {
        (_model, _compilation, _steps, _feed, _stepsPerEpoch) = (model, compilation, steps, feed, stepsPerEpoch);
        _readLogs = compilation.ReadLogs;
        // Compiled before anything runs, so that a model that cannot be compiled is left as it was.
        _trainSteps = new FeedSteps(StepKind.Train, compilation, steps, feed);
    }

    /// <summary>Adds validation after every so many epochs.</summary>
    public void Validate(BatchFeed feed, int? steps, int everyEpochs)
    {
        _validation = new EvaluationLoop(_compilation, _steps, feed, steps);
        _validationFreq = everyEpochs;
    }

    public History Run(int initialEpoch, int epochs, int verbose, IReadOnlyList<Callback>? user)
    {
        CallbackList callbacks = new(_model, user, new CallbackParameters(verbose, epochs, _stepsPerEpoch ?? _feed.BatchCount), withHistory: true);
        _model.StopTraining = false;
        callbacks.Each(c => c.OnTrainBegin());
        Dictionary<string, double>? logs = null;
        for (int epoch = initialEpoch; epoch < epochs && !_model.StopTraining; epoch++)
        {
            _compilation.ResetMetrics();
            callbacks.Each(c => c.OnEpochBegin(epoch));
            RunEpoch(callbacks);
            logs = _compilation.ReadLogs();
            if (_validation != null && (epoch + 1) % _validationFreq == 0)
            {
                foreach ((string name, double value) in _validation.Run(callbacks)) logs[$"val_{name}"] = value;
            }

            callbacks.Each(c => c.OnEpochEnd(epoch, logs));
        }

        if (epochs > initialEpoch) _compilation.Optimizer.FinalizeVariableValues(_model.TrainableVariables);
        callbacks.Each(c => c.OnTrainEnd(logs));
        return callbacks.History;
    }

    private void RunEpoch(CallbackList callbacks)
    {
        int steps = _stepsPerEpoch ?? _feed.BatchCount;
        for (int step = 0; step < steps && !_model.StopTraining; step++)
        {
            if (_next == 0) _feed.Shuffle();
            callbacks.BatchBegin(step, static (c, b) => c.OnTrainBatchBegin(b));
            _trainSteps[_next].Run(_feed.Fill(_next));
            callbacks.BatchEnd(step, _readLogs, static (c, b, l) => c.OnTrainBatchEnd(b, l));
            if (++_next < _feed.BatchCount) continue;

            // Keras: an epoch of given length ends early where the data does.
            _next = 0;
            break;
        }

        if (_stepsPerEpoch == null) _next = 0;
    }
}

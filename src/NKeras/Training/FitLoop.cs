using NKeras.Callbacks;
using NKeras.Core;

namespace NKeras.Training;

/// <summary>The epochs of one call of <c>Fit</c>.</summary>
internal sealed class FitLoop(Model model, Compilation compilation, BatchSource source, int? stepsPerEpoch, LoopPosition position, LoopOptions options)
    : BatchLoop(source, position, options)
{
    private EvaluationLoop? _validation;
    private int _validationFreq = 1;
    private int _epochsRun;
    private int _validations;
    private Dictionary<string, double>? _logs;
    private (TrainingPoint Point, Action Restore)? _resumption;
    private bool _saidNotFinite;
    private bool _saidShrunk;

    protected override bool Stops => model.StopTraining;

    protected override void BatchBegins(Callback callback, int batch) => callback.OnTrainBatchBegin(batch);

    protected override void BatchEnded(Callback callback, int batch, Dictionary<string, double>? logs) => callback.OnTrainBatchEnd(batch, logs);

    protected override Dictionary<string, double> ReadLogs() => compilation.ReadLogs();

    protected override void Compute()
    {
        base.Compute();
        if (_saidNotFinite || compilation.LossIsFinite) return;
        _saidNotFinite = true;
        Warnings.Write($"{Position}: the loss is not a finite number any more. Is the learning rate too high? TerminateOnNaN stops where this happens.");
    }

    /// <summary>Adds validation after every so many epochs.</summary>
    public void Validate(EvaluationLoop loop, int everyEpochs) => (_validation, _validationFreq) = (loop, everyEpochs);

    /// <summary>Where the loop stands: for callbacks, after a batch or an epoch of training.</summary>
    public TrainingPoint Here => Position.Batch is { } batch
        ? new(Position.Epoch!.Value, batch + 1, IsPassOver, _epochsRun, Source.Position, _validations, ValidationData, model.StopTraining, compilation.ReadLogs())
        : new(Position.Epoch!.Value + 1, 0, false, _epochsRun + 1, Source.Position, _validations, ValidationData, model.StopTraining, _logs ?? []);

    /// <summary>The metrics' state, which belongs to the epoch in progress.</summary>
    public IReadOnlyList<Variable> MetricState => compilation.MetricState;

    /// <summary>The callbacks.</summary>
    public CallbackList Callbacks => Position.Callbacks!;

    private DataPosition ValidationData => _validation?.DataPosition ?? default;

    /// <summary>Lets the loop go on from a point instead of beginning. For callbacks when training begins.</summary>
    /// <param name="point">The point.</param>
    /// <param name="restore">
    /// Puts everything into the state that it had there. It is called last before the first batch: what callbacks do when training and the epoch begin
    /// they have done before the interruption, too.
    /// </param>
    public void GoOnFrom(TrainingPoint point, Action restore) => _resumption = (point, restore);

    public History Run(int initialEpoch, int epochs, CallbackList callbacks)
    {
        model.StopTraining = false;
        Call(callbacks, c => c.OnTrainBegin());
        int first = _resumption?.Point.Epoch ?? initialEpoch;
        if (_resumption is { Point.Batch: 0 } resumed)
        {
            Resume();
            if (resumed.Point.Stopped) first = epochs;
        }

        for (int epoch = first; epoch < epochs; epoch++)
        {
            Position.Epoch = epoch;
            compilation.ResetMetrics();
            Call(callbacks, c => c.OnEpochBegin(epoch));
            TrainingPoint? within = _resumption?.Point;
            if (within != null) Resume();
            int before = within?.Batch ?? 0;
            if (RunEpoch(callbacks, before, over: within is { } point && (point.EpochIsOver || point.Stopped)) > before || _logs == null) _logs = compilation.ReadLogs();
            if (_validation != null && (epoch + 1) % _validationFreq == 0)
            {
                Position.Validates = true;
                foreach ((string name, double value) in _validation.Run(callbacks)) _logs[$"val_{name}"] = value;
                Position.Validates = false;
                _validations++;
            }

            Call(callbacks, c => c.OnEpochEnd(epoch, _logs));
            _epochsRun++;
            if (model.StopTraining) break;
        }

        if (epochs > initialEpoch) compilation.Optimizer.FinalizeVariableValues(model.TrainableVariables);
        Call(callbacks, c => c.OnTrainEnd(_logs));
        return callbacks.History;
    }

    private void Resume()
    {
        (TrainingPoint point, Action restore) = _resumption!.Value;
        _resumption = null;
        Source.GoTo(point.Data, point.EpochsRun, within: point.Batch > 0);
        _validation?.GoTo(point.ValidationData, point.Validations);
        Position.Phase = LoopPhase.Calling;
        restore();
        (_epochsRun, _validations, _logs, model.StopTraining) = (point.EpochsRun, point.Validations, new(point.Logs), point.Stopped);
    }

    private int RunEpoch(CallbackList callbacks, int before, bool over)
    {
        int? expected = stepsPerEpoch ?? Source.BatchCount;
        int done = RunPass(callbacks, stepsPerEpoch, goesOn: stepsPerEpoch != null, before, over);
        if (done == 0)
        {
            Position.Phase = LoopPhase.Checking;
            throw new ArgumentException("The data set gave no batches. A sequence is gone through once in each epoch; one that can be read only once needs stepsPerEpoch.");
        }

        // Keras: warns whenever that happens; once is enough.
        if (_saidShrunk || Stops || done >= expected || expected == null) return done;
        _saidShrunk = true;
        Warnings.Write($"{Position}: the data set ran out after {done} batches of {expected}; the epoch ends there.");
        return done;
    }
}

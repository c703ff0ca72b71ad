using NKeras.Callbacks;
using NKeras.Core;

namespace NKeras.Training;

/// <summary>The epochs of one call of <c>Fit</c>.</summary>
internal sealed class FitLoop(Model model, Compilation compilation, BatchSource source, int? stepsPerEpoch, LoopPosition position, LoopOptions options)
    : BatchLoop(source, position, options)
{
    private EvaluationLoop? _validation;
    private int _validationFreq = 1;
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

    public History Run(int initialEpoch, int epochs, CallbackList callbacks)
    {
        model.StopTraining = false;
        Call(callbacks, c => c.OnTrainBegin());
        Dictionary<string, double>? logs = null;
        for (int epoch = initialEpoch; epoch < epochs; epoch++)
        {
            Position.Epoch = epoch;
            compilation.ResetMetrics();
            Call(callbacks, c => c.OnEpochBegin(epoch));
            RunEpoch(callbacks);
            logs = compilation.ReadLogs();
            if (_validation != null && (epoch + 1) % _validationFreq == 0)
            {
                Position.Validates = true;
                foreach ((string name, double value) in _validation.Run(callbacks)) logs[$"val_{name}"] = value;
                Position.Validates = false;
            }

            Call(callbacks, c => c.OnEpochEnd(epoch, logs));
            if (model.StopTraining) break;
        }

        if (epochs > initialEpoch) compilation.Optimizer.FinalizeVariableValues(model.TrainableVariables);
        Call(callbacks, c => c.OnTrainEnd(logs));
        return callbacks.History;
    }

    private void RunEpoch(CallbackList callbacks)
    {
        int? expected = stepsPerEpoch ?? Source.BatchCount;
        int done = RunPass(callbacks, stepsPerEpoch, goesOn: stepsPerEpoch != null);
        if (done == 0)
        {
            Position.Phase = LoopPhase.Checking;
            throw new ArgumentException("The data set gave no batches. A sequence is gone through once in each epoch; one that can be read only once needs stepsPerEpoch.");
        }

        // Keras: warns whenever that happens; once is enough.
        if (_saidShrunk || Stops || done >= expected || expected == null) return;
        _saidShrunk = true;
        Warnings.Write($"{Position}: the data set ran out after {done} batches of {expected}; the epoch ends there.");
    }
}

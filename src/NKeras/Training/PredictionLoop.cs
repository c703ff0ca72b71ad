using NKeras.Callbacks;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>A pass over data that gathers what the model computes.</summary>
/// <param name="model">The model.</param>
/// <param name="source">The data.</param>
/// <param name="steps">How many batches to take; null for all.</param>
/// <param name="rows">How many samples those are; null if that is not known.</param>
/// <param name="position">Told where the loop is.</param>
/// <param name="options">How the loop runs.</param>
internal sealed class PredictionLoop(Model model, BatchSource source, int? steps, int? rows, LoopPosition position, LoopOptions options)
    : BatchLoop(source, position, options)
{
    private ConcreteTensor[] _buffers = [];
    private TrainingStep? _step;
    private Predictions? _predictions;

    /// <summary>The number of batches it takes; null while that is not known.</summary>
    public int? BatchCount => Source.BatchCount is { } all ? Math.Min(steps ?? all, all) : steps;

    protected override bool Stops => model.StopPredicting;

    protected override void BatchBegins(Callback callback, int batch) => callback.OnPredictBatchBegin(batch);

    protected override void BatchEnded(Callback callback, int batch, Dictionary<string, double>? logs) => callback.OnPredictBatchEnd(batch, logs);

    protected override void Compute()
    {
        TrainingStep step = Source.Step;
        if (step != _step)
        {
            _step = step;
            _buffers = [.. step.Outputs.Select(ConcreteTensor.Allocate)];
            _predictions ??= new Predictions(model.Name, step, Source.Rows, rows);
        }

        step.Run(Source.Current, _buffers);
        _predictions!.Add(step, _buffers, Source.Rows);
    }

    /// <summary>The predictions for all samples, in the structure in which the model gives them.</summary>
    public Tensors Run(CallbackList callbacks)
    {
        model.StopPredicting = false;
        Call(callbacks, c => c.OnPredictBegin());
        if (RunPass(callbacks, steps, goesOn: false) == 0)
        {
            Position.Phase = LoopPhase.Checking;
            throw new ArgumentException("The data set is empty: it gave no batches.");
        }

        Call(callbacks, c => c.OnPredictEnd());
        return _step!.Pack(_predictions!.Results);
    }
}

namespace NKeras.Training;

/// <summary>The compiled steps for the batches of a feed.</summary>
internal sealed class FeedSteps
{
    private readonly StepKind _kind;
    private readonly Compilation? _compilation;
    private readonly StepCache _steps;
    private readonly BatchFeed _feed;
    private readonly TrainingStep _full;
    private readonly TrainingStep? _rest;

    /// <summary>Compiles what is needed.</summary>
    public FeedSteps(StepKind kind, Compilation? compilation, StepCache steps, BatchFeed feed)
    {
        (_kind, _compilation, _steps, _feed) = (kind, compilation, steps, feed);
        _full = steps.Get(kind, compilation, feed.SpecOf(0));
        _rest = !feed.HasComposites && feed.RestSpec is { } rest ? steps.Get(kind, compilation, rest) : null;
    }

    /// <summary>The step for a batch. Where batches differ in their number of values it may be compiled now.</summary>
    public TrainingStep this[int batch] => _feed.HasComposites ? _steps.Get(_kind, _compilation, _feed.SpecOf(batch)) : _feed.IsRest(batch) ? _rest! : _full;
}

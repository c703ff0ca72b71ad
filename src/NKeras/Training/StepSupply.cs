namespace NKeras.Training;

/// <summary>Gives the steps of one kind: compiled once for each shape of batch, or made anew for each batch if the model runs eagerly.</summary>
/// <param name="kind">What the steps do.</param>
/// <param name="model">The model.</param>
/// <param name="compilation">What it was compiled with; not needed for predicting.</param>
/// <param name="steps">The steps that are compiled.</param>
internal sealed class StepSupply(StepKind kind, Model model, Compilation? compilation, StepCache steps)
{
    /// <summary>Whether steps are traced for each batch, with its data at hand.</summary>
    public bool Eager { get; } = model.RunEagerly;

    /// <summary>The step for a batch.</summary>
    /// <param name="batch">Its shapes.</param>
    /// <param name="data">Its data; what functions on the host make of it is put behind it.</param>
    public TrainingStep Get(BatchSpec batch, ref Tensor[] data)
    {
        Tensor[] given = data;
        TrainingStep step = Eager ? TrainingStep.Compile(kind, model, compilation, batch, given) : steps.Get(kind, compilation, batch, () => given);
        if (!step.IsHosted) return step;
        Tensor[] completed = data = step.Complete(given);
        return step.Fits(completed) ? step
            : steps.Get(kind, compilation, batch with { Hosted = [.. completed.AsSpan(given.Length).ToArray().Select(t => t.Spec)] }, () => given);
    }

    /// <summary>The step for all batches of some shapes; null if functions on the host take part, whose results may differ in shape.</summary>
    /// <param name="batch">The shapes.</param>
    /// <param name="data">Gives such a batch.</param>
    public TrainingStep? Find(BatchSpec batch, Func<Tensor[]> data) => steps.Get(kind, compilation, batch, data) is { IsHosted: false } step ? step : null;
}

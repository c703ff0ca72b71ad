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
    /// <param name="data">Its data, which is used where the model runs eagerly.</param>
    public TrainingStep Get(BatchSpec batch, ReadOnlySpan<Tensor> data) =>
        Eager ? TrainingStep.Compile(kind, model, compilation, batch, data.ToArray()) : steps.Get(kind, compilation, batch);
}

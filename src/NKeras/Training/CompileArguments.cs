namespace NKeras.Training;

/// <summary>What a model was compiled with besides the optimizer.</summary>
internal sealed record CompileArguments(LossesByOutput? Losses, LossWeightsByOutput? LossWeights, MetricsByOutput? Metrics, MetricsByOutput? WeightedMetrics)
{
    /// <summary>Whether steps are traced anew for each batch.</summary>
    public bool RunEagerly { get; init; }

    /// <summary>How many steps are done without a look at callbacks.</summary>
    public int StepsPerExecution { get; init; } = 1;
}

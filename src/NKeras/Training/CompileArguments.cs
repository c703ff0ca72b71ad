namespace NKeras.Training;

/// <summary>What a model was compiled with besides the optimizer.</summary>
internal sealed record CompileArguments(LossesByOutput? Losses, LossWeightsByOutput? LossWeights, MetricsByOutput? Metrics, MetricsByOutput? WeightedMetrics);

namespace NKeras.Conformance.Models;

/// <summary>Trains recorded models as they were trained.</summary>
internal static class FitReplay
{
    public static IEnumerable<ModelCheck> Run(RecordedModel recorded)
    {
        FitResult fit = new LoadedModel(recorded).Fit();
        return
        [
            ModelReplay.Check(recorded.Name, "history", () => FitComparison.CompareHistory(recorded, fit.History)),
            ModelReplay.Check(recorded.Name, "weights_final", () => FitComparison.CompareWeights(recorded, fit.Weights)),
            ModelReplay.Check(recorded.Name, "predict_final", () => FitComparison.ComparePredictions(recorded, fit.Predictions)),
        ];
    }
}

using NKeras.Callbacks;
using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Models;

/// <summary>Compares a fit with the recorded one.</summary>
internal static class FitComparison
{
    /// <summary>Before training: what backends of Keras meet among themselves.</summary>
    public static readonly Tolerance Untrained = new(1e-4, 1e-5);

    /// <summary>After training, which makes more of rounding errors. The absolute part is for numbers near zero.</summary>
    public static readonly Tolerance Trained = new(2e-3, 1e-5);

    /// <summary>Differences of the scores before training, of names and order too.</summary>
    public static IEnumerable<Difference> CompareScores(RecordedModel recorded, Scores scores) =>
        CompareKeys("evaluate_initial", recorded.Keys("evaluate_initial"), scores.Keys)
            .Concat(ResultComparison.Compare(recorded.Value("evaluate_initial"), scores.ToDictionary(), Untrained, "evaluate_initial"));

    /// <summary>Differences of the history: names in order, epochs, values.</summary>
    public static IEnumerable<Difference> CompareHistory(RecordedModel recorded, History history) =>
        CompareKeys("history", recorded.Keys("history"), history.Logs.Keys)
            .Concat(ResultComparison.Compare(recorded.Value("epoch"), history.Epoch, null, "epoch"))
            .Concat(ResultComparison.Compare(recorded.Value("history"), history.Logs.ToDictionary(), Trained, "history"));

    /// <summary>Differences of the variables after training.</summary>
    public static IEnumerable<Difference> CompareWeights(RecordedModel recorded, IReadOnlyList<Tensor> weights) =>
        recorded.WeightsFinal.Zip(weights, (r, w) => TensorComparison.Compare(r.Value, w, Trained, r.Path)).SelectMany(d => d);

    /// <summary>Differences of the predictions after training.</summary>
    public static IEnumerable<Difference> ComparePredictions(RecordedModel recorded, Tensors predictions) =>
        ResultComparison.Compare(recorded.Value("predict_final"), predictions, Trained, "predict_final");

    private static IEnumerable<Difference> CompareKeys(string what, IReadOnlyList<string> recorded, IEnumerable<string> actual) => recorded.SequenceEqual(actual)
        ? []
        : [new(DifferenceKind.Structure, $"{what} has the keys {string.Join(", ", actual)}, Keras's {string.Join(", ", recorded)}")];
}

using System.Globalization;
using NKeras.Conformance.Calls;
using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Models;

/// <summary>Trains recorded models as they were trained.</summary>
/// <remarks>
/// A fit that is the recorded one up to rounding is so in history, weights and predictions. Rounding alone can make more of a difference: where
/// the input of a ReLU is zero but for rounding, its last bit decides whether a gradient flows. Such a fit differs as much from fits
/// that start from weights moved by one unit in the last place, and one of these is then the recorded one. So that is what is tried if the
/// first attempt differs, and said in the result. Weights that do not matter may be left to rounding altogether (<see cref="WeightSpread"/>).
/// </remarks>
internal static class FitReplay
{
    /// <summary>Attempts before the fit counts as another than the recorded one: a few decisions of rounding, each with two outcomes, may have to meet.</summary>
    private const int Most = 32;

    /// <summary>Trains the model, and compares history, weights and predictions.</summary>
    public static IReadOnlyList<ModelCheck> Run(RecordedModel recorded)
    {
        List<FitAttempt> attempts = [];
        try
        {
            do attempts.Add(new FitAttempt(recorded, attempts.Count));
            while (attempts[^1].Count > 0 && attempts.Count < Most);
        }
        catch (Exception e)
        {
            return [.. new[] { "history", "weights_final", "predict_final" }.Select(c => new ModelCheck(recorded.Name, c, Outcome.Failed, [ModelReplay.Describe(e)]))];
        }

        FitAttempt best = attempts.OrderBy(a => a.History.Count + a.PredictFinal.Count).ThenBy(a => a.Count).First();
        string[] notes = attempts.Count == 1 ? [] : [Note(attempts, best)];
        return
        [
            Check(recorded, "history", best.History, notes),
            best.WeightsFinal.Count > 0 && best.History.Count + best.PredictFinal.Count == 0 ? WithinSpread(recorded, attempts, best) : Check(recorded, "weights_final", best.WeightsFinal, notes),
            Check(recorded, "predict_final", best.PredictFinal, notes),
        ];
    }

    private static ModelCheck WithinSpread(RecordedModel recorded, IReadOnlyList<FitAttempt> attempts, FitAttempt best)
    {
        WeightSpread spread = WeightSpread.Of(attempts.Select(a => a.Weights));
        Difference[] differences = [.. best.WeightsFinal.Where(d => d.Kind != DifferenceKind.Value), .. spread.Compare(recorded.WeightsFinal, FitComparison.Trained)];
        return Check(recorded, "weights_final", differences, differences.Length > 0
            ? [.. best.WeightsFinal.Select(d => d.Message), Note(attempts, best)]
            : [string.Create(CultureInfo.InvariantCulture, $"rounding decides about weights that differ: {best.WeightsFinal[0].Message}; fits from weights moved by one unit in the last place end up to {Spread(attempts):G2} apart, the recorded one among them")]);
    }

    private static string Note(IReadOnlyList<FitAttempt> attempts, FitAttempt best) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(best.Count == 0 ? $"at attempt {best.Number + 1}" : $"at none of {attempts.Count} attempts, the best is number {best.Number + 1}")}; others than the first start from weights moved by one unit in the last place, which moves final weights by up to {Spread(attempts):G2}");

    private static double Spread(IReadOnlyList<FitAttempt> attempts) => attempts.Max(attempts[0].Distance);

    private static ModelCheck Check(RecordedModel recorded, string name, IReadOnlyList<Difference> differences, IEnumerable<string> notes) =>
        new(recorded.Name, name, differences.Count == 0 ? Outcome.Passed : Outcome.Failed, [.. differences.Select(d => d.Message), .. notes]);
}

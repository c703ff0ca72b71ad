using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Models;

/// <summary>A fit from the recorded weights, or from some that rounding cannot tell from them, and how it differs from the recorded one.</summary>
internal sealed class FitAttempt
{
    /// <summary>Trains and compares.</summary>
    /// <param name="recorded">The model.</param>
    /// <param name="number">The number of the attempt; the first, 0, starts with the recorded weights.</param>
    public FitAttempt(RecordedModel recorded, int number)
    {
        Number = number;
        FitResult fit = LoadedModel.Read(recorded, WeightRounding.Move([.. recorded.Weights.Select(w => w.Value)], number)).Fit();
        Weights = fit.Weights;
        History = [.. FitComparison.CompareHistory(recorded, fit.History)];
        WeightsFinal = [.. FitComparison.CompareWeights(recorded, fit.Weights)];
        PredictFinal = [.. FitComparison.ComparePredictions(recorded, fit.Predictions)];
    }

    /// <summary>The number of the attempt, from 0.</summary>
    public int Number { get; }

    /// <summary>The variables after training.</summary>
    public IReadOnlyList<Tensor> Weights { get; }

    /// <summary>Differences of the history.</summary>
    public IReadOnlyList<Difference> History { get; }

    /// <summary>Differences of the variables after training.</summary>
    public IReadOnlyList<Difference> WeightsFinal { get; }

    /// <summary>Differences of the predictions after training.</summary>
    public IReadOnlyList<Difference> PredictFinal { get; }

    /// <summary>How much differs.</summary>
    public int Count => History.Count + WeightsFinal.Count + PredictFinal.Count;

    /// <summary>The greatest difference between the variables of two attempts.</summary>
    public double Distance(FitAttempt other) => Weights.Zip(other.Weights).Max(p =>
        p.First.Shape.Size == 0 ? 0 : (double)TensorComparison.Number(Ops.Max(Ops.Abs(Ops.Cast(p.First, DType.Float64) - Ops.Cast(p.Second, DType.Float64)))));
}

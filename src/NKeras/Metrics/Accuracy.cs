using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>How often predictions equal their targets (<c>keras.metrics.Accuracy</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new Accuracy().Apply(new float[,] { { 1 }, { 2 }, { 3 }, { 4 } }, new float[,] { { 0 }, { 2 }, { 3 }, { 4 } }); // 0.75
/// </code></example>
public sealed class Accuracy(string? name = "accuracy", DType? dtype = null)
    : MeanMetricWrapper(AreEqual, name, dtype)
{
    private static Tensor AreEqual(Tensor yTrue, Tensor yPred)
    {
        (yTrue, yPred) = LossReduction.MatchRanks(Ops.Cast(yTrue, yPred.DType), yPred);
        return Ops.Cast(Ops.Equal(yTrue, yPred), Config.Floatx());
    }
}

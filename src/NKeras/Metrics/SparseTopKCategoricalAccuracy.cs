using System.Text.Json.Nodes;
using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>How often the prediction of the target's class is among the k greatest (<c>keras.metrics.SparseTopKCategoricalAccuracy</c>).</summary>
/// <param name="k">How many predictions count.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <param name="fromSortedIds">Whether predictions are class numbers, the most likely first, rather than scores.</param>
/// <example><code>
/// new SparseTopKCategoricalAccuracy(k: 2).Apply(new int[] { 1, 2 }, new float[,] { { 0.1f, 0.7f, 0.2f }, { 0.5f, 0.3f, 0.2f } }); // 0.5
/// </code></example>
public sealed class SparseTopKCategoricalAccuracy(int k = 5, string? name = "sparse_top_k_categorical_accuracy", DType? dtype = null, bool fromSortedIds = false)
    : MeanMetricWrapper((yTrue, yPred) => MetricFunctions.SparseTopKCategoricalAccuracy(yTrue, yPred, k, fromSortedIds), name, dtype)
{
    /// <summary>How many predictions count.</summary>
    public int K { get; } = MetricFunctions.CheckK(k);

    /// <summary>Whether predictions are class numbers, the most likely first.</summary>
    public bool FromSortedIds { get; } = fromSortedIds;

    private protected override void CheckTargets(Tensor yTrue, Tensor yPred, Tensor? sampleWeight)
    {
        if (!FromSortedIds) ClassNumbers.Check(yTrue, yPred.Shape[-1], sampleWeight: sampleWeight);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (!FromSortedIds) config.Remove("from_sorted_ids");
        return config;
    }
}

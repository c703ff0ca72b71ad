using System.Text.Json.Nodes;

namespace NKeras.Metrics;

/// <summary>The mean cosine of the angle between targets and predictions: 1 for one direction, unlike the loss (<c>keras.metrics.CosineSimilarity</c>).</summary>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <param name="axis">The axis along which the vectors lie.</param>
/// <example><code>
/// new CosineSimilarity().Apply(new float[,] { { 0, 1 }, { 1, 1 } }, new float[,] { { 1, 0 }, { 1, 1 } }); // 0.5
/// </code></example>
public sealed class CosineSimilarity(string? name = "cosine_similarity", DType? dtype = null, int axis = -1)
    : MeanMetricWrapper((yTrue, yPred) => Ops.Negative(LossFunctions.CosineSimilarity(yTrue, yPred, axis)), name, dtype)
{
    /// <summary>The axis along which the vectors lie.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    // Keras: forgets another axis, too; it reads one.
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (Axis == -1) config.Remove("axis");
        return config;
    }
}

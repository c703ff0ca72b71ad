namespace NKeras.Metrics;

/// <summary>The harmonic mean of precision and recall of each class (<c>keras.metrics.F1Score</c>).</summary>
/// <param name="average">
/// What becomes of the classes: <c>"macro"</c> averages them, <c>"weighted"</c> does by the number of their targets,
/// <c>"micro"</c> counts all predictions together, null gives one value per class.
/// </param>
/// <param name="threshold">Predictions above it count as 1, in (0, 1]; if omitted, the greatest one of a sample does.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new F1Score(average: "macro", threshold: 0.5).Apply(new float[,] { { 1, 1, 1 }, { 1, 0, 0 }, { 1, 1, 0 } }, new float[,] { { 0.2f, 0.6f, 0.7f }, { 0.2f, 0.6f, 0.6f }, { 0.6f, 0.8f, 0 } }); // 0.6556
/// </code></example>
public sealed class F1Score(string? average = null, double? threshold = null, string? name = "f1_score", DType? dtype = null)
    : FBetaScore(average, 1.0, threshold, name, dtype);

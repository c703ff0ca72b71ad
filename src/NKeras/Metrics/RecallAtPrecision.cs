using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>The greatest recall at those thresholds at which the precision is great enough (<c>keras.metrics.RecallAtPrecision</c>).</summary>
/// <param name="precision">The least precision, in [0, 1].</param>
/// <param name="numThresholds">How many thresholds from 0 to 1 are tried.</param>
/// <param name="classId">The only class that counts; all if omitted.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new RecallAtPrecision(precision: 0.8).Apply(new float[] { 0, 0, 1, 1 }, new float[] { 0, 0.5f, 0.3f, 0.9f }); // 0.5
/// </code></example>
public sealed class RecallAtPrecision(double precision, int numThresholds = 200, int? classId = null, string? name = null, DType? dtype = null)
    : SensitivitySpecificityBase(numThresholds, classId, name, dtype)
{
    /// <summary>The least precision.</summary>
    public double Precision { get; } = CheckShare(precision, nameof(precision));

    /// <inheritdoc/>
    public override Tensor Result()
    {
        using WideScope scope = InOwnType();
        return Best(Sensitivities, Precisions, Precision);
    }
}

using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>The greatest specificity at those thresholds at which the sensitivity is great enough (<c>keras.metrics.SpecificityAtSensitivity</c>).</summary>
/// <param name="sensitivity">The least sensitivity, in [0, 1].</param>
/// <param name="numThresholds">How many thresholds from 0 to 1 are tried.</param>
/// <param name="classId">The only class that counts; all if omitted.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new SpecificityAtSensitivity(sensitivity: 0.5).Apply(new float[] { 0, 0, 0, 1, 1 }, new float[] { 0, 0.3f, 0.8f, 0.3f, 0.8f }); // 0.6667
/// </code></example>
public sealed class SpecificityAtSensitivity(double sensitivity, int numThresholds = 200, int? classId = null, string? name = null, DType? dtype = null)
    : SensitivitySpecificityBase(numThresholds, classId, name, dtype)
{
    /// <summary>The least sensitivity.</summary>
    public double Sensitivity { get; } = CheckShare(sensitivity, nameof(sensitivity));

    /// <inheritdoc/>
    public override Tensor Result()
    {
        using WideScope scope = InOwnType();
        return Best(Specificities, Sensitivities, Sensitivity);
    }
}

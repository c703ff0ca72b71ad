using NKeras.Core;

namespace NKeras.Metrics;

/// <summary>The greatest sensitivity at those thresholds at which the specificity is great enough (<c>keras.metrics.SensitivityAtSpecificity</c>).</summary>
/// <param name="specificity">The least specificity, in [0, 1].</param>
/// <param name="numThresholds">How many thresholds from 0 to 1 are tried.</param>
/// <param name="classId">The only class that counts; all if omitted.</param>
/// <param name="name">The name.</param>
/// <param name="dtype">The type of the state and the result; the floating-point default if omitted.</param>
/// <example><code>
/// new SensitivityAtSpecificity(specificity: 0.5).Apply(new float[] { 0, 0, 0, 1, 1 }, new float[] { 0, 0.3f, 0.8f, 0.3f, 0.8f }); // 0.5
/// </code></example>
public sealed class SensitivityAtSpecificity(double specificity, int numThresholds = 200, int? classId = null, string? name = null, DType? dtype = null)
    : SensitivitySpecificityBase(numThresholds, classId, name, dtype)
{
    /// <summary>The least specificity.</summary>
    public double Specificity { get; } = CheckShare(specificity, nameof(specificity));

    /// <inheritdoc/>
    public override Tensor Result()
    {
        using WideScope scope = InOwnType();
        return Best(Sensitivities, Specificities, Specificity);
    }
}

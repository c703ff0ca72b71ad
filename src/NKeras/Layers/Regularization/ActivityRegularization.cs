using System.Text.Json.Nodes;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// Passes its input on, and adds a penalty on it to the loss: the sums of absolute values and of squares, each times a factor, per sample
/// (<c>keras.layers.ActivityRegularization</c>). Any shape; the result has the input's.
/// </summary>
/// <example><code>
/// KerasTensor code = new ActivityRegularization(l1: 1e-4).Apply(encoded); // a sparse code
/// </code></example>
public sealed class ActivityRegularization : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="l1">The factor of the sum of absolute values.</param>
    /// <param name="l2">The factor of the sum of squares.</param>
    /// <param name="name">The name; <c>activity_regularization</c>, <c>activity_regularization_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative, infinite or not a number.</exception>
    public ActivityRegularization(double l1 = 0.0, double l2 = 0.0, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        L1 = LayerArguments.NotNegative(this, l1);
        L2 = LayerArguments.NotNegative(this, l2);
        ActivityRegularizer = new L1L2(l1, l2);
        SupportsMasking = true;
        Built = true;
    }

    /// <summary>The factor of the sum of absolute values.</summary>
    public double L1 { get; }

    /// <summary>The factor of the sum of squares.</summary>
    public double L2 { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => inputs;

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config.Remove("activity_regularizer");
        return config;
    }
}

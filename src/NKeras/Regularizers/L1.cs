using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Regularizers;

/// <summary>The sum of absolute values times a factor (<c>keras.regularizers.L1</c>).</summary>
/// <param name="l1">The factor.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is negative, infinite or not a number.</exception>
public sealed class L1(double l1 = 0.01) : Regularizer
{
    /// <summary>The factor.</summary>
    // Keras: it is called l1, but no member has its class's name in C#. Keras rounds it to single precision, here as there.
    public double Factor { get; } = (float)Checked(l1, nameof(l1));

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        using WideScope scope = WideScope.Of(x);
        return Ops.Multiply(Factor, Ops.Sum(Ops.Abs(x)));
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["l1"] = Factor };
}

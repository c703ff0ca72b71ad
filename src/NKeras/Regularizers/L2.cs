using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Regularizers;

/// <summary>The sum of squares times a factor (<c>keras.regularizers.L2</c>).</summary>
/// <param name="l2">The factor.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is negative, infinite or not a number.</exception>
public sealed class L2(double l2 = 0.01) : Regularizer
{
    /// <summary>The factor.</summary>
    // Keras: it is called l2, but no member has its class's name in C#.
    public double Factor { get; } = Checked(l2, nameof(l2));

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        using WideScope scope = WideScope.Of(x);
        return Ops.Multiply(Factor, Ops.Sum(Ops.Square(x)));
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => new() { ["l2"] = Factor };
}

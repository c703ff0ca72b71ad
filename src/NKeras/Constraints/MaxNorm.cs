using NKeras.Core;

namespace NKeras.Constraints;

/// <summary>Vectors that are longer than a limit are shortened to it (<c>keras.constraints.MaxNorm</c>).</summary>
/// <param name="maxValue">The limit.</param>
/// <param name="axis">The axes a vector lies along; 0 if omitted: all inputs of a unit of a dense layer. For a kernel of <c>Conv2D</c> use <c>[0, 1, 2]</c>.</param>
public sealed class MaxNorm(double maxValue = 2, Ints? axis = null) : Constraint
{
    /// <summary>The limit.</summary>
    public double MaxValue { get; } = maxValue;

    /// <summary>The axes a vector lies along.</summary>
    public Ints Axis { get; } = axis ?? 0;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor w)
    {
        using WideScope scope = WideScope.Of(w);
        Tensor norms = Norms(w, Axis);
        return Rescale(w, norms, Ops.Clip(norms, 0, MaxValue));
    }
}

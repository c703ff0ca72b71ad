using NKeras.Core;

namespace NKeras.Constraints;

/// <summary>The lengths of vectors are brought between two limits, or part of the way there (<c>keras.constraints.MinMaxNorm</c>).</summary>
/// <param name="minValue">The least length.</param>
/// <param name="maxValue">The greatest length.</param>
/// <param name="rate">Which part of the way to the limit a vector goes at each step: 1 for all of it.</param>
/// <param name="axis">The axes a vector lies along; 0 if omitted: all inputs of a unit of a dense layer. For a kernel of <c>Conv2D</c> use <c>[0, 1, 2]</c>.</param>
public sealed class MinMaxNorm(double minValue = 0.0, double maxValue = 1.0, double rate = 1.0, Ints? axis = null) : Constraint
{
    /// <summary>The least length.</summary>
    public double MinValue { get; } = minValue;

    /// <summary>The greatest length.</summary>
    public double MaxValue { get; } = maxValue;

    /// <summary>Which part of the way to the limit a vector goes at each step.</summary>
    public double Rate { get; } = rate;

    /// <summary>The axes a vector lies along.</summary>
    public Ints Axis { get; } = axis ?? 0;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor w)
    {
        using WideScope scope = WideScope.Of(w);
        Tensor norms = Norms(w, Axis), limited = Ops.Clip(norms, MinValue, MaxValue);
        return Rescale(w, norms, Ops.Add(Ops.Multiply(limited, Rate), Ops.Multiply(norms, 1 - Rate)));
    }
}

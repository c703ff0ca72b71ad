using NKeras.Core;

namespace NKeras.Constraints;

/// <summary>Vectors are brought to length 1 (<c>keras.constraints.UnitNorm</c>).</summary>
/// <param name="axis">The axes a vector lies along; 0 if omitted: all inputs of a unit of a dense layer. For a kernel of <c>Conv2D</c> use <c>[0, 1, 2]</c>.</param>
public sealed class UnitNorm(Ints? axis = null) : Constraint
{
    /// <summary>The axes a vector lies along.</summary>
    public Ints Axis { get; } = axis ?? 0;

    /// <inheritdoc/>
    public override Tensor Apply(Tensor w)
    {
        using WideScope scope = WideScope.Of(w);
        return Ops.Divide(w, Ops.Add(Norms(w, Axis), Config.Epsilon()));
    }
}

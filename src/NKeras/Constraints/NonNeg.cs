namespace NKeras.Constraints;

/// <summary>Negative elements become zero (<c>keras.constraints.NonNeg</c>).</summary>
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor w) => Ops.Maximum(w, 0);
}

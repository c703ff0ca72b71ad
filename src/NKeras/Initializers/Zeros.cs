namespace NKeras.Initializers;

/// <summary>All zeros (<c>keras.initializers.Zeros</c>).</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType? dtype = null) => Ops.Zeros(shape, dtype ?? Config.Floatx());
}

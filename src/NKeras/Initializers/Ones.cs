namespace NKeras.Initializers;

/// <summary>All ones (<c>keras.initializers.Ones</c>).</summary>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType? dtype = null) => Ops.Ones(shape, dtype ?? Config.Floatx());
}

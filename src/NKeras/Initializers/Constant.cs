using NKeras.Core;

namespace NKeras.Initializers;

/// <summary>One value everywhere (<c>keras.initializers.Constant</c>).</summary>
/// <param name="value">A number, or an array that is broadcast to the shape; 0 if omitted.</param>
public sealed class Constant(Tensor? value = null) : Initializer
{
    /// <summary>The value.</summary>
    public Tensor Value { get; } = value ?? 0.0;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The value does not broadcast to the shape.</exception>
    public override Tensor Apply(Shape shape, DType? dtype = null) =>
        Ops.BroadcastTo(Promotion.As(Value, dtype ?? Config.Floatx()), shape);
}

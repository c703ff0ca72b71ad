using NKeras.Initializers;

namespace NKeras.Layers;

/// <summary>Makes the bias of four gates, of which the second, the forget gate's, begins with ones.</summary>
/// <param name="others">Makes the bias of the other gates.</param>
internal sealed class ForgetGateBias(Initializer others) : Initializer
{
    /// <summary>Makes the bias of the other gates.</summary>
    public Initializer Others { get; } = others;

    /// <inheritdoc/>
    public override Tensor Apply(Shape shape, DType? dtype = null)
    {
        int units = shape.Dims[0] / 4;
        return Ops.Concatenate([Others.Apply([units], dtype), Ops.Ones([units], dtype ?? Config.Floatx()), Others.Apply([2 * units], dtype)]);
    }
}

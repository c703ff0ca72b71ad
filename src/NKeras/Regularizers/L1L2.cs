using NKeras.Core;

namespace NKeras.Regularizers;

/// <summary>The sum of absolute values and the sum of squares, each times a factor (<c>keras.regularizers.L1L2</c>).</summary>
/// <param name="l1">The factor of the sum of absolute values.</param>
/// <param name="l2">The factor of the sum of squares.</param>
/// <exception cref="ArgumentOutOfRangeException">A factor is negative, infinite or not a number.</exception>
public sealed class L1L2(double l1 = 0.0, double l2 = 0.0) : Regularizer
{
    /// <summary>The factor of the sum of absolute values.</summary>
    public double L1 { get; } = Checked(l1, nameof(l1));

    /// <summary>The factor of the sum of squares.</summary>
    public double L2 { get; } = Checked(l2, nameof(l2));

    /// <inheritdoc/>
    public override Tensor Apply(Tensor x)
    {
        using WideScope scope = WideScope.Of(x);
        Tensor? absolute = L1 == 0 ? null : Ops.Multiply(L1, Ops.Sum(Ops.Abs(x)));
        Tensor? squares = L2 == 0 ? null : Ops.Multiply(L2, Ops.Sum(Ops.Square(x)));
        if (absolute == null) return squares ?? Ops.Zeros(Shape.Scalar, x.DType);
        return squares == null ? absolute : Ops.Add(absolute, squares);
    }
}

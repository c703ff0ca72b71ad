using NKeras.Core;
using NKeras.Initializers;

namespace NKeras.Regularizers;

/// <summary>
/// Half the mean absolute cosine between pairs of a matrix's rows, or columns, times a factor: it keeps them at right angles
/// (<c>keras.regularizers.OrthogonalRegularizer</c>).
/// </summary>
public sealed class OrthogonalRegularizer : Regularizer
{
    /// <summary>Creates the regularizer.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="mode">What is kept at right angles: <c>"rows"</c> or <c>"columns"</c>.</param>
    /// <exception cref="ArgumentException">The factor is negative, infinite or not a number, or the mode is unknown.</exception>
    public OrthogonalRegularizer(double factor = 0.01, string mode = "rows")
    {
        // Keras: rounds the factor to single precision, too.
        Factor = (float)Checked(factor, nameof(factor));
        Mode = mode is "rows" or "columns"
            ? mode
            : throw new ArgumentException($"The mode of OrthogonalRegularizer cannot be '{mode}'; it is \"rows\" or \"columns\".", nameof(mode));
    }

    /// <summary>The factor.</summary>
    public double Factor { get; }

    /// <summary>What is kept at right angles.</summary>
    public string Mode { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The tensor is not a matrix.</exception>
    public override Tensor Apply(Tensor x)
    {
        using WideScope scope = WideScope.Of(x);
        if (x.Rank != 2) throw new ArgumentException($"OrthogonalRegularizer takes matrices; received shape {x.Shape}.", nameof(x));
        int axis = Mode == "rows" ? 1 : 0, count = x.Shape.Dims[1 - axis];
        Tensor inverseNorm = Ops.Minimum(Ops.Rsqrt(Ops.Sum(Ops.Square(x), axis, keepdims: true)), 1 / Config.Epsilon());
        Tensor unit = Ops.Multiply(x, inverseNorm), flipped = Ops.Transpose(unit);
        Tensor cosines = Mode == "rows" ? Ops.Matmul(unit, flipped) : Ops.Matmul(flipped, unit);
        Tensor others = Ops.Subtract(1.0, new Identity().Apply([count, count], x.DType));
        double pairs = count * (count - 1.0) / 2;
        return Ops.Multiply(Ops.Sum(Ops.Abs(Ops.Multiply(cosines, others))), Factor * 0.5 / pairs);
    }
}

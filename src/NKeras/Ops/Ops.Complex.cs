using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The real parts; real tensors are their own.</summary>
    public static Tensor Real(Tensor x) => OpDispatch.Call("Real", [x], t => ComplexRules.Real(t[0]));

    /// <summary>The imaginary parts; zeros for real tensors.</summary>
    public static Tensor Imag(Tensor x) => OpDispatch.Call("Imag", [x], t => ComplexRules.Imag(t[0]));

    /// <summary>The complex conjugates; real tensors are their own.</summary>
    public static Tensor Conjugate(Tensor x) => OpDispatch.Call("Conjugate", [x], t => t[0] is ComplexTensor z ? new ComplexTensor(z.Real, Negative(z.Imag)) : t[0]);

    /// <summary>Another name of <see cref="Conjugate"/>.</summary>
    public static Tensor Conj(Tensor x) => Conjugate(x);

    /// <summary>The angles of complex numbers, from -π to π; of real ones 0, or π where they are negative.</summary>
    public static Tensor Angle(Tensor x) => OpDispatch.Call("Angle", [x], t =>
    {
        if (t[0] is ComplexTensor z) return PrimitiveOps.Binary(ElementwiseFunction.Atan2, z.Imag, z.Real);
        Tensor values = t[0].DType == DType.Int64 ? PrimitiveOps.Convert(t[0], Config.Floatx()) : Promotion.WithFloat(t[0]);
        // It has steps only, and no slope.
        return PrimitiveOps.Binary(ElementwiseFunction.Atan2, PrimitiveOps.ScalarLike(values, 0), new StopGradient().Apply(values));
    });

    /// <summary>Whether elements have no imaginary part.</summary>
    public static Tensor Isreal(Tensor x) => OpDispatch.Call("Isreal", [x], t => t[0] is ComplexTensor z
        ? PrimitiveOps.Binary(ElementwiseFunction.Equal, z.Imag, PrimitiveOps.ScalarLike(z.Imag, 0))
        : FilledLike(t[0], 1, DType.Bool));

    /// <summary>Complex numbers from absolute values and angles.</summary>
    /// <param name="abs">The absolute values.</param>
    /// <param name="angle">The angles.</param>
    // Keras: says of symbolic tensors that the result is real.
    public static Tensor Polar(Tensor abs, Tensor angle) => OpDispatch.Call("Polar", [abs, angle], t => ComplexRules.Turned(Promotion.WithFloat(t[0]), Promotion.WithFloat(t[1])));

    /// <summary>Complex numbers (complex64) from real and imaginary parts along the last axis, (..., 2).</summary>
    /// <exception cref="ArgumentException">The last dimension is not two.</exception>
    public static Tensor ViewAsComplex(Tensor x) => OpDispatch.Call("ViewAsComplex", [x], t => t[0].Rank > 0 && t[0].Shape.Dims[^1] is 2 or Shape.Unknown
        ? ComplexTensor.As(new ComplexTensor(Coordinate(t[0], t[0].Rank - 1, 0), Coordinate(t[0], t[0].Rank - 1, 1)), DType.Complex64)
        : throw new ArgumentException($"ViewAsComplex takes real and imaginary parts along the last axis, whose dimension is 2; received shape {t[0].Shape}."));

    /// <summary>Real and imaginary parts along a new last axis, (..., 2).</summary>
    public static Tensor ViewAsReal(Tensor x) => OpDispatch.Call("ViewAsReal", [x], t =>
        new Concatenate(t[0].Rank).Apply(MatrixOps.AsColumn(ComplexRules.Real(t[0])), MatrixOps.AsColumn(ComplexRules.Imag(t[0]))));
}

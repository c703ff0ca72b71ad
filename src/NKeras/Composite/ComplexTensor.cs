using System.Globalization;
using System.Numerics;
using NKeras.Core;
using NKeras.Engine;

namespace NKeras;

/// <summary>A tensor of complex numbers: their real parts and their imaginary parts, of one shape and type.</summary>
/// <example><code>
/// var z = new ComplexTensor(real: new[] { 1f, 0f }, imag: new[] { 0f, 1f });   // 1, i
/// Tensor square = z * z;                                                        // 1, -1
/// var eigenvalues = (ComplexTensor)Ops.Eig(matrix).Eigenvalues;
/// </code></example>
// Keras: has no such class of its own; it takes those of its backend.
public sealed class ComplexTensor : CompositeTensor
{
    /// <summary>Puts real and imaginary parts together.</summary>
    /// <param name="real">The real parts: float32 or float64; other types become float32.</param>
    /// <param name="imag">The imaginary parts.</param>
    /// <exception cref="ArgumentException">The shapes differ, or a tensor is symbolic or composite.</exception>
    public ComplexTensor(Tensor real, Tensor imag)
        : this(Matching(real, imag))
    {
    }

    private ComplexTensor((Tensor Real, Tensor Imag) parts)
        : base(new TensorSpec(parts.Real.Shape, TypeOf(parts.Real.DType))) => (Real, Imag) = parts;

    /// <summary>The real parts.</summary>
    public Tensor Real { get; }

    /// <summary>The imaginary parts.</summary>
    public Tensor Imag { get; }

    internal override string Kind => "complex";

    internal override string Hint => "Take its parts: Ops.Real(x) and Ops.Imag(x), or Ops.ViewAsReal(x).";

    internal override CompositeSpec Composition => new ComplexSpec(Shape, DType);

    internal override IReadOnlyList<Tensor> Parts => [Real, Imag];

    /// <summary>A tensor of complex128 numbers.</summary>
    /// <param name="values">The numbers, in row-major order.</param>
    /// <param name="shape">The dimensions; a vector if omitted.</param>
    /// <exception cref="ArgumentException">The number of elements does not fit the shape.</exception>
    public static ComplexTensor From(ReadOnlySpan<Complex> values, Shape? shape = null)
    {
        double[] real = new double[values.Length], imag = new double[values.Length];
        for (int i = 0; i < values.Length; i++) (real[i], imag[i]) = (values[i].Real, values[i].Imaginary);
        return new ComplexTensor(From<double>(real, shape), From<double>(imag, shape));
    }

    /// <summary>The numbers, in row-major order.</summary>
    /// <exception cref="InvalidOperationException">There is no data: a function is being traced.</exception>
    public Complex[] ToArray()
    {
        double[] real = Ops.Cast(Real, DType.Float64).ToArray<double>(), imag = Ops.Cast(Imag, DType.Float64).ToArray<double>();
        return [.. real.Zip(imag, (re, im) => new Complex(re, im))];
    }

    /// <summary>Shape and type.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ComplexTensor(shape={Shape}, dtype={DType})");

    /// <summary>The type of the parts of complex numbers.</summary>
    internal static DType PartOf(DType complex) => complex == DType.Complex128 ? DType.Float64 : DType.Float32;

    /// <summary>The type of complex numbers whose parts have a type.</summary>
    internal static DType TypeOf(DType part) => part == DType.Float64 ? DType.Complex128 : DType.Complex64;

    /// <summary>A tensor as complex numbers of a type.</summary>
    internal static ComplexTensor As(Tensor x, DType type)
    {
        DType part = PartOf(type);
        return x is ComplexTensor complex ? new(Promotion.As(complex.Real, part), Promotion.As(complex.Imag, part)) : OfReal(Promotion.As(x, part));

        static ComplexTensor OfReal(Tensor real) => new(real, Ops.ZerosLike(real));
    }

    internal override Tensor GetItem(TensorKey key) => new ComplexTensor(key.Apply(Real), key.Apply(Imag));

    internal override CompositeTensor JoinRows(IReadOnlyList<CompositeTensor> parts) => new ComplexTensor(
        Ops.Concatenate([.. parts.Select(p => ((ComplexTensor)p).Real)]), Ops.Concatenate([.. parts.Select(p => ((ComplexTensor)p).Imag)]));

    private static (Tensor Real, Tensor Imag) Matching(Tensor real, Tensor imag)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(imag);
        if (real is KerasTensor or CompositeTensor || imag is KerasTensor or CompositeTensor)
            throw new ArgumentException("A complex tensor is made of tensors of real numbers with data. Of symbolic tensors, Ops.ViewAsComplex and Ops.Polar make one.", nameof(real));
        if (!real.Shape.IsCompatibleWith(imag.Shape)) throw new ArgumentException($"Real parts of shape {real.Shape} and imaginary parts of shape {imag.Shape} do not belong together.", nameof(imag));
        DType type = real.DType == DType.Float64 || imag.DType == DType.Float64 ? DType.Float64 : DType.Float32;
        return (Promotion.As(real, type), Promotion.As(imag, type));
    }
}

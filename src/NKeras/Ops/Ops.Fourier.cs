using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>The discrete Fourier transform along the last axis.</summary>
    /// <param name="x">Real and imaginary parts: floating-point tensors of one shape.</param>
    /// <returns>Real and imaginary parts of the transform.</returns>
    /// <exception cref="ArgumentException">The parts do not fit each other, or the last dimension is unknown.</exception>
    public static (Tensor Real, Tensor Imag) Fft((Tensor Real, Tensor Imag) x) => Pair(OpDispatch.CallManyOnList("FFT", [x.Real, x.Imag], t =>
    {
        (Tensor re, Tensor im) = PartsOf("Fft", t, 1);
        return Transform(re, im, 1, inverse: false);
    }));

    /// <summary>The two-dimensional discrete Fourier transform over the last two axes.</summary>
    /// <inheritdoc cref="Fft"/>
    public static (Tensor Real, Tensor Imag) Fft2((Tensor Real, Tensor Imag) x) => Pair(OpDispatch.CallManyOnList("FFT2", [x.Real, x.Imag], t =>
    {
        (Tensor re, Tensor im) = PartsOf("Fft2", t, 2);
        return Transform(re, im, 2, inverse: false);
    }));

    /// <summary>The inverse of <see cref="Fft2"/>.</summary>
    /// <inheritdoc cref="Fft"/>
    public static (Tensor Real, Tensor Imag) Ifft2((Tensor Real, Tensor Imag) x) => Pair(OpDispatch.CallManyOnList("IFFT2", [x.Real, x.Imag], t =>
    {
        (Tensor re, Tensor im) = PartsOf("Ifft2", t, 2);
        return Transform(re, im, 2, inverse: true);
    }));

    /// <summary>The discrete Fourier transform of real numbers along the last axis: the n / 2 + 1 terms that are not conjugates of others.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="fftLength">The length n, to which the axis is cut or filled up with zeros; that of the axis if omitted.</param>
    /// <returns>Real and imaginary parts of the transform.</returns>
    /// <exception cref="ArgumentException">There is no axis, or its length is 0.</exception>
    public static (Tensor Real, Tensor Imag) Rfft(Tensor x, int? fftLength = null) => Pair(OpDispatch.CallMany("RFFT", [x], t =>
    {
        (Tensor re, Tensor im) = RfftOf(Promotion.ToFloating(t[0]), fftLength);
        return [re, im];
    }, ("fft_length", fftLength)));

    /// <summary>The inverse of <see cref="Rfft"/>: real numbers from the n / 2 + 1 terms of their transform.</summary>
    /// <param name="x">Real and imaginary parts of the terms: floating-point tensors of one shape.</param>
    /// <param name="fftLength">The length n of the result; twice the number of terms minus two if omitted.</param>
    /// <exception cref="ArgumentException">The parts do not fit each other, or the length is 0.</exception>
    public static Tensor Irfft((Tensor Real, Tensor Imag) x, int? fftLength = null) => OpDispatch.CallOnList("IRFFT", [x.Real, x.Imag], t =>
    {
        (Tensor re, Tensor im) = PartsOf("Irfft", t, 1, known: false);
        return IrfftOf(re, im, fftLength);
    }, ("fft_length", fftLength));

    private static (Tensor Real, Tensor Imag) Pair(IReadOnlyList<Tensor> parts) => (parts[0], parts[1]);

    /// <summary>Real and imaginary parts that fit each other, with so many last axes of known length.</summary>
    private static (Tensor Re, Tensor Im) PartsOf(string name, IReadOnlyList<Tensor> parts, int axes, bool known = true)
    {
        (Tensor re, Tensor im) = (parts[0], parts[1]);
        if (!re.DType.IsFloating || !im.DType.IsFloating || re.Rank < axes || !re.Shape.IsCompatibleWith(im.Shape))
            throw new ArgumentException($"{name} takes real and imaginary parts of a floating-point type and of one shape with at least {axes} axes; received {re.DType}{re.Shape} and {im.DType}{im.Shape}.");
        for (int i = 1; known && i <= axes; i++)
        {
            if (re.Shape[-i] == null) throw new ArgumentException($"{name} needs to know the last {axes} dimensions; received shape {re.Shape}.");
            if (re.Shape[-i] == 0) throw new ArgumentException($"{name}: there is nothing to transform along the last axes of shape {re.Shape}.");
        }

        return re.DType == im.DType ? (re, im) : Promotion.Unify(re, im);
    }

    private static IReadOnlyList<Tensor> Transform(Tensor re, Tensor im, int axes, bool inverse)
    {
        Fft fft = new(inverse);
        int[] swap = [.. Enumerable.Range(0, re.Rank)];
        double scale = 1;
        Tensor[] parts = [re, im];
        for (int i = 1; i <= axes; i++)
        {
            scale *= re.Shape.Dims[^i];
            if (i > 1) (swap[^1], swap[^i]) = (swap[^i], swap[^1]);
            parts = i == 1 ? fft.ApplyAll(parts) : [.. fft.ApplyAll([.. parts.Select(p => PrimitiveOps.Transpose(p, swap))]).Select(p => PrimitiveOps.Transpose(p, swap))];
        }

        return inverse ? [.. parts.Select(p => (1 / scale) * p)] : parts;
    }

    private static (Tensor Re, Tensor Im) RfftOf(Tensor x, int? fftLength)
    {
        if (x.Rank == 0) throw new ArgumentException("Rfft takes a tensor with at least one axis, not a scalar.");
        int length = fftLength ?? x.Shape.Dims[^1];
        if (length == Shape.Unknown)
        {
            // Only the shape is asked for, and it is not known.
            Tensor terms = PrimitiveOps.Reshape(x, x.Shape.With(-1, Shape.Unknown));
            return (terms, terms);
        }

        if (length < 1) throw new ArgumentException($"Rfft: a length is at least 1, not {length}.", nameof(fftLength));
        Tensor fitted = Fitted(x, length);
        Tensor[] parts = new Fft(Inverse: false).ApplyAll(fitted, ZerosLike(fitted));
        return (MatrixOps.Part(parts[0], -1, 0, (length / 2) + 1), MatrixOps.Part(parts[1], -1, 0, (length / 2) + 1));
    }

    private static Tensor IrfftOf(Tensor re, Tensor im, int? fftLength)
    {
        int terms = re.Shape.Dims[^1];
        int length = fftLength ?? (terms == Shape.Unknown ? Shape.Unknown : 2 * (terms - 1));
        if (length == Shape.Unknown) return PrimitiveOps.Reshape(re, re.Shape.With(-1, Shape.Unknown));
        if (length < 1) throw new ArgumentException($"Irfft: a length is at least 1, not {length}.", nameof(fftLength));

        // The terms that are left out are the conjugates of others; those of frequency 0 and n / 2 are real.
        int[] source = new int[length];
        double[] signs = new double[length];
        for (int k = 0; k < length; k++)
        {
            bool mirrored = k > length / 2;
            source[k] = mirrored ? length - k : k;
            signs[k] = k == 0 || 2 * k == length ? 0 : mirrored ? -1 : 1;
        }

        Gather gather = new(re.Rank - 1);
        Tensor positions = Tensor.From<int>(source);
        Tensor fullRe = gather.Apply(Fitted(re, (length / 2) + 1), positions), fullIm = gather.Apply(Fitted(im, (length / 2) + 1), positions);
        Tensor[] parts = new Fft(Inverse: true).ApplyAll(fullRe, fullIm * PrimitiveOps.Convert(Tensor.From<double>(signs), im.DType));
        return (1.0 / length) * parts[0];
    }

    /// <summary>The last axis cut, or filled up with zeros, to a length.</summary>
    private static Tensor Fitted(Tensor x, int length)
    {
        int given = x.Shape.Dims[^1];
        if (given == length) return x;
        if (given == Shape.Unknown) return PrimitiveOps.Reshape(x, x.Shape.With(-1, length)); // Only the shape is asked for.
        if (given > length) return MatrixOps.Part(x, -1, 0, length);
        int[] none = new int[x.Rank], after = new int[x.Rank];
        after[^1] = length - given;
        return new Pad(new IntList(none), new IntList(after), new IntList(none)).Apply(x, PrimitiveOps.ScalarLike(x, 0));
    }
}

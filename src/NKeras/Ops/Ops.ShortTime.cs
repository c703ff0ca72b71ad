using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Overlapping sequences along the last axis, which becomes two: (..., sequences, sequenceLength).</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="sequenceLength">The length of a sequence.</param>
    /// <param name="sequenceStride">The distance of the beginnings of two sequences.</param>
    /// <exception cref="ArgumentException">There is no axis, or a number is less than 1.</exception>
    public static Tensor ExtractSequences(Tensor x, int sequenceLength, int sequenceStride) => OpDispatch.Call("ExtractSequences", [x], t =>
    {
        SignalWindow.CheckLengths("ExtractSequences", sequenceLength, sequenceStride, sequenceLength);
        return SequencesOf("ExtractSequences", t[0], sequenceLength, sequenceStride);
    }, ("sequence_length", sequenceLength), ("sequence_stride", sequenceStride));

    /// <summary>The short-time Fourier transform along the last axis: of overlapping frames, each weighted by a window.</summary>
    /// <param name="x">The signal, floating-point numbers.</param>
    /// <param name="sequenceLength">The length of a frame.</param>
    /// <param name="sequenceStride">The distance of the beginnings of two frames.</param>
    /// <param name="fftLength">The length of the transforms, at least that of a frame.</param>
    /// <param name="window"><c>"hann"</c>, <c>"hamming"</c>, or null for none.</param>
    /// <param name="center">Whether frames are centred at multiples of the stride (the signal is mirrored at its ends) rather than beginning there.</param>
    /// <returns>Real and imaginary parts, (..., frames, fftLength / 2 + 1).</returns>
    /// <exception cref="ArgumentException">A length or the window does not fit, or the signal is not of floating-point numbers.</exception>
    public static (Tensor Real, Tensor Imag) Stft(Tensor x, int sequenceLength, int sequenceStride, int fftLength, string? window = "hann", bool center = true)
    {
        SignalWindow.CheckLengths("Stft", sequenceLength, sequenceStride, fftLength);
        Tensor? weights = SignalWindow.Named(window, sequenceLength);
        return Pair(OpDispatch.CallMany(
            "STFT", [x], t => StftOf(t[0], weights, sequenceLength, sequenceStride, fftLength, center),
            ("sequence_length", sequenceLength), ("sequence_stride", sequenceStride), ("fft_length", fftLength), ("window", window), ("center", center)));
    }

    /// <summary>The short-time Fourier transform with a window of one's own, a vector as long as a frame.</summary>
    /// <inheritdoc cref="Stft(Tensor, int, int, int, string?, bool)"/>
    public static (Tensor Real, Tensor Imag) Stft(Tensor x, int sequenceLength, int sequenceStride, int fftLength, Tensor window, bool center = true)
    {
        SignalWindow.CheckLengths("Stft", sequenceLength, sequenceStride, fftLength);
        return Pair(OpDispatch.CallMany(
            "STFT", [x, window], t => StftOf(t[0], t[1], sequenceLength, sequenceStride, fftLength, center),
            ("sequence_length", sequenceLength), ("sequence_stride", sequenceStride), ("fft_length", fftLength), ("window", window), ("center", center)));
    }

    /// <summary>The inverse of <see cref="Stft(Tensor, int, int, int, string?, bool)"/>, given the same arguments.</summary>
    /// <param name="x">Real and imaginary parts, (..., frames, fftLength / 2 + 1).</param>
    /// <param name="sequenceLength">The length of a frame.</param>
    /// <param name="sequenceStride">The distance of the beginnings of two frames.</param>
    /// <param name="fftLength">The length of the transforms.</param>
    /// <param name="length">The length of the result; what the frames reach over if omitted.</param>
    /// <param name="window"><c>"hann"</c>, <c>"hamming"</c>, or null for none.</param>
    /// <param name="center">Whether frames were centred at multiples of the stride.</param>
    /// <exception cref="ArgumentException">A length, the window or the parts do not fit.</exception>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    // Keras: without a window the result is fftLength / sequenceStride times the signal, on NumPy and JAX; so it is here.
    public static Tensor Istft((Tensor Real, Tensor Imag) x, int sequenceLength, int sequenceStride, int fftLength, int? length = null, string? window = "hann", bool center = true)
    {
        SignalWindow.CheckLengths("Istft", sequenceLength, sequenceStride, fftLength);
        Tensor? weights = SignalWindow.Named(window, sequenceLength);
        return OpDispatch.CallOnList(
            "ISTFT", [x.Real, x.Imag], t => IstftOf(t, weights, sequenceLength, sequenceStride, fftLength, length, center),
            ("sequence_length", sequenceLength), ("sequence_stride", sequenceStride), ("fft_length", fftLength), ("length", length), ("window", window), ("center", center));
    }

    /// <summary>The inverse of the short-time Fourier transform with a window of one's own, a vector as long as a frame.</summary>
    /// <inheritdoc cref="Istft(ValueTuple{Tensor, Tensor}, int, int, int, int?, string?, bool)"/>
    public static Tensor Istft((Tensor Real, Tensor Imag) x, int sequenceLength, int sequenceStride, int fftLength, int? length = null, Tensor? window = null, bool center = true)
    {
        SignalWindow.CheckLengths("Istft", sequenceLength, sequenceStride, fftLength);
        return OpDispatch.CallOnList(
            "ISTFT", window is null ? [x.Real, x.Imag] : [x.Real, x.Imag, window], t => IstftOf(t, t.Count > 2 ? t[2] : null, sequenceLength, sequenceStride, fftLength, length, center),
            ("sequence_length", sequenceLength), ("sequence_stride", sequenceStride), ("fft_length", fftLength), ("length", length), ("window", window), ("center", center));
    }

    private static IReadOnlyList<Tensor> StftOf(Tensor x, Tensor? window, int sequenceLength, int sequenceStride, int fftLength, bool center)
    {
        if (!x.DType.IsFloating || x.Rank == 0) throw new ArgumentException($"Stft takes floating-point numbers along at least one axis; received {x.DType}{x.Shape}.");
        Tensor weights = SignalWindow.Framed("Stft", window, sequenceLength, fftLength, x.DType);
        Tensor frames = SequencesOf("Stft", center ? Mirrored(x, fftLength / 2) : x, fftLength, sequenceStride);
        (Tensor re, Tensor im) = RfftOf(frames * weights, null);
        return [re, im];
    }

    private static Tensor IstftOf(IReadOnlyList<Tensor> x, Tensor? window, int sequenceLength, int sequenceStride, int fftLength, int? length, bool center)
    {
        (Tensor re, Tensor im) = PartsOf("Istft", x, 2, known: false);
        Tensor weights = SignalWindow.Framed("Istft", window, sequenceLength, fftLength, re.DType);
        Tensor frames = IrfftOf(re, im, fftLength) * weights;
        int count = frames.Shape.Dims[^2];
        int[] outer = frames.Shape.Dims[..^2].ToArray();
        // Only the shape is asked for.
        if (count == Shape.Unknown) return PrimitiveOps.Reshape(re, new Shape([.. outer, length ?? Shape.Unknown]));

        int whole = count == 0 ? 0 : fftLength + (sequenceStride * (count - 1));
        Tensor positions = FramePositions(count, fftLength, sequenceStride);
        Tensor sum = new ScatterAdd(outer.Length, whole).Apply(positions, frames);
        Tensor squares = BroadcastTo(Square(weights), new Shape([count, fftLength])), overlap = new ScatterAdd(0, whole).Apply(positions, squares);
        Tensor covered = Greater(overlap, PrimitiveOps.ScalarLike(overlap, 1e-10));
        Tensor signal = PrimitiveOps.Divide(sum, Where(covered, overlap, PrimitiveOps.ScalarLike(overlap, 1)));
        if (window is null) signal = ((double)fftLength / sequenceStride) * signal;
        int start = center ? Math.Min(fftLength / 2, whole) : 0, end = length is { } given ? Math.Min(whole, start + given) : center ? Math.Max(start, whole - (fftLength / 2)) : whole;
        Tensor part = MatrixOps.Part(signal, -1, start, end);
        return length is { } exact ? Fitted(part, exact) : part;
    }

    private static Tensor SequencesOf(string name, Tensor x, int length, int stride)
    {
        if (x.Rank == 0) throw new ArgumentException($"{name} takes a tensor with at least one axis, not a scalar.");
        int samples = x.Shape.Dims[^1];
        // Only the shape is asked for.
        if (samples == Shape.Unknown) return PrimitiveOps.Reshape(x, new Shape([.. x.Shape.Dims, length]));
        int count = samples < length ? 0 : 1 + ((samples - length) / stride);
        return new Gather(x.Rank - 1).Apply(x, FramePositions(count, length, stride));
    }

    /// <summary>Where the elements of sequences are along an axis.</summary>
    private static Tensor FramePositions(int count, int length, int stride)
    {
        int[,] positions = new int[count, length];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < length; j++) positions[i, j] = (i * stride) + j;
        }

        return Tensor.From(positions);
    }

    /// <summary>The last axis continued at both ends by its mirror image, without repeating the elements at the ends.</summary>
    private static Tensor Mirrored(Tensor x, int width)
    {
        int length = x.Shape.Dims[^1];
        if (length == Shape.Unknown || width == 0) return x;
        if (length == 0) throw new ArgumentException("Stft: a signal without samples cannot be continued at its ends.");
        int[] positions = new int[length + (2 * width)];
        int period = Math.Max(1, 2 * (length - 1));
        for (int i = 0; i < positions.Length; i++)
        {
            int at = (((i - width) % period) + period) % period;
            positions[i] = at < length ? at : period - at;
        }

        return new Gather(x.Rank - 1).Apply(x, Tensor.From<int>(positions));
    }
}

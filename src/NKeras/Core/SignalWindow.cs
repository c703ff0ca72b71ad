using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>The weights of the samples of a frame, for short-time Fourier transforms.</summary>
internal static class SignalWindow
{
    /// <summary>The constants of periodic cosine windows.</summary>
    private static readonly Dictionary<string, double> s_named = new() { ["hann"] = 0.5, ["hamming"] = 0.54 };

    /// <summary>A window by its name; null for none.</summary>
    /// <exception cref="ArgumentException">There is no such window.</exception>
    public static Tensor? Named(string? name, int length)
    {
        if (name == null) return null;
        if (!s_named.TryGetValue(name, out double constant)) throw new ArgumentException($"A window is \"hann\", \"hamming\", null or a tensor, not \"{name}\".", nameof(name));
        return Tensor.From<double>([.. Enumerable.Range(0, length).Select(k => length == 1 ? 1 : constant - ((1 - constant) * Math.Cos(2 * Math.PI * k / length)))]);
    }

    /// <summary>A window in the middle of a frame, with zeros around it; ones for none.</summary>
    /// <exception cref="ArgumentException">The window has another length than the sequences.</exception>
    public static Tensor Framed(string operation, Tensor? window, int sequenceLength, int fftLength, DType type)
    {
        if (window is null) return PrimitiveOps.Filled(new TensorSpec(new Shape([fftLength]), type), 1);
        if (window.Rank != 1 || window.Shape.Dims[0] != sequenceLength)
            throw new ArgumentException($"{operation}: a window is a vector as long as the sequences, {sequenceLength}; received shape {window.Shape}.", nameof(window));
        int before = (fftLength - sequenceLength) / 2;
        Tensor weights = PrimitiveOps.Convert(window, type);
        return new Pad([before], [fftLength - sequenceLength - before], [0]).Apply(weights, PrimitiveOps.ScalarLike(weights, 0));
    }

    /// <summary>Refuses lengths that make no frames.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void CheckLengths(string operation, int sequenceLength, int sequenceStride, int fftLength)
    {
        if (sequenceStride < 1) throw new ArgumentException($"{operation}: sequenceStride is at least 1, not {sequenceStride}.", nameof(sequenceStride));
        if (sequenceLength < 1) throw new ArgumentException($"{operation}: sequenceLength is at least 1, not {sequenceLength}.", nameof(sequenceLength));
        if (fftLength < sequenceLength) throw new ArgumentException($"{operation}: fftLength is at least sequenceLength; received {fftLength} and {sequenceLength}.", nameof(fftLength));
    }
}

using System.Numerics;

namespace NKeras;

public static partial class Utils
{
    /// <summary>Sequences of one length, as a matrix: longer ones are cut, shorter ones filled up (<c>keras.utils.pad_sequences</c>).</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="maxlen">The length; that of the longest if omitted.</param>
    /// <param name="dtype">The type of the result; int32 if omitted.</param>
    /// <param name="padding">Where to fill up: <c>"pre"</c> or <c>"post"</c>.</param>
    /// <param name="truncating">Where to cut: <c>"pre"</c> or <c>"post"</c>.</param>
    /// <param name="value">What to fill up with.</param>
    /// <exception cref="ArgumentException">An argument is unknown or out of range, there are no sequences to find the length by, or their elements differ in shape.</exception>
    // Keras: pads strings, too; tensors hold numbers.
    public static Tensor PadSequences(
        IReadOnlyList<IReadOnlyList<int>> sequences, int? maxlen = null, DType? dtype = null, string padding = "pre", string truncating = "pre", double value = 0) =>
        PadSequences([.. Given(sequences).Select(s => Tensor.From<int>([.. s]))], maxlen, dtype, padding, truncating, value);

    /// <inheritdoc cref="PadSequences(IReadOnlyList{IReadOnlyList{int}}, int?, DType?, string, string, double)"/>
    public static Tensor PadSequences(
        IReadOnlyList<IReadOnlyList<double>> sequences, int? maxlen = null, DType? dtype = null, string padding = "pre", string truncating = "pre", double value = 0) =>
        PadSequences([.. Given(sequences).Select(s => Tensor.From<double>([.. s]))], maxlen, dtype, padding, truncating, value);

    /// <summary>The same for sequences whose elements may be vectors, matrices, …: the first axis of each tensor is the sequence's.</summary>
    /// <inheritdoc cref="PadSequences(IReadOnlyList{IReadOnlyList{int}}, int?, DType?, string, string, double)"/>
    public static Tensor PadSequences(IReadOnlyList<Tensor> sequences, int? maxlen = null, DType? dtype = null, string padding = "pre", string truncating = "pre", double value = 0)
    {
        Given(sequences);
        DType type = dtype ?? DType.Int32;
        CheckSide(nameof(padding), padding);
        CheckSide(nameof(truncating), truncating);
        if (sequences.Any(s => s.Rank == 0)) throw new ArgumentException("PadSequences: a sequence is no scalar.", nameof(sequences));
        int length = maxlen ?? (sequences.Count > 0 ? sequences.Max(s => s.Shape.Dims[0]) : throw new ArgumentException("PadSequences: without sequences, maxlen is needed.", nameof(maxlen)));
        if (length < 0) throw new ArgumentOutOfRangeException(nameof(maxlen), $"PadSequences: maxlen is at least 0, not {length}.");
        int first = Enumerable.Range(0, sequences.Count).FirstOrDefault(i => sequences[i].Shape.Dims[0] > 0, -1);
        Shape element = first < 0 ? Shape.Scalar : new Shape(sequences[first].Shape.Dims[1..]);
        for (int i = 0; i < sequences.Count; i++)
        {
            Shape shape = sequences[i].Shape;
            if (shape.Dims[0] > 0 && !shape.Dims[1..].SequenceEqual(element.Dims))
                throw new ArgumentException($"PadSequences: elements of sequence {i} have shape {new Shape(shape.Dims[1..])}, those of sequence {first} {element}.", nameof(sequences));
        }

        // Integers of 64 bits do not pass through floating point.
        return type.IsFloating || sequences.Any(s => s.DType.IsFloating)
            ? Padded(sequences, DType.Float64, value, length, element, type, padding == "pre", truncating == "pre")
            : Padded(sequences, DType.Int64, (long)value, length, element, type, padding == "pre", truncating == "pre");
    }

    private static Tensor Padded<T>(IReadOnlyList<Tensor> sequences, DType through, T value, int length, Shape element, DType type, bool padBefore, bool cutBefore)
        where T : unmanaged, INumber<T>
    {
        int size = element.Size, row = checked(length * size);
        T[] result = new T[checked(sequences.Count * row)];
        result.AsSpan().Fill(value);
        for (int i = 0; i < sequences.Count; i++)
        {
            ReadOnlySpan<T> numbers = Ops.Cast(sequences[i], through).ToArray<T>();
            if (numbers.Length > row) numbers = cutBefore ? numbers[^row..] : numbers[..row];
            numbers.CopyTo(result.AsSpan((i * row) + (padBefore ? row - numbers.Length : 0)));
        }

        return Ops.Cast(Tensor.From<T>(result, new Shape([sequences.Count, length, .. element.Dims])), type);
    }

    private static IReadOnlyList<T> Given<T>(IReadOnlyList<T> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return sequences.Contains(default) ? throw new ArgumentException("PadSequences: a sequence is null.", nameof(sequences)) : sequences;
    }

    private static void CheckSide(string argument, string side)
    {
        if (side is not ("pre" or "post")) throw new ArgumentException($"PadSequences: {argument} is 'pre' or 'post', not '{side}'.", argument);
    }
}

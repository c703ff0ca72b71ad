namespace NKeras.Engine.Cpu;

/// <summary>
/// How inputs are read for every element of a row-major output, with as few dimensions as possible: neighbours that
/// all inputs step through evenly are one.
/// </summary>
internal sealed class BroadcastLayout
{
    private readonly nint[] _dimensions;
    private readonly nint[][] _strides;

    /// <summary>Collapses a layout.</summary>
    /// <param name="shape">The shape of the output.</param>
    /// <param name="strides">Per input and dimension, the elements from one to the next; 0 where the input is broadcast.</param>
    /// <exception cref="ArgumentException">An input neither repeats nor lies closely in the innermost dimension.</exception>
    public BroadcastLayout(ReadOnlySpan<int> shape, ReadOnlySpan<int[]> strides)
    {
        List<nint> dimensions = [];
        List<nint>[] collapsed = new List<nint>[strides.Length];
        for (int i = 0; i < collapsed.Length; i++)
        {
            if (strides[i].Length != shape.Length)
                throw new ArgumentException($"Input {i} has {strides[i].Length} strides for {shape.Length} dimensions.", nameof(strides));
            collapsed[i] = [];
        }

        Count = 1;
        for (int d = 0; d < shape.Length; d++)
        {
            Count *= shape[d];
            if (shape[d] != 1) Append(dimensions, collapsed, shape[d], strides, d);
        }

        if (dimensions.Count == 0)
        {
            dimensions.Add(1);
            foreach (List<nint> stride in collapsed) stride.Add(0);
        }

        _dimensions = [.. dimensions];
        _strides = Array.ConvertAll(collapsed, list => list.ToArray());
        for (int i = 0; i < _strides.Length; i++)
        {
            if (_strides[i][^1] is not (0 or 1) && Count > 0)
                throw new ArgumentException($"Input {i} has stride {_strides[i][^1]} in the innermost dimension; only 0 and 1 are possible.", nameof(strides));
        }
    }

    /// <summary>The number of elements of the output.</summary>
    public nint Count { get; }

    /// <summary>The collapsed dimensions; at least one.</summary>
    public ReadOnlySpan<nint> Dimensions => _dimensions;

    /// <summary>The length of the innermost dimension.</summary>
    public nint InnerLength => _dimensions[^1];

    /// <summary>The strides of an input in the collapsed dimensions.</summary>
    public ReadOnlySpan<nint> Strides(int input) => _strides[input];

    /// <summary>Whether an input is one value for the whole output.</summary>
    public bool IsScalar(int input) => !_strides[input].AsSpan().ContainsAnyExcept(0);

    /// <summary>Whether an input lies as the output does.</summary>
    public bool IsContiguous(int input)
    {
        nint expected = 1;
        for (int d = _dimensions.Length - 1; d >= 0; d--)
        {
            if (_strides[input][d] != expected) return false;
            expected *= _dimensions[d];
        }

        return true;
    }

    /// <summary>The number of elements after which an input repeats; the count of the output if it does not.</summary>
    public nint Period(int input)
    {
        if (Count == 0) return 0;
        nint period = Count;
        for (int d = 0; d < _dimensions.Length && _strides[input][d] == 0; d++) period /= _dimensions[d];
        return period;
    }

    private static void Append(List<nint> dimensions, List<nint>[] collapsed, int length, ReadOnlySpan<int[]> strides, int d)
    {
        bool merges = dimensions.Count > 0;
        for (int i = 0; i < collapsed.Length && merges; i++) merges = collapsed[i][^1] == (nint)strides[i][d] * length;
        if (merges) dimensions[^1] *= length;
        else dimensions.Add(length);
        for (int i = 0; i < collapsed.Length; i++)
        {
            if (merges) collapsed[i][^1] = strides[i][d];
            else collapsed[i].Add(strides[i][d]);
        }
    }
}

namespace NKeras.Layers;

/// <summary>One number for each of two spatial axes. Converts from a number, which counts for both, and from a pair: <c>3</c>, <c>(3, 5)</c>.</summary>
/// <param name="First">The number for the first axis (rows).</param>
/// <param name="Second">The number for the second axis (columns).</param>
public readonly record struct Ints2(int First, int Second)
{
    /// <summary>One number for both axes.</summary>
    public static implicit operator Ints2(int both) => new(both, both);

    /// <summary>A number for each axis.</summary>
    public static implicit operator Ints2((int First, int Second) pair) => new(pair.First, pair.Second);

    /// <summary>As a pair in parentheses.</summary>
    public override string ToString() => $"({First}, {Second})";

    internal int[] ToArray() => [First, Second];
}

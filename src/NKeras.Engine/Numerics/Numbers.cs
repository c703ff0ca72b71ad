namespace NKeras.Engine.Numerics;

/// <summary>Numbers in a <see cref="Workspace"/>: a span that structures and other spans can hold.</summary>
internal readonly unsafe struct Numbers(double* start, int length)
{
    private readonly double* _start = start;

    public int Length { get; } = length;

    public Span<double> Span => new(_start, Length);

    public ref double this[int i] => ref Span[i];

    public static implicit operator Span<double>(Numbers numbers) => numbers.Span;

    public static implicit operator ReadOnlySpan<double>(Numbers numbers) => numbers.Span;

    /// <summary>The first of them.</summary>
    public Numbers First(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)Length);
        return new(_start, count);
    }

    public void CopyTo(Span<double> target) => Span.CopyTo(target);
}

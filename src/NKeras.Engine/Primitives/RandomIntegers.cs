namespace NKeras.Engine.Primitives;

/// <summary>Whole numbers from the first parameter up to, not including, the second, each exactly as likely; the first where none lies between.</summary>
internal sealed record RandomIntegers(IntList Dims) : RandomSample<long>(Dims)
{
    protected override int ParameterCount => 2;

    internal override long Draw(ref RandomStream stream, long a, long b) =>
        b > a ? (long)((ulong)a + stream.NextBelow((ulong)b - (ulong)a)) : a;
}

namespace NKeras.Engine.Cpu;

/// <summary>A buffer's size, and the first and last step that use it.</summary>
internal readonly record struct Lifetime(long Bytes, int First, int Last)
{
    public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;
}

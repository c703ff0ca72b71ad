namespace NKeras.Engine.Cpu;

/// <summary>The two buffers of a copy, and the bytes before the first element in each.</summary>
internal readonly unsafe record struct CopyEnds(int From, int To, long SourceOffset, long TargetOffset)
{
    public byte* Source(void** slots) => (byte*)slots[From] + SourceOffset;

    public byte* Target(void** slots) => (byte*)slots[To] + TargetOffset;
}

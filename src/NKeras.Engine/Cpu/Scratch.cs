namespace NKeras.Engine.Cpu;

/// <summary>Who uses a piece of scratch memory. One user never holds two at once on the same thread.</summary>
internal enum ScratchUse
{
    GemmA,
    GemmSharedA,
    GemmB,
    ConvolutionFilter,
    ConvolutionTile,
    ConvolutionResult,
    Elementwise,
    Reduction,
    Attention,
    Count,
}

/// <summary>Working memory of a kernel, kept per thread and grown as needed: after warm-up, asking allocates nothing.</summary>
internal static unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]?[]? t_buffers;

    /// <summary>At least <paramref name="bytes"/> bytes, aligned to a cache line, with undefined content.</summary>
    /// <remarks>Valid until this thread asks again for the same use.</remarks>
    public static void* Get(ScratchUse use, nuint bytes)
    {
        byte[]?[] buffers = t_buffers ??= new byte[(int)ScratchUse.Count][];
        ref byte[]? buffer = ref buffers[(int)use];
        nuint needed = bytes + Alignment;
        if (buffer is null || (nuint)buffer.Length < needed)
            buffer = GC.AllocateUninitializedArray<byte>(checked((int)needed), pinned: true);

        fixed (byte* start = buffer) // Pinned for good: the address stays valid after the fixed block.
            return (void*)(((nuint)start + Alignment - 1) & ~(nuint)(Alignment - 1));
    }
}

using System.Runtime.InteropServices;

namespace NKeras.Engine;

/// <summary>Elements in the process's own memory, where the CPU backend works.</summary>
/// <remarks>
/// The memory is a pinned managed array: its address is fixed, kernels use plain pointers, and the garbage collector frees
/// it without a finalizer. The start is aligned to a cache line. Or it is <see cref="BorrowedMemory"/>, which is aligned as its elements
/// are: kernels are a little slower there, but need no more.
/// </remarks>
internal sealed unsafe class HostStorage : Storage
{
    private const int Alignment = 64;

    /// <summary>The most bytes that one tensor's elements can take.</summary>
    public static long MostBytes => Array.MaxLength - Alignment;

    private readonly byte[]? _bytes;
    private readonly int _start;
    private readonly BorrowedMemory? _borrowed;

    public HostStorage(long byteLength, bool clear = false)
        : base(byteLength)
    {
        if (byteLength > MostBytes) throw new ArgumentException($"A tensor of {byteLength} bytes was asked for; one takes at most {MostBytes}.", nameof(byteLength));
        int length = (int)byteLength + Alignment;
        _bytes = clear ? GC.AllocateArray<byte>(length, pinned: true) : GC.AllocateUninitializedArray<byte>(length, pinned: true);
        nuint start = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        Pointer = (void*)((start + Alignment - 1) & ~(nuint)(Alignment - 1));
        _start = (int)((nuint)Pointer - start);
    }

    /// <summary>Uses memory of somebody else's.</summary>
    public HostStorage(BorrowedMemory memory)
        : base(memory.Bytes.Length)
    {
        _borrowed = memory;
        Pointer = (void*)memory.Pointer;
    }

    /// <summary>The first element. Valid as long as this object is reachable.</summary>
    public void* Pointer { get; }

    /// <summary>The content as bytes. The span keeps the memory.</summary>
    public Span<byte> Bytes => _borrowed != null ? _borrowed.Bytes : _bytes.AsSpan(_start, (int)ByteLength);

    public override void CopyTo(Span<byte> destination) => Bytes.CopyTo(destination);

    public override void CopyFrom(ReadOnlySpan<byte> source) => source.CopyTo(Bytes);

    public override void CopyElements(int start, Storage target, int targetStart, int count, int elementSize) =>
        Bytes.Slice(start * elementSize, count * elementSize).CopyTo(((HostStorage)target).Bytes[(targetStart * elementSize)..]);
}

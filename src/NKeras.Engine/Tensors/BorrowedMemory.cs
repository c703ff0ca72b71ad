using System.Buffers;
using System.Runtime.InteropServices;

namespace NKeras.Engine;

/// <summary>Memory that belongs to somebody else, held in place for as long as a tensor looks at it.</summary>
internal abstract unsafe class BorrowedMemory
{
    private MemoryHandle _handle;

    protected BorrowedMemory(MemoryHandle handle)
        : this(handle, handle.Pointer)
    {
    }

    /// <param name="handle">Keeps the memory in place.</param>
    /// <param name="first">The first byte.</param>
    protected BorrowedMemory(MemoryHandle handle, void* first) => (_handle, Pointer) = (handle, (nint)first);

    ~BorrowedMemory() => _handle.Dispose();

    /// <summary>The first byte. Valid as long as this object is reachable.</summary>
    public nint Pointer { get; }

    /// <summary>The content as bytes. The span keeps the memory, though not in place.</summary>
    public abstract Span<byte> Bytes { get; }

    /// <summary>Memory of an array, or of whoever manages it.</summary>
    public static BorrowedMemory Of<T>(ReadOnlyMemory<T> values)
        where T : unmanaged => new OfMemory<T>(MemoryMarshal.AsMemory(values));

    /// <summary>Keeps an array in place.</summary>
    protected static MemoryHandle Pin(Array values)
    {
        GCHandle handle = GCHandle.Alloc(values, GCHandleType.Pinned);
        return new MemoryHandle((void*)handle.AddrOfPinnedObject(), handle);
    }

    private sealed class OfMemory<T>(Memory<T> values) : BorrowedMemory(values.Pin())
        where T : unmanaged
    {
        public override Span<byte> Bytes => MemoryMarshal.AsBytes(values.Span);
    }
}

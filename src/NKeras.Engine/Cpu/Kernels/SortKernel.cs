using System.Buffers;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="Sort"/> node, row by row.</summary>
/// <remarks>
/// Elements become keys that are ordered as unsigned integers are. Up to 32 bits a key and its position share a word: these are
/// all different, so that any way to sort them keeps equal elements in order. Wider keys have their positions beside them.
/// </remarks>
internal sealed unsafe class SortKernel<TElement>(KernelRequest request, long rows) : PartedKernel(Parts.Count(request.Input(0).Shape.Size, PartLength))
    where TElement : struct, IElement
{
    /// <summary>Elements that a part should sort.</summary>
    private const long PartLength = 1 << 12;

    private readonly int _length = request.Input(0).Shape.Dims[^1];
    private readonly DType _type = request.Input(0).DType;
    private readonly bool _descending = ((Sort)request.Node.Primitive).Descending;
    private readonly int _input = request.InputSlots[0];
    private readonly int _values = request.OutputSlots[0];
    private readonly int _positions = request.OutputSlots[1];

    protected override void RunPart(void** slots, int part)
    {
        long first = Start(part, rows), end = Start(part + 1, rows);
        if (first == end || _length == 0) return;
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(_length);
        int* positions = (int*)slots[_positions];
        for (long row = first; row < end; row++)
        {
            nint start = (nint)row * _length;
            Span<int> order = new(positions + start, _length);
            if (_type.Size < 8) SortNarrow(slots[_input], start, rented.AsSpan(0, _length), order);
            else SortWide(slots[_input], start, rented.AsSpan(0, _length), order);
            for (int i = 0; i < order.Length; i++)
            {
                if (TElement.IsFloating) TElement.StoreNumber(slots[_values], start + i, TElement.LoadNumber(slots[_input], start + order[i]));
                else TElement.StoreLong(slots[_values], start + i, TElement.LoadLong(slots[_input], start + order[i]));
            }
        }

        ArrayPool<ulong>.Shared.Return(rented);
    }

    private void SortNarrow(void* x, nint start, Span<ulong> words, Span<int> order)
    {
        uint flip = _descending ? uint.MaxValue : 0, offset = _type.Kind == DTypeKind.Signed ? 0x80000000 : 0;
        for (int i = 0; i < words.Length; i++)
        {
            uint key = TElement.IsFloating ? SortKeys.Of((float)TElement.LoadNumber(x, start + i)) : (uint)TElement.LoadLong(x, start + i) + offset;
            words[i] = ((ulong)(key ^ flip) << 32) | (uint)i;
        }

        if (words.Length < RadixSort.Shortest) words.Sort();
        else RadixSort.ByUpperHalf(words);
        for (int i = 0; i < order.Length; i++) order[i] = (int)words[i];
    }

    private void SortWide(void* x, nint start, Span<ulong> keys, Span<int> order)
    {
        ulong flip = _descending ? ulong.MaxValue : 0, offset = _type.Kind == DTypeKind.Signed ? 1UL << 63 : 0;
        for (int i = 0; i < keys.Length; i++)
        {
            ulong key = TElement.IsFloating ? SortKeys.Of(TElement.LoadNumber(x, start + i)) : (ulong)TElement.LoadLong(x, start + i) + offset;
            keys[i] = key ^ flip;
            order[i] = i;
        }

        keys.Sort(order);
        for (int i = 0, next; i < keys.Length; i = next)
        {
            next = i + 1;
            while (next < keys.Length && keys[next] == keys[i]) next++;
            if (next - i > 1) order[i..next].Sort();
        }
    }
}

/// <summary>Chooses the kernel by the elements' type.</summary>
internal static class SortKernel
{
    public static Kernel Create(KernelRequest request)
    {
        int length = request.Input(0).Shape.Dims[^1];
        return Elements.Visit<Visitor, Kernel>(request.Input(0).DType, new Visitor(request, length == 0 ? 0 : request.Input(0).Shape.Size / length));
    }

    private readonly struct Visitor(KernelRequest request, long rows) : Elements.IVisitor<Kernel>
    {
        public Kernel Visit<TElement>()
            where TElement : struct, IElement => new SortKernel<TElement>(request, rows);
    }
}

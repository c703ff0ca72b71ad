using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="SearchSorted"/> node.</summary>
internal sealed unsafe class SearchSortedKernel<TElement>(KernelRequest request) : PartedKernel(Parts.Count(request.Input(1).Shape.Size, PartLength))
    where TElement : struct, IElement
{
    private const long PartLength = 1 << 11;

    private readonly bool _right = ((SearchSorted)request.Node.Primitive).Right;
    private readonly ulong _offset = request.Input(0).DType.Kind == DTypeKind.Signed ? 1UL << 63 : 0;
    private readonly int _count = request.Input(0).Shape.Size;
    private readonly int _values = request.Input(1).Shape.Size;
    private readonly int _sortedSlot = request.InputSlots[0];
    private readonly int _valuesSlot = request.InputSlots[1];
    private readonly int _output = request.OutputSlots[0];

    protected override void RunPart(void** slots, int part)
    {
        void* sorted = slots[_sortedSlot], values = slots[_valuesSlot];
        int* positions = (int*)slots[_output];
        nint end = (nint)Start(part + 1, _values);
        for (nint i = (nint)Start(part, _values); i < end; i++)
        {
            ulong value = KeyOf(values, i);
            int low = 0, high = _count;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                ulong key = KeyOf(sorted, middle);
                if (key < value || (_right && key == value)) low = middle + 1;
                else high = middle;
            }

            positions[i] = low;
        }
    }

    private ulong KeyOf(void* p, nint i) => TElement.IsFloating ? SortKeys.Of(TElement.LoadNumber(p, i)) : (ulong)TElement.LoadLong(p, i) + _offset;
}

/// <summary>Chooses the kernel by the elements' type.</summary>
internal static class SearchSortedKernel
{
    public static Kernel Create(KernelRequest request) => Elements.Visit<Visitor, Kernel>(request.Input(0).DType, new Visitor(request));

    private readonly struct Visitor(KernelRequest request) : Elements.IVisitor<Kernel>
    {
        public Kernel Visit<TElement>()
            where TElement : struct, IElement => new SearchSortedKernel<TElement>(request);
    }
}

using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="Cumulative"/> node. A part owns lines along the axis, several beside each other.</summary>
internal sealed unsafe class CumulativeKernel<TElement>(KernelRequest request, long outer, long length, long inner)
    : PartedKernel(Parts.Count(outer * length * inner, PartLength))
    where TElement : struct, IElement
{
    private const long PartLength = 1 << 14;

    /// <summary>Lines that are followed at once, so that neighbours in memory are read together.</summary>
    private const int Together = 64;

    private readonly Cumulative _node = (Cumulative)request.Node.Primitive;
    private readonly int _input = request.InputSlots[0];
    private readonly int _output = request.OutputSlots[0];

    protected override void RunPart(void** slots, int part)
    {
        void* x = slots[_input], y = slots[_output];
        long line = Start(part, outer * inner), end = Start(part + 1, outer * inner);
        while (line < end)
        {
            (long block, long column) = Math.DivRem(line, inner);
            int count = (int)Math.Min(Math.Min(Together, inner - column), end - line);
            nint start = (nint)((block * length * inner) + column);
            if (TElement.IsFloating) Numbers(x, y, start, count);
            else Integers(x, y, start, count);
            line += count;
        }
    }

    private void Numbers(void* x, void* y, nint start, int count)
    {
        double* totals = stackalloc double[Together];
        new Span<double>(totals, count).Fill(_node.Product ? 1 : 0);
        for (long k = 0; k < length; k++)
        {
            nint row = start + (nint)((_node.Reverse ? length - 1 - k : k) * inner);
            for (int i = 0; i < count; i++)
            {
                double value = TElement.LoadNumber(x, row + i);
                totals[i] = _node.Product ? totals[i] * value : totals[i] + value;
                TElement.StoreNumber(y, row + i, totals[i]);
            }
        }
    }

    private void Integers(void* x, void* y, nint start, int count)
    {
        long* totals = stackalloc long[Together];
        new Span<long>(totals, count).Fill(_node.Product ? 1 : 0);
        for (long k = 0; k < length; k++)
        {
            nint row = start + (nint)((_node.Reverse ? length - 1 - k : k) * inner);
            for (int i = 0; i < count; i++)
            {
                long value = TElement.LoadLong(x, row + i);
                totals[i] = _node.Product ? totals[i] * value : totals[i] + value;
                TElement.StoreLong(y, row + i, totals[i]);
            }
        }
    }
}

/// <summary>Chooses the kernel by the elements' type.</summary>
internal static class CumulativeKernel
{
    public static Kernel Create(KernelRequest request)
    {
        Shape shape = request.Input(0).Shape;
        int axis = ((Cumulative)request.Node.Primitive).Axis;
        long length = shape.Dims[axis], inner = IndexMath.Strides(shape)[axis], outer = shape.Size == 0 ? 0 : shape.Size / (length * inner);
        return Elements.Visit<Visitor, Kernel>(request.Input(0).DType, new Visitor(request, outer, length, inner));
    }

    private readonly struct Visitor(KernelRequest request, long outer, long length, long inner) : Elements.IVisitor<Kernel>
    {
        public Kernel Visit<TElement>()
            where TElement : struct, IElement => new CumulativeKernel<TElement>(request, outer, length, inner);
    }
}

using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs an <see cref="ArgReduce"/> node over elements other than floats, as ordered keys (<see cref="SortKeys"/>).</summary>
internal sealed unsafe class TypedArgReduceKernel<TElement>(KernelRequest request, long length, long inner)
    : PartedKernel(Parts.Count(request.Input(0).Shape.Size, PartLength))
    where TElement : struct, IElement
{
    private const long PartLength = 1 << 13;

    private readonly bool _max = ((ArgReduce)request.Node.Primitive).Max;
    private readonly ulong _offset = request.Input(0).DType.Kind == DTypeKind.Signed ? 1UL << 63 : 0;
    private readonly int _results = request.Output().Shape.Size;
    private readonly int _input = request.InputSlots[0];
    private readonly int _output = request.OutputSlots[0];

    protected override void RunPart(void** slots, int part)
    {
        void* x = slots[_input];
        int* y = (int*)slots[_output];
        long end = Start(part + 1, _results);
        for (long i = Start(part, _results); i < end; i++)
        {
            nint at = (nint)((i / inner * inner * length) + (i % inner));
            ulong best = KeyOf(x, at);
            int found = 0;
            for (int k = 1; k < length; k++)
            {
                ulong key = KeyOf(x, at += (nint)inner);
                if (key <= best) continue;
                best = key;
                found = k;
            }

            y[i] = found;
        }
    }

    /// <summary>A key that is greatest where the element is what is looked for.</summary>
    private ulong KeyOf(void* x, nint i)
    {
        if (!TElement.IsFloating) return ((ulong)TElement.LoadLong(x, i) + _offset) ^ (_max ? 0 : ulong.MaxValue);
        double number = TElement.LoadNumber(x, i);
        return SortKeys.Of(_max || double.IsNaN(number) ? number : -number);
    }
}

/// <summary>Chooses the kernel by the elements' type.</summary>
internal static class TypedArgReduceKernel
{
    public static Kernel Create(KernelRequest request)
    {
        Shape shape = request.Input(0).Shape;
        int axis = ((ArgReduce)request.Node.Primitive).Axis;
        return Elements.Visit<Visitor, Kernel>(request.Input(0).DType, new Visitor(request, shape.Dims[axis], IndexMath.Strides(shape)[axis]));
    }

    private readonly struct Visitor(KernelRequest request, long length, long inner) : Elements.IVisitor<Kernel>
    {
        public Kernel Visit<TElement>()
            where TElement : struct, IElement => new TypedArgReduceKernel<TElement>(request, length, inner);
    }
}

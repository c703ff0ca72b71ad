using System.Runtime.CompilerServices;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>What <see cref="TypedReduceKernel{TElement, TTotal, TRule}"/> is made of, and the choice among its forms.</summary>
internal static unsafe class TypedReductions
{
    /// <summary>How two totals become one.</summary>
    internal interface IRule<TTotal>
    {
        static abstract TTotal Combine(TTotal a, TTotal b);
    }

    /// <summary>Where the elements of a step come from.</summary>
    internal interface ISource<TTotal>
    {
        static abstract TTotal Load(void* p, nint i);
    }

    /// <summary>The kernel, or null where the type has none.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        DType type = request.Input(0).DType;
        ReductionKind kind = ((Reduce)request.Node.Primitive).Kind;
        // Large uint64 numbers do not fit a long; sums and products wrap to the same bits.
        return type == DType.UInt64 && kind is ReductionKind.Max or ReductionKind.Min ? null : Elements.Visit<Visitor, Kernel>(type, new Visitor(request));
    }

    private static Kernel Create<TElement>(KernelRequest request)
        where TElement : struct, IElement
    {
        Reduce reduce = (Reduce)request.Node.Primitive;
        Shape shape = request.Input(0).Shape;
        ReductionLayout layout = new(shape.Dims, ReduceKernel.Reduced(reduce, shape.Rank));
        long identity = reduce.Identity(request.Input(0).DType);
        if (TElement.IsFloating)
        {
            return reduce.Kind switch
            {
                ReductionKind.Sum => new TypedReduceKernel<TElement, double, Sum>(request, layout, 0),
                ReductionKind.Product => new TypedReduceKernel<TElement, double, Product>(request, layout, 1),
                ReductionKind.Max => new TypedReduceKernel<TElement, double, Max>(request, layout, double.NegativeInfinity),
                _ => new TypedReduceKernel<TElement, double, Min>(request, layout, double.PositiveInfinity),
            };
        }

        return reduce.Kind switch
        {
            ReductionKind.Sum => new TypedReduceKernel<TElement, long, Sum>(request, layout, identity),
            ReductionKind.Product => new TypedReduceKernel<TElement, long, Product>(request, layout, identity),
            ReductionKind.Max or ReductionKind.Any => new TypedReduceKernel<TElement, long, Max>(request, layout, identity),
            _ => new TypedReduceKernel<TElement, long, Min>(request, layout, identity),
        };
    }

    /// <summary>Elements of the input.</summary>
    internal readonly struct FromElements<TElement, TTotal> : ISource<TTotal>
        where TElement : struct, IElement
        where TTotal : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TTotal Load(void* p, nint i) => TElement.IsFloating
            ? Unsafe.BitCast<double, TTotal>(TElement.LoadNumber(p, i))
            : Unsafe.BitCast<long, TTotal>(TElement.LoadLong(p, i));
    }

    /// <summary>Totals of the step before.</summary>
    internal readonly struct FromTotals<TTotal> : ISource<TTotal>
        where TTotal : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TTotal Load(void* p, nint i) => ((TTotal*)p)[i];
    }

    internal readonly struct Sum : IRule<double>, IRule<long>
    {
        public static double Combine(double a, double b) => a + b;

        public static long Combine(long a, long b) => a + b;
    }

    internal readonly struct Product : IRule<double>, IRule<long>
    {
        public static double Combine(double a, double b) => a * b;

        public static long Combine(long a, long b) => a * b;
    }

    internal readonly struct Max : IRule<double>, IRule<long>
    {
        public static double Combine(double a, double b) => Math.Max(a, b);

        public static long Combine(long a, long b) => Math.Max(a, b);
    }

    internal readonly struct Min : IRule<double>, IRule<long>
    {
        public static double Combine(double a, double b) => Math.Min(a, b);

        public static long Combine(long a, long b) => Math.Min(a, b);
    }

    private readonly struct Visitor(KernelRequest request) : Elements.IVisitor<Kernel>
    {
        public Kernel Visit<TElement>()
            where TElement : struct, IElement => Create<TElement>(request);
    }
}

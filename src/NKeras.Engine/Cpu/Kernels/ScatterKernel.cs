using System.Numerics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="ScatterAdd"/> or <see cref="Scatter"/> node.</summary>
/// <remarks>
/// A part owns a range of the axis: it looks through all positions and brings in the rows that fall into its range, in order,
/// so that no two threads write the same place and results do not depend on their number.
/// </remarks>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TRule">What happens to a row that another comes to.</typeparam>
internal sealed unsafe class ScatterKernel<T, TRule> : PartedKernel
    where T : unmanaged
    where TRule : ScatterKernel.IRule<T>
{
    private readonly ScatterKernel.Plan _plan;

    public ScatterKernel(ScatterKernel.Plan plan)
        : base((int)Math.Min(int.MaxValue, plan.Outer * plan.Ranges)) => _plan = plan;

    protected override void RunPart(void** slots, int part)
    {
        (long outer, long range) = Math.DivRem(part, (long)_plan.Ranges);
        if (outer >= _plan.Outer) return;
        long row = _plan.Row, length = _plan.Length, start = outer * length * row;
        int* positions = (int*)slots[_plan.Positions];
        T* x = (T*)slots[_plan.Slices] + (outer * _plan.Count * row);
        T* y = (T*)slots[_plan.Result] + start;
        long first = Parts.Start((int)range, _plan.Ranges, length), end = Parts.Start((int)range + 1, _plan.Ranges, length);
        Span<T> own = new(y + (first * row), checked((int)((end - first) * row)));
        if (_plan.Initial is { } initial) new ReadOnlySpan<T>((T*)slots[initial] + start + (first * row), own.Length).CopyTo(own);
        else own.Clear();
        for (long i = 0; i < _plan.Count; i++)
        {
            long position = positions[i];
            if (position >= first && position < end) TRule.Bring(x + (i * row), y + (position * row), row);
        }
    }
}

/// <summary>Chooses the kernel by type and mode.</summary>
internal static unsafe class ScatterKernel
{
    /// <summary>Elements that a part should bring in; looking through the positions then costs little beside it.</summary>
    private const long PartLength = 1 << 15;

    /// <summary>What happens to a row that another comes to.</summary>
    internal interface IRule<T>
        where T : unmanaged
    {
        static abstract void Bring(T* x, T* y, long count);
    }

    /// <summary>The kernel, or null where the type has none.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        DType type = request.Output().DType;
        if (request.Node.Primitive is ScatterAdd add)
        {
            Plan sums = Plan.Of(request, add.Axis, null, 0, 1);
            return type == DType.Float32 ? new ScatterKernel<float, Add<float>>(sums)
                : type == DType.Float64 ? new ScatterKernel<double, Add<double>>(sums)
                : type == DType.Int32 ? new ScatterKernel<int, Add<int>>(sums)
                : null;
        }

        Scatter scatter = (Scatter)request.Node.Primitive;
        Plan plan = Plan.Of(request, scatter.Axis, 0, 1, 2);
        if (scatter.Mode != ScatterMode.Set)
        {
            return type == DType.Float32 ? Combining<float>(plan, scatter.Mode)
                : type == DType.Float64 ? Combining<double>(plan, scatter.Mode)
                : type == DType.Int32 ? Combining<int>(plan, scatter.Mode)
                : null;
        }

        return type.Size switch
        {
            1 => new ScatterKernel<byte, Set<byte>>(plan),
            2 => new ScatterKernel<ushort, Set<ushort>>(plan),
            4 => new ScatterKernel<uint, Set<uint>>(plan),
            8 => new ScatterKernel<ulong, Set<ulong>>(plan),
            _ => null,
        };
    }

    private static Kernel Combining<T>(Plan plan, ScatterMode mode)
        where T : unmanaged, INumber<T> => mode switch
        {
            ScatterMode.Max => new ScatterKernel<T, Max<T>>(plan),
            ScatterMode.Min => new ScatterKernel<T, Min<T>>(plan),
            _ => new ScatterKernel<T, Multiply<T>>(plan),
        };

    /// <summary>Sizes and slots. Rows are what follows the axis, of which there are <c>Outer</c> times <c>Length</c>.</summary>
    internal sealed record Plan(long Outer, long Length, long Count, long Row, int Ranges, int? Initial, int Positions, int Slices, int Result)
    {
        public static Plan Of(KernelRequest request, int axis, int? initial, int positions, int slices)
        {
            Shape shape = request.Output().Shape;
            long row = IndexMath.Strides(shape)[axis], length = shape.Dims[axis], count = request.Input(positions).Shape.Size, outer = 1;
            foreach (int d in shape.Dims[..axis]) outer *= d;
            int ranges = row < 8 ? 1 : (int)Math.Min(Parts.Count(Math.Max(count, length) * row, PartLength), Math.Max(1, length));
            return new(outer, length, count, row, ranges, initial is { } input ? request.InputSlots[input] : null, request.InputSlots[positions], request.InputSlots[slices], request.OutputSlots[0]);
        }
    }

    private readonly struct Set<T> : IRule<T>
        where T : unmanaged
    {
        public static void Bring(T* x, T* y, long count)
        {
            if (count == 1) *y = *x;
            else new ReadOnlySpan<T>(x, (int)count).CopyTo(new Span<T>(y, (int)count));
        }
    }

    private readonly struct Add<T> : IRule<T>
        where T : unmanaged, INumber<T>
    {
        public static void Bring(T* x, T* y, long count)
        {
            long i = 0;
            for (; i <= count - Vector<T>.Count; i += Vector<T>.Count) Vector.Store(Vector.Load(y + i) + Vector.Load(x + i), y + i);
            for (; i < count; i++) y[i] += x[i];
        }
    }

    private readonly struct Max<T> : IRule<T>
        where T : unmanaged, INumber<T>
    {
        public static void Bring(T* x, T* y, long count)
        {
            for (long i = 0; i < count; i++) y[i] = T.Max(y[i], x[i]);
        }
    }

    private readonly struct Min<T> : IRule<T>
        where T : unmanaged, INumber<T>
    {
        public static void Bring(T* x, T* y, long count)
        {
            for (long i = 0; i < count; i++) y[i] = T.Min(y[i], x[i]);
        }
    }

    private readonly struct Multiply<T> : IRule<T>
        where T : unmanaged, INumber<T>
    {
        public static void Bring(T* x, T* y, long count)
        {
            for (long i = 0; i < count; i++) y[i] *= x[i];
        }
    }
}

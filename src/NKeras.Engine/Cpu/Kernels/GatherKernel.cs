using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="Gather"/> node: rows of <typeparamref name="T"/> are copied whole.</summary>
internal sealed unsafe class GatherKernel<T> : PartedKernel
    where T : unmanaged
{
    /// <summary>Below this many elements a loop is faster than a call.</summary>
    private const int ShortRow = 8;

    private readonly KernelRequest _request;
    private readonly long _length;
    private readonly long _positions;
    private readonly long _row;
    private readonly long _items;
    private readonly T _missing;

    /// <param name="request">The node.</param>
    /// <param name="items">The rows to write.</param>
    /// <param name="positions">The number of positions.</param>
    /// <param name="row">The elements of a row.</param>
    /// <param name="missing">What stands where a position is outside the axis.</param>
    public GatherKernel(KernelRequest request, long items, long positions, long row, T missing)
        : base(Parts.Count(items * row * sizeof(T), Parts.CopyBytes))
    {
        _request = request;
        _length = request.Input(0).Shape.Dims[((Gather)request.Node.Primitive).Axis];
        _positions = positions;
        _row = row;
        _items = items;
        _missing = missing;
    }

    protected override void RunPart(void** slots, int part)
    {
        T* x = (T*)slots[_request.InputSlots[0]], y = (T*)slots[_request.OutputSlots[0]];
        int* positions = (int*)slots[_request.InputSlots[1]];
        long item = Start(part, _items), end = Start(part + 1, _items);
        if (item == end) return;
        (long outer, long at) = Math.DivRem(item, _positions);
        T* block = x + (outer * _length * _row);
        for (y += item * _row; item < end; item++, y += _row)
        {
            long position = positions[at];
            Span<T> target = new(y, (int)_row);
            if ((ulong)position >= (ulong)_length) target.Fill(_missing);
            else if (_row < ShortRow)
            {
                T* from = block + (position * _row);
                for (long k = 0; k < _row; k++) y[k] = from[k];
            }
            else new ReadOnlySpan<T>(block + (position * _row), (int)_row).CopyTo(target);
            if (++at < _positions) continue;
            at = 0;
            block += _length * _row;
        }
    }
}

/// <summary>Chooses the kernel by the width of an element.</summary>
internal static class GatherKernel
{
    public static Kernel Create(KernelRequest request)
    {
        int axis = ((Gather)request.Node.Primitive).Axis;
        DType type = request.Output().DType;
        long positions = request.Input(1).Shape.Size, row = IndexMath.Strides(request.Input(0).Shape)[axis];
        long items = row == 0 ? 0 : request.Output().Shape.Size / row;
        return type.Size switch
        {
            1 => new GatherKernel<byte>(request, items, positions, row, 0),
            2 when type == DType.Float16 => new GatherKernel<Half>(request, items, positions, row, Half.NaN),
            2 => new GatherKernel<ushort>(request, items, positions, row, type.IsFloating ? BFloat16.FromSingle(float.NaN) : (ushort)0),
            4 when type.IsFloating => new GatherKernel<float>(request, items, positions, row, float.NaN),
            4 => new GatherKernel<uint>(request, items, positions, row, 0),
            _ when type.IsFloating => new GatherKernel<double>(request, items, positions, row, double.NaN),
            _ => new GatherKernel<ulong>(request, items, positions, row, 0),
        };
    }
}

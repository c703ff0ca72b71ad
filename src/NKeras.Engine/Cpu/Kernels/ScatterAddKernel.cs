using System.Numerics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="ScatterAdd"/> node over floats.</summary>
/// <remarks>
/// A part owns a range of the axis: it looks through all positions and adds the rows that fall into its range, in order, so
/// that no two threads write the same place and sums do not depend on their number.
/// </remarks>
internal sealed unsafe class ScatterAddKernel : PartedKernel
{
    /// <summary>Elements that a part should add; looking through the positions then costs little beside it.</summary>
    private const long PartLength = 1 << 15;

    private readonly KernelRequest _request;
    private readonly long _outer;
    private readonly long _length;
    private readonly long _positions;
    private readonly long _row;
    private readonly int _ranges;

    private ScatterAddKernel(KernelRequest request, long outer, long length, long positions, long row, int ranges)
        : base((int)Math.Min(int.MaxValue, outer * ranges))
    {
        _request = request;
        (_outer, _length, _positions, _row, _ranges) = (outer, length, positions, row, ranges);
    }

    /// <summary>The kernel, or null where the type has none.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        if (request.Output().DType != DType.Float32) return null;
        ScatterAdd node = (ScatterAdd)request.Node.Primitive;
        long row = IndexMath.Strides(request.Output().Shape)[node.Axis], outer = 1;
        foreach (int d in request.Output().Shape.Dims[..node.Axis]) outer *= d;
        long positions = request.Input(0).Shape.Size;
        int ranges = row < 8 ? 1 : (int)Math.Min(Parts.Count(Math.Max(positions, node.Length) * row, PartLength), Math.Max(1, node.Length));
        return new ScatterAddKernel(request, outer, node.Length, positions, row, ranges);
    }

    protected override void RunPart(void** slots, int part)
    {
        (long outer, long range) = Math.DivRem(part, (long)_ranges);
        if (outer >= _outer) return;
        int* positions = (int*)slots[_request.InputSlots[0]];
        float* x = (float*)slots[_request.InputSlots[1]] + (outer * _positions * _row);
        float* y = (float*)slots[_request.OutputSlots[0]] + (outer * _length * _row);
        long first = Parts.Start((int)range, _ranges, _length), end = Parts.Start((int)range + 1, _ranges, _length);
        new Span<float>(y + (first * _row), checked((int)((end - first) * _row))).Clear();
        for (long i = 0; i < _positions; i++)
        {
            long position = positions[i];
            if (position >= first && position < end) Add(x + (i * _row), y + (position * _row), _row);
        }
    }

    private static void Add(float* x, float* y, long count)
    {
        long i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Store(Vector.Load(y + i) + Vector.Load(x + i), y + i);
        for (; i < count; i++) y[i] += x[i];
    }
}

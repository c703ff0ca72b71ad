using System.Runtime.Intrinsics;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="Softmax"/> or <see cref="SparseCrossEntropy"/> node over floats, row by row.</summary>
internal sealed unsafe class SoftmaxKernel : PartedKernel
{
    private const long PartLength = 1 << 13;

    private readonly KernelRequest _request;
    private readonly long _rows;
    private readonly int _columns;
    private readonly delegate*<SoftmaxKernel, void**, long, long, void> _body;

    private SoftmaxKernel(KernelRequest request, long rows, int columns)
        : base(Parts.Count(rows * columns, PartLength))
    {
        _request = request;
        _rows = rows;
        _columns = columns;
        _body = Simd.Level switch
        {
            SimdLevel.Avx512 => Body<Simd512, Vector512<float>>(request.Node.Primitive),
            SimdLevel.Avx2 => Body<Simd256, Vector256<float>>(request.Node.Primitive),
            _ => Body<Simd128, Vector128<float>>(request.Node.Primitive),
        };
    }

    /// <summary>The kernel, or null where the type has none.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        if (request.Input(0).DType != DType.Float32) return null;
        Shape shape = request.Input(0).Shape;
        int columns = shape.Dims[^1];
        long rows = 1;
        foreach (int d in shape.Dims[..^1]) rows *= d;
        return new SoftmaxKernel(request, rows, columns);
    }

    protected override void RunPart(void** slots, int part) => _body(this, slots, Start(part, _rows), Start(part + 1, _rows));

    private static delegate*<SoftmaxKernel, void**, long, long, void> Body<TOps, V>(Primitive primitive)
        where TOps : ISimdOps<V>
        where V : struct => primitive switch
        {
            Softmax { Log: true } => &Logarithms<TOps, V>,
            Softmax => &Probabilities<TOps, V>,
            _ => &CrossEntropies<TOps, V>,
        };

    private static void Probabilities<TOps, V>(SoftmaxKernel kernel, void** slots, long row, long end)
        where TOps : ISimdOps<V>
        where V : struct
    {
        float* x = (float*)slots[kernel._request.InputSlots[0]], y = (float*)slots[kernel._request.OutputSlots[0]];
        int columns = kernel._columns;
        for (; row < end; row++) SoftmaxRows.Probabilities<TOps, V>(x + (row * columns), y + (row * columns), columns);
    }

    private static void Logarithms<TOps, V>(SoftmaxKernel kernel, void** slots, long row, long end)
        where TOps : ISimdOps<V>
        where V : struct
    {
        float* x = (float*)slots[kernel._request.InputSlots[0]], y = (float*)slots[kernel._request.OutputSlots[0]];
        int columns = kernel._columns;
        for (; row < end; row++) SoftmaxRows.Logarithms<TOps, V>(x + (row * columns), y + (row * columns), columns);
    }

    private static void CrossEntropies<TOps, V>(SoftmaxKernel kernel, void** slots, long row, long end)
        where TOps : ISimdOps<V>
        where V : struct
    {
        float* x = (float*)slots[kernel._request.InputSlots[0]];
        int* labels = (int*)slots[kernel._request.InputSlots[1]];
        float* losses = (float*)slots[kernel._request.OutputSlots[0]], y = (float*)slots[kernel._request.OutputSlots[1]];
        int columns = kernel._columns;
        for (; row < end; row++)
        {
            float* logits = x + (row * columns);
            (float max, double sum) = SoftmaxRows.Probabilities<TOps, V>(logits, y + (row * columns), columns);
            int label = labels[row];
            losses[row] = (uint)label < (uint)columns ? (float)((double)max + Math.Log(sum) - logits[label]) : float.NaN;
        }
    }
}

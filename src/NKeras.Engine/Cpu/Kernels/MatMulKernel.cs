using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="MatMul"/> node in float32, alone or with what has been fused into it.</summary>
internal sealed unsafe class MatMulKernel : Kernel
{
    private readonly KernelRequest _request;
    private readonly MatMul _product;
    private readonly FusedProduct _fused;
    private readonly Shape _a;
    private readonly Shape _c;
    private readonly ProductTail? _tail;

    private MatMulKernel(KernelRequest request, FusedProduct fused)
    {
        _request = request;
        _fused = fused;
        _product = (MatMul)fused.Product;
        _a = request.Input(0).Shape;
        _c = request.Output().Shape;
        if (fused.Tail != null) _tail = new ProductTail(request, fused);
    }

    /// <summary>The kernel, or null where the types have none.</summary>
    public static Kernel? Create(KernelRequest request)
    {
        if (request.Input(0).DType == DType.Float64 && request.Node.Primitive is MatMul) return new DoubleMatMulKernel(request);
        if (request.Input(0).DType != DType.Float32) return null;
        return request.Node.Primitive switch
        {
            MatMul product => new MatMulKernel(request, new FusedProduct(product, false, false, null)),
            FusedProduct { Product: MatMul } fused => new MatMulKernel(request, fused),
            _ => null,
        };
    }

    public override void Run(void** slots, WorkerPool pool)
    {
        int m = _c.Dims[^2], n = _c.Dims[^1], k = _product.TransposeA ? _a.Dims[^2] : _a.Dims[^1];
        int batch = 1;
        foreach (int d in _c.Dims[..^2]) batch *= d;
        GemmProblem problem = new()
        {
            M = m,
            N = n,
            K = k,
            Batch = batch,
            A = (float*)slots[_request.InputSlots[0]],
            Lda = _product.TransposeA ? m : k,
            StrideA = (nint)m * k,
            TransposeA = _product.TransposeA,
            B = (float*)slots[_request.InputSlots[1]],
            Ldb = _product.TransposeB ? k : n,
            StrideB = (nint)k * n,
            TransposeB = _product.TransposeB,
            C = (float*)slots[_request.OutputSlots[0]],
            Ldc = n,
            StrideC = (nint)m * n,
            Bias = _fused.HasBias ? (float*)slots[_request.InputSlots[2]] : null,
            Relu = _fused.Relu,
        };
        if (_tail == null)
        {
            Gemm.Run(problem, pool);
            return;
        }

        ProductTail.Call call = _tail.Begin(slots);
        problem.Epilogue = call.OfMatrix;
        Gemm.Run(problem, pool);
        _tail.End(call);
    }
}

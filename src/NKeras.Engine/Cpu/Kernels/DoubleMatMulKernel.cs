using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="MatMul"/> node in float64.</summary>
internal sealed unsafe class DoubleMatMulKernel(KernelRequest request) : Kernel
{
    private readonly MatMul _product = (MatMul)request.Node.Primitive;
    private readonly Shape _a = request.Input(0).Shape;
    private readonly Shape _c = request.Output().Shape;

    public override void Run(void** slots, WorkerPool pool)
    {
        int m = _c.Dims[^2], n = _c.Dims[^1], k = _product.TransposeA ? _a.Dims[^2] : _a.Dims[^1];
        int batch = 1;
        foreach (int d in _c.Dims[..^2]) batch *= d;
        GemmProblemDouble problem = new()
        {
            M = m,
            N = n,
            K = k,
            Batch = batch,
            A = (double*)slots[request.InputSlots[0]],
            Lda = _product.TransposeA ? m : k,
            StrideA = (nint)m * k,
            TransposeA = _product.TransposeA,
            B = (double*)slots[request.InputSlots[1]],
            Ldb = _product.TransposeB ? k : n,
            StrideB = (nint)k * n,
            TransposeB = _product.TransposeB,
            C = (double*)slots[request.OutputSlots[0]],
            Ldc = n,
            StrideC = (nint)m * n,
        };
        Gemm.Run(problem, pool);
    }
}

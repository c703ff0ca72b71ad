using System.Runtime.Intrinsics;

namespace NKeras.Engine.Cpu;

/// <summary>Matrix products.</summary>
/// <remarks>
/// Every element of C is summed up over k in ascending order, in blocks whose size follows from the sizes of the
/// problem, by one thread: the number of threads never shows in the result. NaN and infinities spread as in a plain
/// loop. Calls allocate nothing once a thread has its scratch memory.
/// </remarks>
internal static class Gemm
{
    /// <summary>Computes single-precision products.</summary>
    public static void Run(in GemmProblem problem, WorkerPool pool)
    {
        if (problem.M <= 0 || problem.N <= 0 || problem.Batch <= 0) return;
        switch (Simd.Level)
        {
            case SimdLevel.Avx512: GemmDriver<Simd512, Vector512<float>>.Run(problem, pool); break;
            case SimdLevel.Avx2: GemmDriver<Simd256, Vector256<float>>.Run(problem, pool); break;
            default: GemmDriver<Simd128, Vector128<float>>.Run(problem, pool); break;
        }
    }

    /// <summary>Computes double-precision products.</summary>
    public static void Run(in GemmProblemDouble problem, WorkerPool pool)
    {
        if (problem.M <= 0 || problem.N <= 0 || problem.Batch <= 0) return;
        GemmDouble.Run(problem, pool);
    }
}

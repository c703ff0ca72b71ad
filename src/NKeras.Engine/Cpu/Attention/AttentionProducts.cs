namespace NKeras.Engine.Cpu;

/// <summary>Products of tiles, by the calling thread.</summary>
/// <typeparam name="TOps">The operations of a vector width.</typeparam>
/// <typeparam name="V">The vector type.</typeparam>
internal static unsafe class AttentionProducts<TOps, V>
    where TOps : ISimdOps<V>
    where V : struct
{
    /// <summary>C (+)= op(A) · B.</summary>
    public static void Run(int m, int n, int k, float* a, nint lda, float* b, nint ldb, float* c, nint ldc, bool accumulate = false, bool transposeA = false) =>
        GemmDriver<TOps, V>.Run(
            new GemmProblem { M = m, N = n, K = k, A = a, Lda = lda, TransposeA = transposeA, B = b, Ldb = ldb, C = c, Ldc = ldc, Accumulate = accumulate }, null);
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Double-precision products: a plain vectorised loop, since models train in single precision.</summary>
internal static unsafe class GemmDouble
{
    /// <summary>Multiplications of a part, roughly.</summary>
    private const long PartWork = 1 << 18;

    /// <summary>Computes the products.</summary>
    public static void Run(in GemmProblemDouble problem, WorkerPool pool)
    {
        GemmProblemDouble p = problem;
        pool.Run(p.Batch * PartsOf(p), &RunPart, &p);
    }

    private static int RowsOfPart(in GemmProblemDouble p) => (int)Math.Clamp(PartWork / Math.Max(1, (long)p.N * p.K), 1, p.M);

    private static int PartsOf(in GemmProblemDouble p) => (p.M + RowsOfPart(p) - 1) / RowsOfPart(p);

    private static void RunPart(void* context, int part)
    {
        ref GemmProblemDouble p = ref *(GemmProblemDouble*)context;
        int parts = PartsOf(p);
        int batch = part / parts;
        int row = (part - batch * parts) * RowsOfPart(p);
        int end = Math.Min(p.M, row + RowsOfPart(p));
        double* a = p.A + batch * p.StrideA;
        double* b = p.B + batch * p.StrideB;
        nint stepRow = p.TransposeA ? 1 : p.Lda, stepK = p.TransposeA ? p.Lda : 1;
        for (; row < end; row++)
        {
            double* c = p.C + batch * p.StrideC + row * p.Ldc;
            if (!p.Accumulate) new Span<double>(c, p.N).Clear();
            if (p.TransposeB)
            {
                for (int j = 0; j < p.N; j++) c[j] += Dot(a + row * stepRow, stepK, b + j * p.Ldb, p.K);
            }
            else
            {
                for (int k = 0; k < p.K; k++) AddScaled(c, a[row * stepRow + k * stepK], b + k * p.Ldb, p.N);
            }

            Finish(p, c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddScaled(double* target, double factor, double* source, int count)
    {
        int i = 0;
        Vector<double> factors = new(factor);
        for (; i <= count - Vector<double>.Count; i += Vector<double>.Count)
            Vector.Store(Vector.Load(target + i) + factors * Vector.Load(source + i), target + i);
        for (; i < count; i++) target[i] += factor * source[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(double* a, nint stepA, double* b, int count)
    {
        // Four sums, so that additions need not wait for each other.
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        int k = 0;
        for (; k <= count - 4; k += 4)
        {
            s0 += a[k * stepA] * b[k];
            s1 += a[(k + 1) * stepA] * b[k + 1];
            s2 += a[(k + 2) * stepA] * b[k + 2];
            s3 += a[(k + 3) * stepA] * b[k + 3];
        }

        for (; k < count; k++) s0 += a[k * stepA] * b[k];
        return s0 + s1 + (s2 + s3);
    }

    private static void Finish(in GemmProblemDouble p, double* c)
    {
        if (p.Bias != null)
            for (int j = 0; j < p.N; j++) c[j] += p.Bias[j];
        if (p.Relu)
            for (int j = 0; j < p.N; j++) c[j] = c[j] < 0 ? 0 : c[j];
    }
}

using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Cpu;

public unsafe class GemmDoubleTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(17, 19, 0)]
    [InlineData(0, 4, 4)]
    [InlineData(130, 67, 43)]
    public void MatchesAPlainLoop(int m, int n, int k)
    {
        for (int options = 0; options < 32; options++) Check(m, n, k, options);
    }

    private static void Check(int m, int n, int k, int options)
    {
        const int batch = 2;
        bool transposeA = (options & 1) != 0, transposeB = (options & 2) != 0;
        Random random = new(options);
        double[] a = Fill(m * k * batch, random), b = Fill(k * n * batch, random), c = Fill(m * n * batch, random), bias = Fill(n, random);
        double[] expected = new double[c.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            int item = i / (m * n), row = i / n % m, column = i % n;
            double sum = (options & 4) != 0 ? c[i] : 0;
            for (int t = 0; t < k; t++)
                sum += a[item * m * k + (transposeA ? t * m + row : row * k + t)] * b[item * k * n + (transposeB ? column * k + t : t * n + column)];
            if ((options & 8) != 0) sum += bias[column];
            expected[i] = (options & 16) != 0 ? Math.Max(sum, 0) : sum;
        }

        fixed (double* pa = a, pb = b, pc = c, pBias = bias)
        {
            Gemm.Run(new GemmProblemDouble
            {
                M = m,
                N = n,
                K = k,
                Batch = batch,
                A = pa,
                Lda = transposeA ? m : k,
                StrideA = m * k,
                TransposeA = transposeA,
                B = pb,
                Ldb = transposeB ? k : n,
                StrideB = k * n,
                TransposeB = transposeB,
                C = pc,
                Ldc = n,
                StrideC = m * n,
                Accumulate = (options & 4) != 0,
                Bias = (options & 8) != 0 ? pBias : null,
                Relu = (options & 16) != 0,
            }, Pools.OfThreads(2));
        }

        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], c[i], 1e-12 * (k + 1));
    }

    private static double[] Fill(int count, Random random)
    {
        double[] data = new double[count];
        for (int i = 0; i < count; i++) data[i] = random.NextDouble() * 2 - 1;
        return data;
    }
}

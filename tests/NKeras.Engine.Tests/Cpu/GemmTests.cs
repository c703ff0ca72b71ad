using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Cpu;

[Collection("Simd")]
public unsafe class GemmTests
{
    private static readonly WorkerPool[] s_many = [Pools.OfThreads(2), Pools.OfThreads(3), new(5)];

    private static readonly int[] s_edges = [0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 17, 31];

    [Fact]
    public void SmallSizesOfEveryShape() => SimdLevels.ForEach(level =>
    {
        foreach (int m in s_edges)
            foreach (int n in s_edges)
                foreach (int k in s_edges)
                    for (int transposes = 0; transposes < 4; transposes++)
                        Check(level, m, n, k, transposes, padding: (m + n + k) % 3, options: m + n * 3 + k * 5 + transposes);
    });

    [Fact]
    public void ColumnsAroundTheWidthsOfPanels() => SimdLevels.ForEach(level =>
    {
        for (int n = 1; n < 150; n += n < 100 ? 1 : 7)
            for (int transposes = 0; transposes < 4; transposes++)
                Check(level, 5 + n % 11, n, 3 + n % 7, transposes, padding: n % 2, options: n + transposes);
    });

    [Theory]
    [InlineData(67, 149, 331)]
    [InlineData(131, 53, 643)]
    [InlineData(257, 389, 37)]
    [InlineData(40, 10, 1009)]
    [InlineData(9, 401, 701)]
    [InlineData(523, 97, 11)]
    public void SizesBeyondTheBlocks(int m, int n, int k) => SimdLevels.ForEach(level =>
    {
        for (int transposes = 0; transposes < 4; transposes++)
            Check(level, m, n, k, transposes, padding: transposes, options: m + transposes);
    });

    [Fact]
    public void NoProductsLeaveBiasAndActivation() => SimdLevels.ForEach(level =>
    {
        for (int options = 0; options < 8; options++) Check(level, 5, 19, 0, 0, padding: 1, options);
    });

    [Theory]
    [InlineData(6, 7, 12, 9)]
    [InlineData(33, 16, 24, 16)]
    [InlineData(3, 128, 130, 65)]
    [InlineData(0, 4, 4, 4)]
    public void Batches(int batch, int m, int n, int k) => SimdLevels.ForEach(level =>
    {
        for (int transposes = 0; transposes < 4; transposes++)
        {
            using GemmTestData data = new(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0, batch, bias: true);
            Gemm.Run(data.Problem, Pools.OfThreads(2));
            data.Check($"{level} {transposes}");

            data.Restore();
            data.Problem.StrideB = 0;
            Gemm.Run(data.Problem, Pools.OfThreads(2));
            data.Check($"{level} {transposes} with one B");
        }
    });

    [Theory]
    [InlineData(1, 13, 21, 8)]
    [InlineData(4, 40, 70, 16)]
    [InlineData(1, 300, 410, 70)]
    public void EpilogueSeesEachElementOnceAfterTheBias(int batch, int m, int n, int k) => SimdLevels.ForEach(level =>
    {
        using GemmTestData data = new(m, n, k, batch: batch, padding: 2, bias: true);
        data.Problem.Epilogue = new PlaceEpilogue();
        Gemm.Run(data.Problem, Pools.OfThreads(2));
        data.Check(level.ToString(), PlaceEpilogue.Value);
    });

    [Fact]
    public void NanAndInfinitySpreadAsInAPlainLoop() => SimdLevels.ForEach(level =>
    {
        foreach (float special in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            for (int options = 0; options < 16; options++)
            {
                using GemmTestData data = new(11, 37, 9, (options & 1) != 0, (options & 2) != 0, relu: (options & 4) != 0, bias: true);
                data.Problem.A[(options & 8) != 0 ? 98 : 40] = special;
                data.Problem.B[(options & 8) != 0 ? 0 : 332] = special;
                data.Problem.A[3] = 0;
                data.Problem.B[5] = 0;
                Gemm.Run(data.Problem, Pools.OfThreads(1));
                data.Check($"{level} {special} {options}");
            }
        }
    });

    [Theory]
    [InlineData(1, 200, 300, 400, 0)]
    [InlineData(1, 784, 512, 128, 1)]
    [InlineData(1, 128, 512, 512, 2)]
    [InlineData(1, 1100, 100, 1000, 0)]
    [InlineData(1, 3000, 10, 64, 3)]
    [InlineData(9, 128, 96, 64, 2)]
    public void ThreadsDoNotChangeABit(int batch, int m, int n, int k, int transposes) => SimdLevels.ForEach(level =>
    {
        using GemmTestData data = new(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0, batch, bias: true, relu: true);
        Gemm.Run(data.Problem, Pools.OfThreads(1));
        float[] expected = data.C;
        foreach (WorkerPool pool in s_many)
        {
            data.Restore();
            Gemm.Run(data.Problem, pool);
            Bits.AssertSame(expected, data.C, $"{level}: {pool.ThreadCount} threads gave other bits than one.");
        }
    });

    [Theory]
    [InlineData(128, 96, 330)]
    [InlineData(300, 200, 100)]
    [InlineData(16, 16, 4)]
    public void AllocatesNothingOnceWarm(int m, int n, int k)
    {
        using GemmTestData data = new(m, n, k);
        for (int i = 0; i < 3; i++) Gemm.Run(data.Problem, Pools.OfThreads(1));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Gemm.Run(data.Problem, Pools.OfThreads(1));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Check(SimdLevel level, int m, int n, int k, int transposes, int padding, int options)
    {
        using GemmTestData data = new(m, n, k, (transposes & 1) != 0, (transposes & 2) != 0, padding: padding,
            accumulate: (options & 1) != 0, bias: (options & 2) != 0, relu: (options & 4) != 0);
        Gemm.Run(data.Problem, Pools.OfThreads(1));
        data.Check($"{level} {m}x{n}x{k} transposes {transposes} options {options & 7}");
    }

    /// <summary>Doubles an element and adds a number that tells its place.</summary>
    private sealed class PlaceEpilogue : GemmEpilogue
    {
        public static double Value(double c, int batch, int row, int column) => 2 * c + batch + row % 7 + column % 5 * 0.25;

        public override void Apply(float* c, int batch, int row, int column, int count)
        {
            for (int i = 0; i < count; i++) c[i] = (float)Value(c[i], batch, row, column + i);
        }
    }
}

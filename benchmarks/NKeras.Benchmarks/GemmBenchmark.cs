using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using NKeras.Engine.Cpu;

namespace NKeras.Benchmarks;

/// <summary>Matrix products of many shapes, each compared with the peak of the core measured in the same moments.</summary>
internal static unsafe class GemmBenchmark
{
    private const int PeakIterations = 1_000_000;

    private readonly record struct Case(string Name, int M, int K, int N, bool TransposeA = false, bool TransposeB = false, int Batch = 1);

    private static readonly Case[] s_cases =
    [
        new("cube", 384, 384, 384),
        new("cube", 512, 512, 512),
        new("cube", 768, 768, 768),
        new("cube", 1024, 1024, 1024),
        new("cube", 1536, 1536, 1536),
        new("mlp forward", 128, 784, 512),
        new("mlp forward", 128, 512, 512),
        new("mlp forward", 128, 512, 10),
        new("mlp dW", 784, 128, 512, TransposeA: true),
        new("mlp dW", 512, 128, 512, TransposeA: true),
        new("mlp dW", 512, 128, 10, TransposeA: true),
        new("mlp dX", 128, 512, 512, TransposeB: true),
        new("mlp dX", 128, 10, 512, TransposeB: true),
        new("attention QK", 128, 64, 128, TransposeB: true, Batch: 32),
        new("attention PV", 128, 128, 64, Batch: 32),
        new("tiny", 16, 4, 16),
        new("tiny", 32, 4, 16),
        new("tiny", 16, 16, 3),
        new("tiny", 16, 16, 4, TransposeB: true),
        new("tiny", 4, 16, 16, TransposeA: true),
        new("one row", 1, 784, 512),
        new("one row", 1, 512, 512, TransposeB: true),
        new("one row", 1, 512, 10),
        new("eight rows", 8, 512, 512),
        new("eight rows", 8, 512, 512, TransposeB: true),
    ];

    /// <summary>Prints a line of JSON for the peak and for each shape.</summary>
    public static void Run(BenchmarkOptions options)
    {
        WorkerPool pool = new(options.Threads);
        double peak = double.MaxValue;
        for (int i = 0; i < 50; i++) peak = Math.Min(peak, FmaPeak.Measure(pool, PeakIterations));
        Print($$"""{"what":"peak","simd":"{{Simd.Level}}","threads":{{options.Threads}},"gflops":{{Gigaflops(pool, peak):F1}}}""");
        foreach (Case shape in s_cases)
            if (options.Words.Count == 0 || shape.Name.Contains(options.Words[0], StringComparison.Ordinal)) Run(shape, pool, options.Seconds);
    }

    private static void Run(Case shape, WorkerPool pool, double seconds)
    {
        GemmProblem p = new()
        {
            M = shape.M,
            N = shape.N,
            K = shape.K,
            Batch = shape.Batch,
            TransposeA = shape.TransposeA,
            TransposeB = shape.TransposeB,
            Lda = shape.TransposeA ? shape.M : shape.K,
            Ldb = shape.TransposeB ? shape.K : shape.N,
            Ldc = shape.N,
            StrideA = (nint)shape.M * shape.K,
            StrideB = (nint)shape.K * shape.N,
            StrideC = (nint)shape.M * shape.N,
        };
        p.A = Random(p.StrideA * p.Batch);
        p.B = Random(p.StrideB * p.Batch);
        p.C = Random(p.StrideC * p.Batch);
        double flops = 2.0 * p.M * p.N * p.K * p.Batch;
        int repeats = (int)Math.Max(1, 2e8 / (flops + 5e4)); // About two milliseconds at a time.

        // Enough calls for the JIT to have made up its mind about everything that is not optimised at once.
        for (int i = 0; i < 100; i++) Measure(p, pool, Math.Clamp(repeats / 10, 1, 100));
        double best = double.MaxValue, peak = double.MaxValue;
        long start = Stopwatch.GetTimestamp();
        do
        {
            peak = Math.Min(peak, FmaPeak.Measure(pool, PeakIterations));
            best = Math.Min(best, Measure(p, pool, repeats));
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        double gflops = flops / best / 1e9;
        string transposes = (shape.TransposeA ? "T" : "N") + (shape.TransposeB ? "T" : "N");
        Print($$"""{"what":"{{shape.Name}}","m":{{p.M}},"k":{{p.K}},"n":{{p.N}},"op":"{{transposes}}","batch":{{p.Batch}},"us":{{best * 1e6:F3}},"gflops":{{gflops:F1}},"peak":{{Gigaflops(pool, peak):F1}},"ratio":{{gflops / Gigaflops(pool, peak):F3}}}""");
        NativeMemory.AlignedFree(p.A);
        NativeMemory.AlignedFree(p.B);
        NativeMemory.AlignedFree(p.C);
    }

    private static double Measure(in GemmProblem p, WorkerPool pool, int repeats)
    {
        BenchmarkClock clock = BenchmarkClock.Start(pool.ThreadCount);
        for (int i = 0; i < repeats; i++) Gemm.Run(p, pool);
        return clock.Seconds / repeats;
    }

    private static double Gigaflops(WorkerPool pool, double peakSeconds) =>
        FmaPeak.Flops(PeakIterations) * pool.ThreadCount / peakSeconds / 1e9;

    private static float* Random(nint count)
    {
        Random random = new(7);
        float* data = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), 64);
        for (nint i = 0; i < count; i++) data[i] = random.NextSingle() - 0.5f;
        return data;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

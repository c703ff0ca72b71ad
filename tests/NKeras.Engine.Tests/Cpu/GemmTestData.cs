using System.Runtime.InteropServices;
using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Cpu;

/// <summary>Operands of a matrix product, and the product as a plain loop in double precision computes it.</summary>
internal sealed unsafe class GemmTestData : IDisposable
{
    /// <summary>What lies between the rows of C, and must stay there.</summary>
    public const float Untouched = 12345f;

    private readonly float* _a, _b, _c, _bias;
    private readonly float[] _before;

    public GemmProblem Problem;

    public GemmTestData(int m, int n, int k, bool transposeA = false, bool transposeB = false, int batch = 1, int padding = 0,
        bool accumulate = false, bool bias = false, bool relu = false, int seed = 1)
    {
        int rowsA = transposeA ? k : m, lda = (transposeA ? m : k) + padding;
        int rowsB = transposeB ? n : k, ldb = (transposeB ? k : n) + padding;
        int ldc = n + padding;
        Random random = new(seed);
        _a = Allocate(rowsA * lda * batch);
        _b = Allocate(rowsB * ldb * batch);
        _c = Allocate(m * ldc * batch);
        _bias = Allocate(n);
        Fill(_a, rowsA * lda * batch, random);
        Fill(_b, rowsB * ldb * batch, random);
        Fill(_bias, n, random);
        for (int i = 0; i < m * batch; i++)
        {
            Fill(_c + i * ldc, n, random);
            new Span<float>(_c + i * ldc + n, padding).Fill(Untouched);
        }

        _before = new Span<float>(_c, m * ldc * batch).ToArray();
        Problem = new GemmProblem
        {
            M = m,
            N = n,
            K = k,
            Batch = batch,
            A = _a,
            Lda = lda,
            StrideA = rowsA * lda,
            TransposeA = transposeA,
            B = _b,
            Ldb = ldb,
            StrideB = rowsB * ldb,
            TransposeB = transposeB,
            C = _c,
            Ldc = ldc,
            StrideC = m * ldc,
            Accumulate = accumulate,
            Bias = bias ? _bias : null,
            Relu = relu,
        };
    }

    /// <summary>Everything C holds, padding included.</summary>
    public float[] C => new Span<float>(_c, _before.Length).ToArray();

    public void Restore() => _before.CopyTo(new Span<float>(_c, _before.Length));

    /// <summary>Compares C with the reference; <paramref name="after"/> stands for the epilogue.</summary>
    public void Check(string what, Func<double, int, int, int, double>? after = null)
    {
        GemmProblem p = Problem;
        for (int batch = 0; batch < p.Batch; batch++)
        {
            for (int i = 0; i < p.M; i++)
            {
                for (int j = 0; j < p.N; j++)
                {
                    double expected = Expected(p, batch, i, j, out double magnitude);
                    if (after is not null) expected = after(expected, batch, i, j);
                    float actual = p.C[batch * p.StrideC + i * p.Ldc + j];
                    double tolerance = 4e-7 * (magnitude + 1) * Math.Max(1, Math.Sqrt(p.K));
                    bool equal = double.IsFinite(expected) ? Math.Abs(expected - actual) <= tolerance
                        : double.IsNaN(expected) ? float.IsNaN(actual) : actual == (float)expected;
                    if (!equal) Assert.Fail($"{what}: C[{batch}][{i},{j}] is {actual}, not {expected}.");
                }

                for (nint j = p.N; j < p.Ldc; j++)
                    if (p.C[batch * p.StrideC + i * p.Ldc + j] != Untouched) Assert.Fail($"{what}: wrote past the end of row {i}.");
            }
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_a);
        NativeMemory.Free(_b);
        NativeMemory.Free(_c);
        NativeMemory.Free(_bias);
    }

    private double Expected(in GemmProblem p, int batch, int i, int j, out double magnitude)
    {
        double sum = 0;
        magnitude = 0;
        for (int k = 0; k < p.K; k++)
        {
            double x = p.A[batch * p.StrideA + (p.TransposeA ? k * p.Lda + i : i * p.Lda + k)];
            double y = p.B[batch * p.StrideB + (p.TransposeB ? j * p.Ldb + k : k * p.Ldb + j)];
            sum += x * y;
            magnitude += Math.Abs(x * y);
        }

        if (p.Accumulate) sum += _before[batch * p.StrideC + i * p.Ldc + j];
        if (p.Bias != null) sum += p.Bias[j];
        return p.Relu && sum < 0 ? 0 : sum;
    }

    private static float* Allocate(int count) => (float*)NativeMemory.Alloc((nuint)Math.Max(count, 1) * sizeof(float));

    private static void Fill(float* data, int count, Random random)
    {
        for (int i = 0; i < count; i++) data[i] = random.NextSingle() * 2 - 1;
    }
}

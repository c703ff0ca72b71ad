using NKeras.Engine.Cpu;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Cpu;

[Collection("Simd")]
public sealed unsafe class ReductionTests
{
    private static readonly int[][] s_shapes =
    [
        [], [1], [5], [17], [1000], [20_000], [3, 5], [128, 10], [10, 128], [100, 63], [100, 64], [37, 100], [50, 1030], [3, 2100],
        [2, 9000], [4000, 3], [40_000, 2], [3, 4, 5], [5, 3, 70], [2, 40, 7, 6], [7, 1, 9], [0, 3], [3, 0, 2], [3, 2, 2, 3, 2], [300, 700],
    ];

    private static readonly ReductionKind[] s_kinds = Enum.GetValues<ReductionKind>();

    [Fact]
    public void Reductions_over_any_axes_give_what_plain_loops_give()
    {
        foreach (int[] shape in s_shapes)
        {
            for (int mask = 0; mask < 1 << shape.Length; mask++)
            {
                bool[] reduced = [.. shape.Select((_, d) => (mask >> d & 1) != 0)];
                Random random = new(mask);
                foreach (ReductionKind kind in s_kinds)
                {
                    Array input = Data(random, kind, shape);
                    double[] expected = Plain(kind, input, shape, reduced);
                    foreach (SimdLevel level in SimdLevels.All)
                        AssertClose(kind, expected, Reduce(kind, input, shape, reduced, level, 1), $"{kind} of [{string.Join(", ", shape)}], axes {mask:b}, {level}");
                }
            }
        }
    }

    [Fact]
    public void Results_have_the_same_bits_for_any_number_of_threads()
    {
        foreach (int[] shape in (int[][])[[300_000], [300, 1000], [70_000, 5], [30, 40, 50], [9, 4000, 3]])
        {
            float[] input = (float[])Data(new Random(3), ReductionKind.Sum, shape);
            for (int mask = 1; mask < 1 << shape.Length; mask++)
            {
                bool[] reduced = [.. shape.Select((_, d) => (mask >> d & 1) != 0)];
                Array one = Reduce(ReductionKind.Sum, input, shape, reduced, Simd.Level, 1);
                for (int threads = 2; threads <= 3; threads++)
                    Bits.AssertSame(one, Reduce(ReductionKind.Sum, input, shape, reduced, Simd.Level, threads), $"{threads} threads");
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Not_a_number_comes_through(int axis)
    {
        int[] shape = [5, 40, 37];
        for (int at = 0; at < 5 * 40 * 37; at += 41)
        {
            float[] input = new float[5 * 40 * 37];
            input[at] = float.NaN;
            foreach (ReductionKind kind in (ReductionKind[])[ReductionKind.Sum, ReductionKind.Product, ReductionKind.Max, ReductionKind.Min])
            {
                float[] output = (float[])Reduce(kind, input, shape, [axis == 0, axis == 1, axis == 2], Simd.Level, 1);
                Assert.Equal(1, output.Count(float.IsNaN));
            }
        }
    }

    [Fact]
    public void Infinities_are_summed_as_numbers()
    {
        float[] input = new float[1000];
        input[500] = float.PositiveInfinity;
        Assert.Equal([float.PositiveInfinity], (float[])Reduce(ReductionKind.Sum, input, [1000], [true], Simd.Level, 1));
        input[900] = float.NegativeInfinity;
        Assert.Equal([float.NaN], (float[])Reduce(ReductionKind.Sum, input, [1000], [true], Simd.Level, 1));
        Assert.Equal([float.PositiveInfinity], (float[])Reduce(ReductionKind.Max, input, [1000], [true], Simd.Level, 1));
    }

    [Fact]
    public void Large_sums_stay_accurate()
    {
        const int Count = 10_000_000;
        float[] input = new float[Count];
        Array.Fill(input, 0.1f);
        double expected = Count * (double)0.1f;
        float rows = ((float[])Reduce(ReductionKind.Sum, input, [Count], [true], Simd.Level, 2))[0];
        float columns = ((float[])Reduce(ReductionKind.Sum, input, [Count / 10, 10], [true, false], Simd.Level, 2))[3];
        Assert.Equal(expected, rows, expected * 3e-7);
        Assert.Equal(expected / 10, columns, expected * 3e-8);
    }

    [Fact]
    public void Fused_reductions_give_what_reducing_the_stored_values_gives()
    {
        foreach (int[] shape in s_shapes)
        {
            if (shape.Length is 0 or > 3) continue;
            int count = shape.Aggregate(1, (a, b) => a * b);
            int[] strides = [.. shape.Select((_, d) => shape[(d + 1)..].Aggregate(1, (a, b) => a * b))];
            int[] bias = [.. shape.Select((_, d) => d == shape.Length - 1 ? 1 : 0)];
            float[] x = (float[])Data(new Random(1), ReductionKind.Sum, shape), b = new float[Math.Max(shape[^1], 1)], stored = new float[count];
            Array.Fill(b, 0.5f);
            ElementwiseKernel producer = new(Loops.Single(ElementwiseFunction.Multiply), shape, [strides, bias], Simd.Level);
            using Loops.Pinned inputs = new(x, b), all = new(x, b, stored);
            producer.Run(all.Pointers, Pools.OfThreads(1));
            for (int mask = 0; mask < 1 << shape.Length; mask++)
            {
                bool[] reduced = [.. shape.Select((_, d) => (mask >> d & 1) != 0)];
                foreach (ReductionKind kind in (ReductionKind[])[ReductionKind.Sum, ReductionKind.Max])
                {
                    FusedReductionKernel kernel = new(kind, producer, shape, reduced, Simd.Level);
                    float[] output = new float[kernel.OutputCount];
                    using Loops.Pinned result = new(output);
                    kernel.Run(inputs.Pointers, result.Pointers[0], Pools.OfThreads(2));
                    AssertClose(kind, Plain(kind, stored, shape, reduced), output, $"{kind} of [{string.Join(", ", shape)}], axes {mask:b}");
                }
            }
        }
    }

    [Fact]
    public void Running_allocates_nothing()
    {
        float[] x = new float[100_000], y = new float[100_000];
        using Loops.Pinned pinned = new(x, y);
        foreach ((int[] shape, bool[] reduced) in ((int[], bool[])[])[([100_000], [true]), ([1000, 100], [true, false]), ([100, 10, 100], [true, false, true])])
        {
            ReductionKernel kernel = new(ReductionKind.Sum, shape, reduced, Simd.Level);
            for (int i = 0; i < 3; i++) kernel.Run(pinned.Pointers[0], pinned.Pointers[1], Pools.OfThreads(2));
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++) kernel.Run(pinned.Pointers[0], pinned.Pointers[1], Pools.OfThreads(2));
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    private static Array Data(Random random, ReductionKind kind, int[] shape)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        if (kind.IsLogical())
        {
            int rare = random.Next(1, 50);
            return Enumerable.Range(0, count).Select(_ => (byte)((random.Next(rare) == 0) == (kind == ReductionKind.Any) ? 1 : 0)).ToArray();
        }

        double scale = kind == ReductionKind.Product ? 1e-3 : 2, shift = kind == ReductionKind.Product ? 1 - 5e-4 : -1;
        return Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * scale) + shift)).ToArray();
    }

    private static Array Reduce(ReductionKind kind, Array input, int[] shape, bool[] reduced, SimdLevel level, int threads)
    {
        ReductionKernel kernel = new(kind, shape, reduced, level);
        Array output = RandomPrograms.Room(kind.ElementType(), (int)kernel.OutputCount);
        using Loops.Pinned pinned = new(input, output);
        kernel.Run(pinned.Pointers[0], pinned.Pointers[1], Pools.OfThreads(threads));
        return output;
    }

    private static double[] Plain(ReductionKind kind, Array input, int[] shape, bool[] reduced)
    {
        int results = shape.Where((_, d) => !reduced[d]).Aggregate(1, (a, b) => a * b);
        double[] output = new double[results];
        Array.Fill(output, kind switch
        {
            ReductionKind.Sum or ReductionKind.Any => 0,
            ReductionKind.Product or ReductionKind.All => 1,
            ReductionKind.Max => double.NegativeInfinity,
            _ => double.PositiveInfinity,
        });
        for (int i = 0; i < input.Length; i++)
        {
            int rest = i, target = 0, stride = 1;
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                if (!reduced[d]) (target, stride) = (target + (rest % shape[d] * stride), stride * shape[d]);
                rest /= shape[d];
            }

            double x = input is float[] floats ? floats[i] : ((byte[])input)[i];
            output[target] = kind switch
            {
                ReductionKind.Sum => output[target] + x,
                ReductionKind.Product => output[target] * x,
                ReductionKind.Max or ReductionKind.Any => Math.Max(output[target], x),
                _ => Math.Min(output[target], x),
            };
        }

        return output;
    }

    private static void AssertClose(ReductionKind kind, double[] expected, Array actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double tolerance = kind is ReductionKind.Sum ? 2e-4 : kind is ReductionKind.Product ? 1e-3 : 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double value = actual is float[] floats ? floats[i] : ((byte[])actual)[i];
            bool close = value == expected[i] || Math.Abs(value - expected[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]));
            if (!close) Assert.Fail($"{what}: result {i} is {value}, not {expected[i]}.");
        }
    }
}

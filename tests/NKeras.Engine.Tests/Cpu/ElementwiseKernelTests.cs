using NKeras.Engine.Cpu;
using F = NKeras.Engine.Primitives.ElementwiseFunction;

namespace NKeras.Engine.Tests.Cpu;

[Collection("Simd")]
public sealed unsafe class ElementwiseKernelTests
{
    private static readonly int[][] s_shapes =
    [
        [], [1], [7], [1, 5], [128, 10], [3, 1, 700], [40, 513], [2, 3, 4, 5], [5, 49, 7], [700, 3], [17000], [2, 9000], [33, 1, 1, 31], [4, 600, 3, 2], [0, 5], [3, 3000, 2],
    ];

    [Fact]
    public void Broadcast_inputs_give_what_written_out_inputs_give()
    {
        foreach (int[] shape in s_shapes)
        {
            for (int seed = 0; seed < 6; seed++)
            {
                Random random = new(seed);
                ElementwiseProgram program = RandomPrograms.Create(random, smooth: false, 5);
                int count = shape.Aggregate(1, (a, b) => a * b);
                int[][] strides = [.. program.Inputs.ToArray().Select(_ => Strides(shape, random.Next(4) == 0 ? 0 : random.Next(1 << shape.Length)))];
                Array[] inputs = [.. program.Inputs.ToArray().Select((type, i) => RandomPrograms.Data(random, type, Length(shape, strides[i]), true))];
                Array[] full = [.. inputs.Select((input, i) => WriteOut(input, shape, strides[i]))];

                Array[] expected = Outputs(program, count);
                Loops.Run(ElementwiseLoops.Get(program, 0, Simd.Level), count, [.. full, .. expected]);
                ElementwiseKernel kernel = new(program, shape, strides, Simd.Level);
                for (int threads = 1; threads <= 3; threads++)
                {
                    Array[] actual = Outputs(program, count);
                    using Loops.Pinned pinned = new([.. inputs, .. actual]);
                    kernel.Run(pinned.Pointers, Pools.OfThreads(threads));
                    for (int i = 0; i < actual.Length; i++)
                        Bits.AssertSame(expected[i], actual[i], $"[{string.Join(", ", shape)}], seed {seed}, output {i}");
                }
            }
        }
    }

    [Fact]
    public void Rows_with_a_pitch_are_read_in_place()
    {
        float[] x = [.. Enumerable.Range(0, 60).Select(i => (float)i)], y = new float[24];
        ElementwiseKernel kernel = new(Loops.Single(F.Negate), [6, 4], [[10, 1]], Simd.Level);
        using Loops.Pinned pinned = new(x, y);
        kernel.Run(pinned.Pointers, Pools.OfThreads(1));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => -(float)((i / 4 * 10) + (i % 4))), y);
    }

    [Fact]
    public void Stretches_can_be_computed_alone()
    {
        float[] x = [.. Enumerable.Range(0, 300).Select(i => (float)i)], bias = [1, 2, 3], y = new float[50];
        ElementwiseKernel kernel = new(Loops.Single(F.Add), [100, 3], [[3, 1], [0, 1]], Simd.Level);
        using Loops.Pinned inputs = new(x, bias), outputs = new(y);
        kernel.Evaluate(inputs.Pointers, outputs.Pointers, 100, 50);
        Assert.Equal(Enumerable.Range(100, 50).Select(i => (float)(i + 1 + (i % 3))), y);
    }

    [Fact]
    public void Transposed_inputs_are_refused() =>
        Assert.Throws<ArgumentException>(() => new ElementwiseKernel(Loops.Single(F.Negate), [4, 6], [[1, 4]], Simd.Level));

    [Theory]
    [InlineData(128, 10, 0, 1)]
    [InlineData(128, 10, 1, 0)]
    [InlineData(100, 1000, 0, 1)]
    public void Running_allocates_nothing(int rows, int columns, int rowStride, int columnStride)
    {
        float[] x = new float[rows * columns], bias = new float[1000], y = new float[rows * columns];
        ElementwiseKernel kernel = new(Loops.Single(F.Add), [rows, columns], [[columns, 1], [rowStride, columnStride]], Simd.Level);
        using Loops.Pinned pinned = new(x, bias, y);
        WorkerPool pool = Pools.OfThreads(2);
        for (int i = 0; i < 3; i++) kernel.Run(pinned.Pointers, pool);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) kernel.Run(pinned.Pointers, pool);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Row-major strides of the dimensions that are set, 0 for the others.</summary>
    private static int[] Strides(int[] shape, int dimensions)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            if ((dimensions >> d & 1) == 0) continue;
            strides[d] = stride;
            stride *= shape[d];
        }

        return strides;
    }

    private static int Length(int[] shape, int[] strides) => 1 + shape.Zip(strides).Sum(p => Math.Max(p.First - 1, 0) * p.Second);

    private static Array WriteOut(Array source, int[] shape, int[] strides)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        Array full = Array.CreateInstance(source.GetType().GetElementType()!, count);
        for (int i = 0; i < count; i++)
        {
            int offset = 0, rest = i;
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                offset += rest % shape[d] * strides[d];
                rest /= shape[d];
            }

            Array.Copy(source, offset, full, i, 1);
        }

        return full;
    }

    private static Array[] Outputs(ElementwiseProgram program, int count) =>
        [.. Enumerable.Range(0, program.Outputs.Length).Select(i => RandomPrograms.Room(program.OutputType(i), count))];
}

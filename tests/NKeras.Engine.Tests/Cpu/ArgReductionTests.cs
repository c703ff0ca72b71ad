using NKeras.Engine.Cpu;

namespace NKeras.Engine.Tests.Cpu;

[Collection("Simd")]
public sealed unsafe class ArgReductionTests
{
    [Fact]
    public void The_first_largest_or_smallest_element_is_found()
    {
        foreach (int[] shape in (int[][])[[1], [10], [1000], [128, 10], [3, 40, 5], [7, 33], [2, 3, 1100], [50_000], [0, 4]])
        {
            for (int axis = 0; axis < shape.Length; axis++)
            {
                if (shape[axis] == 0) continue;
                Random random = new(axis);
                int count = shape.Aggregate(1, (a, b) => a * b);

                // Few different values, so that the first of many has to be found; and NaN now and then.
                float[] input = [.. Enumerable.Range(0, count).Select(_ => random.Next(60) == 0 ? float.NaN : random.Next(-3, 4))];
                foreach (SimdLevel level in SimdLevels.All)
                {
                    Check(true, input, shape, axis, level);
                    Check(false, input, shape, axis, level);
                }
            }
        }
    }

    [Fact]
    public void An_empty_axis_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ArgReductionKernel(true, [3, 0], 1, Simd.Level));

    private static void Check(bool max, float[] input, int[] shape, int axis, SimdLevel level)
    {
        ArgReductionKernel kernel = new(max, shape, axis, level);
        int[] output = new int[kernel.OutputCount];
        using Loops.Pinned pinned = new(input, output);
        kernel.Run((float*)pinned.Pointers[0], (int*)pinned.Pointers[1], Pools.OfThreads(2));

        int inner = shape[(axis + 1)..].Aggregate(1, (a, b) => a * b), length = shape[axis];
        for (int i = 0; i < output.Length; i++)
        {
            int start = (i / inner * inner * length) + (i % inner), best = 0;
            for (int k = 1; k < length; k++)
            {
                float x = input[start + (k * inner)], y = input[start + (best * inner)];
                if (!float.IsNaN(y) && (float.IsNaN(x) || (max ? x > y : x < y))) best = k;
            }

            Assert.Equal(best, output[i]);
        }
    }
}

using NKeras.Engine.Cpu;
using static NKeras.Engine.Tests.Cpu.KernelTestData;

namespace NKeras.Engine.Tests.Cpu;

[Collection("Simd")]
public sealed unsafe class PoolingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_with_the_reference_for_odd_sizes(int seed)
    {
        Random random = new(seed);
        int[] channels = [1, 3, 4, 8, 10, 16, 23, 32, 37];
        for (int i = 0; i < 100; i++)
        {
            int stride = random.Next(1, 4);
            PoolingGeometry g = new()
            {
                Batch = random.Next(0, 4),
                Height = random.Next(1, 10),
                Width = random.Next(1, 10),
                Channels = channels[random.Next(channels.Length)],
                WindowHeight = random.Next(1, 4),
                WindowWidth = random.Next(2) == 0 ? stride : random.Next(1, 4),
                StrideHeight = random.Next(1, 4),
                StrideWidth = stride,
                DilationHeight = random.Next(1, 3),
                DilationWidth = random.Next(1, 3),
                PadTop = random.Next(0, 3),
                PadBottom = random.Next(0, 3),
                PadLeft = random.Next(0, 3),
                PadRight = random.Next(0, 3),
            };
            float[] x = Integers(random, Inputs(g)), dy = Integers(random, Outputs(g));
            for (int j = 0; j < x.Length; j++)
            {
                if (random.Next(50) == 0) x[j] = float.NaN;
                if (random.Next(20) == 0) x[j] = float.NegativeInfinity;
            }

            Check(g, x, dy);
        }
    }

    [Theory]
    [InlineData(26, 32)]
    [InlineData(11, 64)]
    [InlineData(11, 7)]
    public void Agrees_with_the_reference_for_usual_sizes(int size, int channels)
    {
        PoolingGeometry g = new()
        {
            Batch = 5,
            Height = size,
            Width = size,
            Channels = channels,
            WindowHeight = 2,
            WindowWidth = 2,
            StrideHeight = 2,
            StrideWidth = 2,
        };
        Random random = new(4);
        Check(g, Integers(random, Inputs(g)), Integers(random, Outputs(g)));
    }

    [Fact]
    public void Works_in_one_and_three_dimensions_and_in_double_precision()
    {
        WindowShape line = new([new WindowAxis(5, 2, 2, 1, 0, 1)]);
        double[] x = [1, 4, 3, 3, 2], y = new double[3], dx = new double[5], dy = [1, 10, 100];
        fixed (double* px = x, py = y, pdx = dx, pdy = dy)
        {
            PoolingReference.MaxForward(line, 1, 1, px, py);
            PoolingReference.MaxBackward(line, 1, 1, pdy, px, py, pdx);
        }

        Assert.Equal([4, 3, 2], y);
        Assert.Equal([0, 1, 10, 0, 100], dx);

        WindowAxis axis = new(2, 2, 1, 1, 0, 0);
        WindowShape cube = new([axis, axis, axis]);
        double[] corners = [0, 1, 2, 3, 4, 5, 6, 7];
        double mean;
        fixed (double* p = corners) PoolingReference.AverageForward(cube, 1, 1, p, &mean);
        Assert.Equal(3.5, mean);
    }

    private static int Inputs(PoolingGeometry g) => g.Batch * g.Height * g.Width * g.Channels;

    private static int Outputs(PoolingGeometry g) => g.Batch * g.OutputHeight * g.OutputWidth * g.Channels;

    private static void Check(PoolingGeometry g, float[] x, float[] dy)
    {
        WindowShape shape = g.ToShape();
        float[] max = Room(Outputs(g)), maxDx = Room(Inputs(g)), mean = Room(Outputs(g)), meanDx = Room(Inputs(g));
        PoolingReference.MaxForward(shape, g.Batch, g.Channels, P(x), P(max));
        PoolingReference.MaxBackward(shape, g.Batch, g.Channels, P(dy), P(x), P(max), P(maxDx));
        PoolingReference.AverageForward(shape, g.Batch, g.Channels, P(x), P(mean));
        PoolingReference.AverageBackward(shape, g.Batch, g.Channels, P(dy), P(meanDx));
        SimdLevels.ForEach(level =>
        {
            foreach (WorkerPool pool in new[] { Pools.OfThreads(1), Pools.OfThreads(3) })
            {
                float[] y = Room(Outputs(g)), dx = Room(Inputs(g));
                MaxPooling.Forward(g, P(x), P(y), pool);
                AssertSame(max, y, $"max forward {level} {g}");
                MaxPooling.Backward(g, P(dy), P(x), P(max), P(dx), pool);
                AssertSame(maxDx, dx, $"max backward {level} {g}");
                AveragePooling.Forward(g, P(x), P(y), pool);
                AssertSame(mean, y, $"average forward {level} {g}");
                AveragePooling.Backward(g, P(dy), P(dx), pool);
                AssertSame(meanDx, dx, $"average backward {level} {g}");
            }
        });
    }

    private static float* P(float[] pinned) => (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
}

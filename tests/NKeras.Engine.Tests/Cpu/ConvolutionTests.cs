using NKeras.Engine.Cpu;
using static NKeras.Engine.Tests.Cpu.KernelTestData;

namespace NKeras.Engine.Tests.Cpu;

[Collection("Simd")]
public sealed unsafe class ConvolutionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Agrees_with_the_reference_for_odd_sizes(int seed)
    {
        Random random = new(seed);
        int[] outputChannels = [1, 3, 8, 10, 16, 17, 32, 48, 64, 65];
        for (int i = 0; i < 40; i++)
        {
            int groups = random.Next(4) == 0 ? random.Next(2, 4) : 1;
            ConvolutionGeometry g = new()
            {
                Batch = random.Next(1, 4),
                Height = random.Next(1, 8),
                Width = random.Next(3) == 0 ? random.Next(8, 30) : random.Next(1, 8),
                Channels = groups * random.Next(1, random.Next(3) == 0 ? 30 : 8),
                FilterHeight = random.Next(1, 5),
                FilterWidth = random.Next(1, 5),
                OutputChannels = groups * (groups > 1 ? random.Next(1, 20) : outputChannels[random.Next(outputChannels.Length)]),
                StrideHeight = random.Next(1, 4),
                StrideWidth = random.Next(1, 4),
                DilationHeight = random.Next(1, 3),
                DilationWidth = random.Next(1, 3),
                PadTop = random.Next(0, 4),
                PadBottom = random.Next(0, 4),
                PadLeft = random.Next(0, 4),
                PadRight = random.Next(0, 4),
                Groups = groups,
            };
            Check(g, random);
        }
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 1)]
    [InlineData(16, 3, 2)]
    [InlineData(37, 3, 1)]
    [InlineData(37, 2, 3)]
    public void Agrees_with_the_reference_for_depthwise_filters(int channels, int filter, int stride)
    {
        foreach (int multiplier in new[] { 1, 2 })
        {
            Check(new ConvolutionGeometry
            {
                Batch = 2,
                Height = 9,
                Width = 11,
                Channels = channels,
                Groups = channels,
                OutputChannels = channels * multiplier,
                FilterHeight = filter,
                FilterWidth = filter,
                StrideHeight = stride,
                StrideWidth = stride,
                PadTop = 1,
                PadLeft = 2,
                PadRight = 1,
            }, new Random(5));
        }
    }

    [Theory]
    [InlineData(8, 28, 1, 32, 3, 1, 0)]
    [InlineData(4, 13, 32, 64, 3, 1, 0)]
    [InlineData(2, 16, 32, 32, 3, 1, 1)]
    [InlineData(2, 16, 16, 32, 3, 2, 1)]
    [InlineData(3, 7, 40, 64, 1, 1, 0)]
    [InlineData(3, 8, 16, 32, 1, 2, 0)]
    [InlineData(1, 6, 300, 70, 3, 1, 1)]
    [InlineData(2, 5, 96, 160, 3, 1, 1)]
    public void Agrees_with_the_reference_for_usual_sizes(int batch, int size, int channels, int outputs, int filter, int stride, int pad)
    {
        Check(new ConvolutionGeometry
        {
            Batch = batch,
            Height = size,
            Width = size,
            Channels = channels,
            OutputChannels = outputs,
            FilterHeight = filter,
            FilterWidth = filter,
            StrideHeight = stride,
            StrideWidth = stride,
            PadTop = pad,
            PadBottom = pad,
            PadLeft = pad,
            PadRight = pad,
        }, new Random(6));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    public void Agrees_with_the_reference_for_few_channels(int few, int stride)
    {
        ConvolutionGeometry outputs = new()
        {
            Batch = 2,
            Height = 7,
            Width = 15,
            Channels = 40,
            OutputChannels = few,
            FilterHeight = 3,
            FilterWidth = 4,
            StrideHeight = stride,
            StrideWidth = stride,
            DilationWidth = 2,
            PadTop = 1,
            PadLeft = 2,
            PadRight = 5,
        };
        Check(outputs, new Random(12));
        Check(outputs with { Channels = few, OutputChannels = 40 }, new Random(13));
        Check(outputs with { Channels = 48 }, new Random(14));
    }

    [Fact]
    public void An_empty_batch_gives_nothing_and_a_zero_filter_gradient() =>
        Check(new ConvolutionGeometry { Batch = 0, Height = 5, Width = 5, Channels = 3, FilterHeight = 3, FilterWidth = 3, OutputChannels = 10 }, new Random(7));

    [Fact]
    public void A_filter_larger_than_the_image_gives_zero_gradients() =>
        Check(new ConvolutionGeometry { Batch = 2, Height = 2, Width = 5, Channels = 3, FilterHeight = 3, FilterWidth = 3, OutputChannels = 10 }, new Random(7));

    [Theory]
    [InlineData(1, 20)]
    [InlineData(1, 1)]
    [InlineData(6, 6)]
    public void NaN_and_infinity_spread_as_in_the_reference_and_padding_contributes_nothing(int groups, int outputs)
    {
        ConvolutionGeometry g = new()
        {
            Batch = 2,
            Height = 6,
            Width = 15,
            Channels = 6,
            FilterHeight = 3,
            FilterWidth = 3,
            OutputChannels = outputs,
            PadTop = 1,
            PadLeft = 2,
            PadBottom = 2,
            PadRight = 1,
            Groups = groups,
        };
        Random random = new(8);
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        foreach (float value in special)
        {
            Operands o = new(g, random);
            o.X[random.Next(o.XCount)] = value;
            o.DY[random.Next(o.YCount)] = value;
            o.W[random.Next(o.WCount)] = value;
            Check(g, o);
        }
    }

    [Fact]
    public void Bits_do_not_depend_on_the_number_of_threads()
    {
        ConvolutionGeometry g = new()
        {
            Batch = 24,
            Height = 13,
            Width = 13,
            Channels = 32,
            FilterHeight = 3,
            FilterWidth = 3,
            OutputChannels = 64,
            PadTop = 1,
            PadBottom = 1,
        };
        Random random = new(9);
        Operands o = new(g, random);
        foreach (float[] values in new[] { o.X, o.W, o.DY })
        {
            for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle() - 0.5f;
        }

        float[][] first = o.Run(g, Pools.OfThreads(1));
        foreach (WorkerPool pool in new[] { Pools.OfThreads(2), Pools.OfThreads(3) })
        {
            float[][] again = o.Run(g, pool);
            for (int i = 0; i < first.Length; i++) AssertSame(first[i], again[i], $"result {i}");
        }
    }

    [Fact]
    public void The_epilogue_sees_every_finished_pixel_once()
    {
        foreach ((int groups, int outputs) in new[] { (1, 70), (1, 1), (2, 12), (12, 12) })
        {
            ConvolutionGeometry g = new()
            {
                Batch = 2,
                Height = 5,
                Width = 14,
                Channels = 12,
                FilterHeight = 3,
                FilterWidth = 3,
                OutputChannels = outputs,
                PadLeft = 1,
                Groups = groups,
            };
            SimdLevels.ForEach(level =>
            {
                Operands o = new(g, new Random(10));
                float[] plain = Room(o.YCount), changed = Room(o.YCount);
                Convolution.Forward(g, P(o.X), P(o.W), P(plain), P(o.Bias), relu: true, null, Pools.OfThreads(2));
                Convolution.Forward(g, P(o.X), P(o.W), P(changed), P(o.Bias), relu: true, new AddPlace(g.OutputChannels), Pools.OfThreads(2));
                for (int i = 0; i < o.YCount; i++) plain[i] += i;
                AssertSame(plain, changed, $"{groups} groups, {outputs} outputs, {level}");
            });
        }
    }

    [Fact]
    public void A_call_allocates_nothing_after_the_first()
    {
        ConvolutionGeometry g = new() { Batch = 2, Height = 9, Width = 9, Channels = 20, FilterHeight = 3, FilterWidth = 3, OutputChannels = 40, PadTop = 1 };
        Operands o = new(g, new Random(11));
        float[] y = Room(o.YCount), dx = Room(o.XCount), dw = Room(o.WCount);
        long before = 0;
        for (int i = 0; i < 3; i++)
        {
            if (i == 2) before = GC.GetAllocatedBytesForCurrentThread();
            Convolution.Forward(g, P(o.X), P(o.W), P(y), P(o.Bias), relu: true, null, Pools.OfThreads(1));
            Convolution.BackwardInput(g, P(o.DY), P(o.W), P(dx), Pools.OfThreads(1));
            Convolution.BackwardFilter(g, P(o.X), P(o.DY), P(dw), Pools.OfThreads(1));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Check(ConvolutionGeometry g, Random random) => Check(g, new Operands(g, random));

    private static void Check(ConvolutionGeometry g, Operands o)
    {
        WindowShape shape = g.ToShape();
        Assert.Equal(shape.OutputCount, g.OutputHeight * g.OutputWidth);
        float[] y = Room(o.YCount), dx = Room(o.XCount), dw = Room(o.WCount);
        ConvolutionReference.Forward(shape, g.Batch, g.Channels, g.OutputChannels, g.Groups, P(o.X), P(o.W), P(y), P(o.Bias));
        ConvolutionReference.BackwardInput(shape, g.Batch, g.Channels, g.OutputChannels, g.Groups, P(o.DY), P(o.W), P(dx));
        ConvolutionReference.BackwardFilter(shape, g.Batch, g.Channels, g.OutputChannels, g.Groups, P(o.X), P(o.DY), P(dw));
        float[] rectified = Room(o.YCount);
        for (int i = 0; i < o.YCount; i++) rectified[i] = y[i] < 0 ? 0 : y[i];
        SimdLevels.ForEach(level =>
        {
            float[][] results = o.Run(g, Pools.OfThreads(2));
            AssertSame(y, results[0], $"forward {level} {g}");
            AssertSame(rectified, results[1], $"forward relu {level} {g}");
            AssertSame(dx, results[2], $"backward input {level} {g}");
            AssertSame(dw, results[3], $"backward filter {level} {g}");
        });
    }

    private static float* P(float[] pinned) => (float*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private sealed class Operands
    {
        public Operands(ConvolutionGeometry g, Random random)
        {
            XCount = g.Batch * g.Height * g.Width * g.Channels;
            WCount = g.FilterHeight * g.FilterWidth * g.GroupChannels * g.OutputChannels;
            YCount = g.Batch * g.OutputHeight * g.OutputWidth * g.OutputChannels;
            X = Integers(random, XCount);
            W = Integers(random, WCount);
            DY = Integers(random, YCount);
            Bias = Integers(random, g.OutputChannels);
        }

        public int XCount { get; }

        public int WCount { get; }

        public int YCount { get; }

        public float[] X { get; }

        public float[] W { get; }

        public float[] DY { get; }

        public float[] Bias { get; }

        public float[][] Run(ConvolutionGeometry g, WorkerPool pool)
        {
            float[] y = Room(YCount), rectified = Room(YCount), dx = Room(XCount), dw = Room(WCount);
            Convolution.Forward(g, P(X), P(W), P(y), P(Bias), relu: false, null, pool);
            Convolution.Forward(g, P(X), P(W), P(rectified), P(Bias), relu: true, null, pool);
            Convolution.BackwardInput(g, P(DY), P(W), P(dx), pool);
            Convolution.BackwardFilter(g, P(X), P(DY), P(dw), pool);
            return [y, rectified, dx, dw];
        }
    }

    private sealed class AddPlace(int channels) : ConvolutionEpilogue
    {
        public override void Apply(float* y, nint pixelIndex, int channel, int count)
        {
            for (int i = 0; i < count; i++) y[i] += (pixelIndex * channels) + channel + i;
        }
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using NKeras.Engine.Cpu;

namespace NKeras.Benchmarks;

/// <summary>
/// Measures convolution and pooling kernels on one thread and prints one JSON object per line: the best of several
/// runs in milliseconds, and for convolutions GFLOP/s and the ratio to the core's measured multiply-add peak.
/// A word among the arguments picks the lines whose name contains it.
/// </summary>
internal static unsafe class ConvolutionBenchmark
{
    private static string s_filter = "";
    private static double s_seconds = 0.5;
    private static double s_peak;
    private static WorkerPool s_pool = new(1);

    /// <summary>Runs the measurements.</summary>
    public static void Run(BenchmarkOptions options)
    {
        s_pool = new WorkerPool(options.Threads);
        s_seconds = options.Seconds / 2;
        s_filter = options.Words.FirstOrDefault() ?? "";
        const int Iterations = 20_000_000;
        for (int i = 0; i < 4; i++) s_peak = Math.Max(s_peak, s_pool.ThreadCount * FmaPeak.Flops(Iterations) / FmaPeak.Measure(s_pool, Iterations) / 1e9);
        Console.WriteLine(FormattableString.Invariant($"{{\"simd\":\"{Simd.Level}\",\"threads\":{s_pool.ThreadCount},\"peak_gflops\":{s_peak:F1}}}"));
        Measure("mnist.conv1", Square(128, 28, 1, 32, 3));
        Measure("mnist.conv2", Square(128, 13, 32, 64, 3));
        Measure("resnet.32x32x16", Square(64, 32, 16, 16, 3, pad: 1));
        Measure("resnet.16x16x32", Square(64, 16, 32, 32, 3, pad: 1));
        Measure("resnet.8x8x64", Square(64, 8, 64, 64, 3, pad: 1));
        Measure("resnet.stride2", Square(64, 32, 16, 32, 3, stride: 2, pad: 1));
        Measure("resnet.1x1", Square(64, 16, 64, 64, 1));
        Measure("resnet.1x1.stride2", Square(64, 16, 32, 64, 1, stride: 2));
        Measure("resnet.stem", Square(4, 112, 3, 64, 7, stride: 2, pad: 3));
        Measure("vgg.14x14x512", Square(1, 14, 512, 512, 3, pad: 1));
        Measure("ten.outputs", Square(64, 16, 32, 10, 3, pad: 1));
        Measure("one.output", Square(64, 28, 32, 1, 3, pad: 1));
        Measure("three.outputs", Square(64, 28, 32, 3, 3, pad: 1));
        Measure("depthwise", Square(64, 16, 64, 64, 3, pad: 1) with { Groups = 64 });
        Measure("depthwise.twice", Square(64, 16, 64, 128, 3, pad: 1) with { Groups = 64 });
        Measure("depthwise.rgb", Square(64, 32, 3, 24, 3, pad: 1) with { Groups = 3 });
        Measure("groups.4", Square(64, 16, 64, 64, 3, pad: 1) with { Groups = 4 });
        Measure("groups.16", Square(64, 16, 64, 64, 3, pad: 1) with { Groups = 16 });
        Measure("sequence", Sequence(64, 256, 64, 64, 3));
        Measure("sequence.depthwise", Sequence(64, 256, 64, 64, 7) with { Groups = 64 });
        MeasurePooling("mnist.pool1", 128, 26, 32);
        MeasurePooling("mnist.pool2", 128, 11, 64);
    }

    private static ConvolutionGeometry Square(int batch, int size, int channels, int outputs, int filter, int stride = 1, int pad = 0) => new()
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
    };

    private static ConvolutionGeometry Sequence(int batch, int steps, int channels, int outputs, int filter) => Square(batch, steps, channels, outputs, filter, pad: filter / 2) with
    {
        Height = 1,
        FilterHeight = 1,
        PadTop = 0,
        PadBottom = 0,
    };

    private static void Measure(string name, ConvolutionGeometry g)
    {
        if (!name.Contains(s_filter, StringComparison.Ordinal)) return;
        float* x = Buffer((nint)g.Batch * g.Height * g.Width * g.Channels), dx = Buffer((nint)g.Batch * g.Height * g.Width * g.Channels);
        float* y = Buffer((nint)g.Batch * g.OutputHeight * g.OutputWidth * g.OutputChannels);
        float* dy = Buffer((nint)g.Batch * g.OutputHeight * g.OutputWidth * g.OutputChannels);
        float* w = Buffer((nint)g.FilterHeight * g.FilterWidth * g.GroupChannels * g.OutputChannels);
        float* dw = Buffer((nint)g.FilterHeight * g.FilterWidth * g.GroupChannels * g.OutputChannels);
        float* bias = Buffer(g.OutputChannels);
        double flops = 2.0 * g.Batch * CountTaps(g.Rows) * CountTaps(g.Columns) * g.GroupChannels * g.OutputChannels;
        Report(name + ".forward", flops, () => Convolution.Forward(g, x, w, y, bias, true, null, s_pool));
        Report(name + ".backward_input", flops, () => Convolution.BackwardInput(g, dy, w, dx, s_pool));
        Report(name + ".backward_filter", flops, () => Convolution.BackwardFilter(g, x, dy, dw, s_pool));
        foreach (nint buffer in new[] { (nint)x, (nint)dx, (nint)y, (nint)dy, (nint)w, (nint)dw, (nint)bias }) NativeMemory.AlignedFree((void*)buffer);
    }

    // Taps that read data, not padding, over all outputs of an axis: only those are work.
    private static long CountTaps(WindowAxis axis)
    {
        AxisPlan plan = AxisPlan.Forward(axis);
        long count = 0;
        for (int i = 0; i < plan.Outputs; i++)
        {
            plan.ValidTaps(i, out int first, out int end);
            count += Math.Max(0, end - first);
        }

        return count;
    }

    private static void MeasurePooling(string name, int batch, int size, int channels)
    {
        if (!name.Contains(s_filter, StringComparison.Ordinal)) return;
        PoolingGeometry g = new()
        {
            Batch = batch,
            Height = size,
            Width = size,
            Channels = channels,
            WindowHeight = 2,
            WindowWidth = 2,
            StrideHeight = 2,
            StrideWidth = 2,
        };
        float* x = Buffer((nint)batch * size * size * channels), dx = Buffer((nint)batch * size * size * channels);
        float* y = Buffer((nint)batch * g.OutputHeight * g.OutputWidth * channels), dy = Buffer((nint)batch * g.OutputHeight * g.OutputWidth * channels);
        Report(name + ".max.forward", 0, () => MaxPooling.Forward(g, x, y, s_pool));
        Report(name + ".max.backward", 0, () => MaxPooling.Backward(g, dy, x, y, dx, s_pool));
        Report(name + ".average.forward", 0, () => AveragePooling.Forward(g, x, y, s_pool));
        Report(name + ".average.backward", 0, () => AveragePooling.Backward(g, dy, dx, s_pool));
        foreach (nint buffer in new[] { (nint)x, (nint)dx, (nint)y, (nint)dy }) NativeMemory.AlignedFree((void*)buffer);
    }

    private static void Report(string name, double flops, Action body)
    {
        List<double> times = [];
        for (Stopwatch total = Stopwatch.StartNew(); total.Elapsed.TotalSeconds < s_seconds || times.Count < 5;)
        {
            long start = Stopwatch.GetTimestamp();
            body();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        double best = times[0], gflops = flops / best * 1e-6;
        string rate = flops == 0 ? "" : FormattableString.Invariant($",\"gflops\":{gflops:F1},\"of_peak\":{gflops / s_peak:F2}");
        Console.WriteLine(FormattableString.Invariant($"{{\"name\":\"{name}\",\"ms\":{best:F3},\"median_ms\":{times[times.Count / 2]:F3}{rate}}}"));
    }

    private static float* Buffer(nint count)
    {
        float* buffer = (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)) + 64, 64);
        Random random = new(1);
        for (nint i = 0; i < count; i++) buffer[i] = random.NextSingle() - 0.5f;
        return buffer;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NKeras.Engine.Cpu;

namespace NKeras.Benchmarks;

/// <summary>
/// Measures convolution and pooling kernels on one thread and prints one JSON object per line: the best of several
/// runs in milliseconds, and for convolutions GFLOP/s and the ratio to the core's measured multiply-add peak.
/// Arguments, all optional: a part of the names to run, <c>threads=N</c>, <c>seconds=S</c> per line.
/// </summary>
internal static unsafe class ConvolutionBenchmark
{
    private static string s_filter = "";
    private static double s_seconds = 0.5;
    private static double s_peak;
    private static WorkerPool s_pool = new(1);

    /// <summary>Runs the measurements.</summary>
    public static void Run(string[] args)
    {
        foreach (string arg in args)
        {
            if (arg.StartsWith("threads=", StringComparison.Ordinal)) s_pool = new WorkerPool(int.Parse(arg[8..], CultureInfo.InvariantCulture));
            else if (arg.StartsWith("seconds=", StringComparison.Ordinal)) s_seconds = double.Parse(arg[8..], CultureInfo.InvariantCulture);
            else s_filter = arg;
        }

        for (int i = 0; i < 4; i++) s_peak = Math.Max(s_peak, MeasurePeak());
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
        Measure("depthwise", Square(64, 16, 64, 64, 3, pad: 1) with { Groups = 64 });
        MeasurePooling("mnist.pool1", 128, 26, 32);
        MeasurePooling("mnist.pool2", 128, 11, 64);
    }

    private static ConvolutionGeometry Square(int batch, int size, int channels, int outputs, int filter, int stride = 1, int pad = 0) => new()
    {
        Batch = batch, Height = size, Width = size, Channels = channels, OutputChannels = outputs, FilterHeight = filter,
        FilterWidth = filter, StrideHeight = stride, StrideWidth = stride, PadTop = pad, PadBottom = pad, PadLeft = pad, PadRight = pad,
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
            Batch = batch, Height = size, Width = size, Channels = channels, WindowHeight = 2, WindowWidth = 2, StrideHeight = 2, StrideWidth = 2,
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

    private static double MeasurePeak()
    {
        const int Passes = 500_000, Chains = 12;
        double best = 0;
        for (int i = 0; i < 15; i++)
        {
            long start = Stopwatch.GetTimestamp();
            int width = Simd.Level switch
            {
                SimdLevel.Avx512 => Chain<SimdOps512, Vector512<float>>(Passes),
                SimdLevel.Avx2 => Chain<SimdOps256, Vector256<float>>(Passes),
                _ => Chain<SimdOps128, Vector128<float>>(Passes),
            };
            best = Math.Max(best, 2.0 * Passes * Chains * width / Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return best;
    }

    // Twelve independent sums: more than latency times units of any core so far.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Chain<TOps, TVector>(int passes)
        where TOps : struct, ISimdOps<TVector>
        where TVector : struct
    {
        TVector a = TOps.Broadcast(0.5f), b = TOps.Broadcast(0.25f);
        TVector s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (int i = 0; i < passes; i++)
        {
            s0 = TOps.MultiplyAdd(s0, a, b);
            s1 = TOps.MultiplyAdd(s1, a, b);
            s2 = TOps.MultiplyAdd(s2, a, b);
            s3 = TOps.MultiplyAdd(s3, a, b);
            s4 = TOps.MultiplyAdd(s4, a, b);
            s5 = TOps.MultiplyAdd(s5, a, b);
            s6 = TOps.MultiplyAdd(s6, a, b);
            s7 = TOps.MultiplyAdd(s7, a, b);
            s8 = TOps.MultiplyAdd(s8, a, b);
            s9 = TOps.MultiplyAdd(s9, a, b);
            s10 = TOps.MultiplyAdd(s10, a, b);
            s11 = TOps.MultiplyAdd(s11, a, b);
        }

        float* sink = stackalloc float[TOps.Width];
        TOps.Store(sink, TOps.Add(TOps.Add(TOps.Add(s0, s1), TOps.Add(s2, s3)), TOps.Add(TOps.Add(s4, s5), TOps.Add(s6, s7))));
        TOps.Store(sink, TOps.Add(TOps.Add(s8, s9), TOps.Add(s10, s11)));
        return TOps.Width;
    }
}

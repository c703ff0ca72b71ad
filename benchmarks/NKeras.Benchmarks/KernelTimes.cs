using System.Diagnostics;
using System.Globalization;
using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;

namespace NKeras.Benchmarks;

/// <summary>Shows which kernels a step spends its time in.</summary>
internal static class KernelTimes
{
    /// <summary>Runs a step for some seconds and prints each kernel's share and time, in the order they run.</summary>
    public static void Print(Action step, double seconds)
    {
        KernelProfile profile = new();
        KernelProfile.Current = profile;
        long start = Stopwatch.GetTimestamp();
        do step();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        KernelProfile.Current = null;

        double total = profile.Times.Sum(k => k.Seconds);
        foreach ((Kernel kernel, double time) in profile.Times)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time / total,6:P1} {time * 1e6,10:F1} us  {Describe(kernel)}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{1,6:P0} {total * 1e6,10:F1} us"));
    }

    private static string Describe(Kernel kernel) => kernel.Node is not { } node
        ? kernel.GetType().Name
        : $"{node.Primitive.Name} {List(node.Outputs)} from {List(node.Inputs)}";

    private static string List(Value[] values) => string.Join(' ', values.Select(v => v.Spec));
}

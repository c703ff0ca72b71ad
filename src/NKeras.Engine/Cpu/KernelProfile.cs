using System.Diagnostics;

namespace NKeras.Engine.Cpu;

/// <summary>How long the kernels of programs take. Without a profile, a run costs one look at <see cref="Current"/>.</summary>
internal sealed unsafe class KernelProfile
{
    private readonly Dictionary<Kernel, List<long>> _ticks = [];
    private readonly List<Kernel> _order = [];

    /// <summary>What programs report to; null, as it is but in benchmarks, for nothing. Only one program may run then.</summary>
    public static KernelProfile? Current { get; set; }

    /// <summary>The kernels in the order of their first run, with the seconds that only a tenth of the runs stayed below.</summary>
    /// <remarks>A low rank, unlike the median, hardly depends on what else the machine is doing.</remarks>
    public IEnumerable<(Kernel Kernel, double Seconds)> Times => _order.Select(kernel =>
    {
        long[] ticks = [.. _ticks[kernel].Order()];
        return (kernel, ticks[ticks.Length / 10] / (double)Stopwatch.Frequency);
    });

    /// <summary>Runs kernels and keeps their times.</summary>
    public void Run(Kernel[] kernels, void** slots, WorkerPool pool)
    {
        foreach (Kernel kernel in kernels)
        {
            if (!_ticks.TryGetValue(kernel, out List<long>? times))
            {
                _ticks[kernel] = times = [];
                _order.Add(kernel);
            }

            long start = Stopwatch.GetTimestamp();
            kernel.Run(slots, pool);
            times.Add(Stopwatch.GetTimestamp() - start);
        }
    }
}

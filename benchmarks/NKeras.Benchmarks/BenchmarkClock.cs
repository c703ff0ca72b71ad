using System.Diagnostics;

namespace NKeras.Benchmarks;

/// <summary>
/// Times a piece of work. With one thread that is the processor time of the process, which leaves out the moments in
/// which a shared machine ran something else; with several it is wall time.
/// </summary>
internal readonly struct BenchmarkClock
{
    private readonly long _wall;
    private readonly TimeSpan _processor;
    private readonly bool _single;

    private BenchmarkClock(bool single)
    {
        _single = single;
        _processor = single ? Environment.CpuUsage.TotalTime : default;
        _wall = Stopwatch.GetTimestamp();
    }

    /// <summary>Starts the clock.</summary>
    public static BenchmarkClock Start(int threads) => new(threads == 1);

    /// <summary>Seconds since the start.</summary>
    /// <remarks>Never more than wall time: the processor time may come in coarser steps.</remarks>
    public double Seconds
    {
        get
        {
            double wall = Stopwatch.GetElapsedTime(_wall).TotalSeconds;
            double processor = _single ? (Environment.CpuUsage.TotalTime - _processor).TotalSeconds : 0;
            return processor > 0 ? Math.Min(wall, processor) : wall;
        }
    }
}

namespace NKeras.Engine.Cpu;

/// <summary>The process-wide team of threads.</summary>
internal static class CpuThreads
{
    private static WorkerPool? s_pool;

    /// <summary>The team; as many threads as processors unless <see cref="SetCount"/> or <c>NKERAS_NUM_THREADS</c> says otherwise.</summary>
    public static WorkerPool Pool => Volatile.Read(ref s_pool) ?? Start();

    /// <summary>Replaces the team. Results do not depend on the number.</summary>
    public static void SetCount(int threads)
    {
        WorkerPool? old = Interlocked.Exchange(ref s_pool, new WorkerPool(threads));
        old?.Stop();
    }

    private static WorkerPool Start()
    {
        int threads = int.TryParse(Environment.GetEnvironmentVariable("NKERAS_NUM_THREADS"), out int asked) && asked > 0 ? asked : Environment.ProcessorCount;
        WorkerPool pool = new(threads);
        if (Interlocked.CompareExchange(ref s_pool, pool, null) is not { } other) return pool;
        pool.Stop();
        return other;
    }
}

using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>
/// A fixed team of threads that runs the parts of one kernel. The calling thread works too, so a pool of one thread
/// starts none.
/// </summary>
/// <remarks>
/// Parts are handed out one at a time from a shared counter, so which thread runs a part is not fixed; how a kernel is
/// split into parts must depend on sizes only, never on <see cref="ThreadCount"/>, so that results have the same bits
/// for any number of threads. Running allocates nothing.
/// </remarks>
internal sealed unsafe class WorkerPool
{
    private const int SpinsBeforeParking = 2_000;

    private readonly Worker[] _workers;
    private readonly object _gate = new();

    // The work in progress. Written by the caller before the generation is raised, read by the workers after.
    private delegate*<void*, int, void> _body;
    private void* _context;
    private int _parts;
    private int _next;
    private int _running;
    private Exception? _failure;
    private volatile bool _stopped;

    [ThreadStatic]
    private static bool t_insideRun;

    /// <summary>Starts a pool in which <paramref name="threadCount"/> threads (the caller's included) work.</summary>
    public WorkerPool(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        ThreadCount = threadCount;
        _workers = new Worker[threadCount - 1];
        for (int i = 0; i < _workers.Length; i++)
            _workers[i] = new Worker(this, i);
    }

    /// <summary>The number of threads that run parts, the calling thread included.</summary>
    public int ThreadCount { get; }

    /// <summary>Calls <paramref name="body"/> once for each part number below <paramref name="parts"/>, and returns when all are done.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="body">A static method that is given the context and the part number.</param>
    /// <param name="context">What the body works on; usually the address of a struct on the caller's stack.</param>
    public void Run(int parts, delegate*<void*, int, void> body, void* context)
    {
        // A nested call (a kernel inside a kernel's part), a single part or a single thread needs no team. A second
        // caller that finds the team busy runs its parts itself instead of waiting: concurrent predictions each keep a core.
        if (parts <= 1 || _workers.Length == 0 || t_insideRun || !Monitor.TryEnter(_gate))
        {
            for (int i = 0; i < parts; i++) body(context, i);
            return;
        }

        try
        {
            if (_stopped)
            {
                for (int i = 0; i < parts; i++) body(context, i);
                return;
            }

            t_insideRun = true;
            _body = body;
            _context = context;
            _parts = parts;
            _failure = null;
            int helpers = Math.Min(_workers.Length, parts - 1);
            Volatile.Write(ref _next, 0);
            Volatile.Write(ref _running, helpers);
            for (int i = 0; i < helpers; i++) _workers[i].Wake();
            RunParts();
            SpinWait spin = default;
            while (Volatile.Read(ref _running) != 0) spin.SpinOnce(sleep1Threshold: -1);
            if (_failure is { } failure) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
        finally
        {
            t_insideRun = false;
            Monitor.Exit(_gate);
        }
    }

    /// <summary>Ends the threads once they are idle. A later <see cref="Run"/> works on the calling thread alone.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            foreach (Worker worker in _workers) worker.Wake();
        }
    }

    private void RunParts()
    {
        try
        {
            int part;
            while ((part = Interlocked.Increment(ref _next) - 1) < _parts) _body(_context, part);
        }
        catch (Exception e)
        {
            _failure = e;
            Volatile.Write(ref _next, _parts);
        }
    }

    private sealed class Worker
    {
        private readonly WorkerPool _pool;
        private readonly SemaphoreSlim _signal = new(0);
        private int _tickets;
        private int _parked;

        public Worker(WorkerPool pool, int index)
        {
            _pool = pool;
            new Thread(Loop) { IsBackground = true, Name = $"NKeras worker {index + 1}" }.Start();
        }

        public void Wake()
        {
            Interlocked.Increment(ref _tickets);
            if (Volatile.Read(ref _parked) != 0) _signal.Release();
        }

        private void Loop()
        {
            t_insideRun = true;
            while (true)
            {
                AwaitTicket();
                if (_pool._stopped) return;
                _pool.RunParts();
                Interlocked.Decrement(ref _pool._running);
            }
        }

        private void AwaitTicket()
        {
            for (int i = 0; i < SpinsBeforeParking; i++)
            {
                if (TryTakeTicket()) return;
                Thread.SpinWait(8);
            }

            while (true)
            {
                Interlocked.Exchange(ref _parked, 1);
                if (TryTakeTicket())
                {
                    Volatile.Write(ref _parked, 0);
                    return;
                }

                _signal.Wait();
                Volatile.Write(ref _parked, 0);
                if (TryTakeTicket()) return;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private bool TryTakeTicket()
        {
            if (Volatile.Read(ref _tickets) == 0) return false;
            Interlocked.Decrement(ref _tickets); // Only this worker takes its tickets, so none can vanish in between.
            return true;
        }
    }
}

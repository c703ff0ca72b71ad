using System.Runtime.ExceptionServices;

namespace NKeras.Engine.Cpu;

/// <summary>
/// A fixed team of threads that runs the parts of one kernel. The calling thread works too, so a pool of one thread
/// starts none.
/// </summary>
/// <remarks>
/// Parts are claimed one at a time, so which thread runs a part is not fixed; how a kernel is split into parts must depend
/// on sizes only, never on <see cref="ThreadCount"/>, so that results have the same bits for any number of threads.
/// The caller waits for parts, not for threads: a worker that the system wakes late holds nobody up. Running allocates
/// nothing.
/// </remarks>
internal sealed unsafe class WorkerPool
{
    private const int SpinsBeforeParking = 2_000;
    private const int Closed = int.MaxValue;

    private readonly Worker[] _workers;
    private readonly object _gate = new();

    // The work in progress. Written before _claims opens, and unchanged until every claimed part is finished.
    private delegate*<void*, int, void> _body;
    private void* _context;
    private int _parts;
    private int _unfinished;
    private Exception? _failure;

    // The number of the run above, the next part to claim below; Closed between runs. Changed by compare-and-swap only,
    // so that a worker that looked during an earlier run can claim nothing of a later one.
    private long _claims = Closed;
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
            t_insideRun = true;
            _body = body;
            _context = context;
            _parts = parts;
            _failure = null;
            _unfinished = parts;
            Volatile.Write(ref _claims, ((_claims >> 32) + 1) << 32); // Opens the run: everything above is visible first.
            int helpers = _stopped ? 0 : Math.Min(_workers.Length, parts - 1);
            for (int i = 0; i < helpers; i++) _workers[i].Wake();
            RunParts();
            SpinWait spin = default;
            while (Volatile.Read(ref _unfinished) != 0) spin.SpinOnce(sleep1Threshold: -1);
            if (_failure is { } failure) ExceptionDispatchInfo.Throw(failure);
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
        while (TryClaim(out int part))
        {
            try
            {
                _body(_context, part);
            }
            catch (Exception e)
            {
                _failure = e;
            }

            Interlocked.Decrement(ref _unfinished);
        }
    }

    private bool TryClaim(out int part)
    {
        while (true)
        {
            long seen = Volatile.Read(ref _claims);
            part = (int)seen;
            if (part == Closed) return false;
            // The last claim closes the run, so that the fields can be rewritten once its parts are finished.
            bool last = part == _parts - 1;
            long next = last ? (seen & ~0xFFFFFFFFL) | Closed : seen + 1;
            if (Interlocked.CompareExchange(ref _claims, next, seen) == seen) return true;
        }
    }

    private sealed class Worker
    {
        private readonly WorkerPool _pool;
        private readonly SemaphoreSlim _signal = new(0);
        private int _wanted;
        private int _parked;

        public Worker(WorkerPool pool, int index)
        {
            _pool = pool;
            new Thread(Loop) { IsBackground = true, Name = $"NKeras worker {index + 1}" }.Start();
        }

        public void Wake()
        {
            Interlocked.Exchange(ref _wanted, 1);
            if (Interlocked.Exchange(ref _parked, 0) != 0) _signal.Release();
        }

        private void Loop()
        {
            t_insideRun = true;
            while (true)
            {
                AwaitWork();
                if (_pool._stopped) return;
                _pool.RunParts();
            }
        }

        private void AwaitWork()
        {
            for (int i = 0; i < SpinsBeforeParking; i++)
            {
                if (Volatile.Read(ref _wanted) != 0 && Interlocked.Exchange(ref _wanted, 0) != 0) return;
                Thread.SpinWait(8);
            }

            // Parked is announced before the last look: a caller that wakes in between sees it and signals.
            Interlocked.Exchange(ref _parked, 1);
            while (Interlocked.Exchange(ref _wanted, 0) == 0) _signal.Wait();
            Volatile.Write(ref _parked, 0);
        }
    }
}

using System.Collections;
using System.Runtime.ExceptionServices;

namespace NKeras.Training;

/// <summary>
/// Items that threads make ahead of the one who takes them, in the order of their positions, each made once. An exception is thrown where
/// its item would have come, and is the end.
/// </summary>
/// <remarks>
/// Threads of its own do the work, so that a full thread pool, on which the taker may run, cannot keep them from it. When the enumerator ends, fails,
/// is cancelled or disposed, the workers are told to stop and waited for: nothing of the user's runs afterwards. Only code that does not
/// come back is left alone after a while, and what it gives in the end is dropped; otherwise it would keep the taker for ever.
/// </remarks>
internal sealed class OrderedWorkers<T> : IEnumerator<T>
    where T : class
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_patienceIfCancelled = TimeSpan.FromSeconds(0.5);

    private readonly Func<int, CancellationToken, T?> _make;
    private readonly Action? _finish;
    private readonly int _workers;
    private readonly int _ahead;
    private readonly CancellationToken _token;
    private readonly TimeSpan? _patience;
    private readonly List<Thread> _threads = [];
    private CancellationTokenSource? _stopping;
    private CancellationTokenRegistration _wakeUp;

    // What follows is guarded by the gate, and every change of it pulses.
    private readonly object _gate = new();
    private readonly Dictionary<int, Outcome> _made = [];
    private Exception? _finishing;
    private int _claimed;
    private int _taken;
    private int _end = int.MaxValue;
    private int _running;
    private bool _waiting;
    private bool _stopped;

    /// <summary>Prepares the work; it begins when the first item is asked for.</summary>
    /// <param name="make">Makes the item of a position, from 0; null behind the last. It is told when nobody needs it any more.</param>
    /// <param name="workers">How many threads make items.</param>
    /// <param name="ahead">How many items may be made, or begun, before they are asked for.</param>
    /// <param name="token">Cancels.</param>
    /// <param name="finish">What is left to do when no worker runs any more.</param>
    /// <param name="patience">How long workers are waited for that do not stop.</param>
    public OrderedWorkers(Func<int, CancellationToken, T?> make, int workers, int ahead, CancellationToken token, Action? finish = null, TimeSpan? patience = null) =>
        (_make, _workers, _ahead, _token, _finish, _patience) = (make, Math.Min(workers, Math.Max(1, ahead)), ahead, token, finish, patience);

    /// <inheritdoc/>
    public T Current { get; private set; } = null!;

    object IEnumerator.Current => Current;

    // While the taker waits, the item that he waits for may be made even if none may be made ahead.
    private int Limit => (int)Math.Min(int.MaxValue, (long)_taken + Math.Max(_ahead, _waiting ? 1 : 0));

    private bool CanClaim => _claimed < Limit;

    private bool IsOver => _stopped || _token.IsCancellationRequested || _claimed >= _end;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (_stopped) return false;
        Outcome? next = null;
        bool goesOn = false;
        try
        {
            _token.ThrowIfCancellationRequested();
            if (_stopping == null) Start();
            next = Take();
            _token.ThrowIfCancellationRequested();
            goesOn = next is { Error: null };
        }
        finally
        {
            if (!goesOn) Stop();
        }

        next?.Error?.Throw();
        Current = next?.Item!;
        return goesOn;
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    /// <inheritdoc/>
    public void Reset() => throw new NotSupportedException("What workers have made cannot be taken again.");

    private void Start()
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(_token);
        _wakeUp = _token.UnsafeRegister(static self => ((OrderedWorkers<T>)self!).WakeUp(), this);
        _running = _workers;
        try
        {
            while (_threads.Count < _workers)
            {
                Thread thread = new(Work) { IsBackground = true, Name = "NKeras data" };
                thread.Start();
                _threads.Add(thread);
            }
        }
        catch
        {
            for (int i = _threads.Count; i < _workers; i++) Leave();
            throw;
        }
    }

    /// <summary>Waits for the next item; null if there is none or nobody wants it.</summary>
    private Outcome? Take()
    {
        lock (_gate)
        {
            _waiting = true;
            Monitor.PulseAll(_gate);
            Outcome? next;
            while (!_made.Remove(_taken, out next) && _taken < _end && !_token.IsCancellationRequested) Monitor.Wait(_gate);
            _waiting = false;
            if (next != null) _taken++;
            Monitor.PulseAll(_gate);
            return next;
        }
    }

    private void Work()
    {
        while (Claim() is { } position)
        {
            Outcome? outcome;
            try
            {
                outcome = _make(position, _stopping!.Token) is { } item ? new Outcome(item, null) : null;
            }
            catch (Exception e)
            {
                outcome = new Outcome(null, ExceptionDispatchInfo.Capture(e));
            }

            lock (_gate)
            {
                if (outcome is not { Error: null }) _end = Math.Min(_end, outcome == null ? position : position + 1);
                if (outcome != null && !_stopped) _made[position] = outcome;
                Monitor.PulseAll(_gate);
            }
        }

        Leave();
    }

    private int? Claim()
    {
        lock (_gate)
        {
            while (!IsOver && !CanClaim) Monitor.Wait(_gate);
            return IsOver ? null : _claimed++;
        }
    }

    /// <summary>The last worker to leave finishes: nobody may be waiting for it any more.</summary>
    private void Leave()
    {
        lock (_gate)
        {
            if (_running > 1)
            {
                _running--;
                return;
            }
        }

        Exception? error = null;
        try
        {
            _finish?.Invoke();
        }
        catch (Exception e)
        {
            error = e;
        }

        lock (_gate)
        {
            (_running, _finishing) = (0, error);
            Monitor.PulseAll(_gate);
        }
    }

    private void Stop()
    {
        if (_stopped) return;
        lock (_gate)
        {
            _stopped = true;
            _made.Clear();
            Monitor.PulseAll(_gate);
        }

        Current = null!;
        if (_stopping == null) return;
        try
        {
            _stopping.Cancel();
        }
        finally
        {
            if (WaitForWorkers()) _stopping.Dispose();
            _wakeUp.Dispose();
        }

        if (_finishing is { } error) ExceptionDispatchInfo.Throw(error);
    }

    private bool WaitForWorkers()
    {
        lock (_gate)
        {
            long start = Environment.TickCount64;
            while (_running > 0)
            {
                TimeSpan patience = _patience ?? (_token.IsCancellationRequested ? s_patienceIfCancelled : s_patience);
                TimeSpan left = patience - TimeSpan.FromMilliseconds(Environment.TickCount64 - start);
                if (left <= TimeSpan.Zero) return false;
                Monitor.Wait(_gate, left);
            }
        }

        foreach (Thread thread in _threads) thread.Join();
        return true;
    }

    private void WakeUp()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private sealed record Outcome(T? Item, ExceptionDispatchInfo? Error);
}

namespace NKeras.Callbacks;

/// <summary>The callbacks of one call of <c>Fit</c> or its kin: the user's, the progress bar and the history.</summary>
internal sealed class CallbackList
{
    private readonly List<Callback> _callbacks;
    private readonly ProgbarLogger? _bar;
    private readonly bool _users;

    public CallbackList(Model model, IReadOnlyList<Callback>? callbacks, CallbackParameters parameters, bool withHistory)
    {
        _callbacks = [.. callbacks ?? []];
        if (_callbacks.Contains(null!)) throw new ArgumentException($"callbacks[{_callbacks.IndexOf(null!)}] is null.", nameof(callbacks));
        _bar = _callbacks.OfType<ProgbarLogger>().FirstOrDefault();
        _users = _callbacks.Any(c => c is not ProgbarLogger and not Callbacks.History);
        if (_bar == null && parameters.Verbose != 0) _callbacks.Add(_bar = new ProgbarLogger());
        History = _callbacks.OfType<History>().FirstOrDefault() ?? new History();
        if (withHistory && !_callbacks.Contains(History)) _callbacks.Add(History);
        foreach (Callback callback in _callbacks)
        {
            callback.SetModel(model);
            callback.SetParams(parameters);
        }
    }

    public History History { get; }

    /// <summary>The callback that is being called, or was called last: the culprit if something goes wrong.</summary>
    public Callback? Current { get; private set; }

    public void Each(Action<Callback> action)
    {
        foreach (Callback callback in _callbacks) action(Current = callback);
    }

    /// <summary>Tells callbacks that the loop ends early, so that they let go of files and the like.</summary>
    public void Abandon()
    {
        foreach (Callback callback in _callbacks) callback.OnAbandoned();
    }

    /// <summary>Before a batch. Nothing happens, and nothing is allocated, without callbacks of the user's.</summary>
    public void BatchBegin(int batch, Action<Callback, int> action)
    {
        if (!_users) return;
        foreach (Callback callback in _callbacks) action(Current = callback, batch);
    }

    /// <summary>After a batch. Scores are read only if someone looks at them.</summary>
    public void BatchEnd(int batch, Func<Dictionary<string, double>?> readLogs, Action<Callback, int, Dictionary<string, double>?> action)
    {
        if (_users || _bar is { IsDue: true })
        {
            Dictionary<string, double>? logs = readLogs();
            foreach (Callback callback in _callbacks) action(Current = callback, batch, logs);
        }
        else if (_bar != null)
        {
            action(Current = _bar, batch, null);
        }
    }
}

using NKeras.Core;

namespace NKeras.Training;

/// <summary>One pass over the elements of a data set, each changed by a function on one of several threads. The source is read by one thread at a time, in order.</summary>
internal sealed class MappedElements(Func<CancellationToken, IEnumerator<Batch>> source, Func<Batch, Batch> map, int pass)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Batch> _read = [];
    private IEnumerator<Batch>? _source;
    private int _next;

    /// <summary>The changed elements.</summary>
    /// <param name="workers">How many threads change them; one is the caller's.</param>
    /// <param name="token">Cancels.</param>
    public IEnumerator<Batch> Read(int workers, CancellationToken token) =>
        workers > 1 ? new OrderedWorkers<Batch>(Make, workers, workers, token, () => _source?.Dispose()) : OneByOne(token);

    private IEnumerator<Batch> OneByOne(CancellationToken token)
    {
        using IEnumerator<Batch> elements = source(token);
        for (int i = 0; elements.MoveNext(); i++) yield return Map(elements.Current, i);
    }

    private Batch? Make(int position, CancellationToken token) => Take(position, token) is { } element ? Map(element, position) : null;

    /// <summary>The source's element at a position; those before it that nobody has asked for yet are kept.</summary>
    private Batch? Take(int position, CancellationToken token)
    {
        lock (_gate)
        {
            _source ??= source(token);
            while (_next <= position && _source.MoveNext()) _read[_next++] = _source.Current;
            return _read.Remove(position, out Batch? element) ? element : null;
        }
    }

    private Batch Map(Batch element, int position) =>
        ElementDraws.Run(pass, position, () => map(element)) ?? throw new InvalidOperationException("The function given to Dataset.Map returned null; it returns the changed element.");
}

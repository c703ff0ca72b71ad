namespace NKeras.Training;

/// <summary>Batches cut from data in memory. Taking one allocates nothing.</summary>
internal sealed class ArrayBatches : BatchSource
{
    private readonly StepSupply _supply;
    private readonly BatchFeed _feed;
    private readonly TrainingStep? _full;
    private readonly TrainingStep? _rest;
    private Tensor[] _current = [];
    private TrainingStep? _step;
    private int _next;
    private int _batch = -1;

    /// <summary>Compiles what is needed, so that a model that cannot be compiled is left as it was.</summary>
    public ArrayBatches(StepSupply supply, BatchFeed feed)
    {
        (_supply, _feed) = (supply, feed);
        if (feed.HasComposites || supply.Eager) return;
        _full = supply.Get(feed.FullSpec, []);
        _rest = feed.RestSpec is { } rest ? supply.Get(rest, []) : null;
    }

    public override int? BatchCount => _feed.BatchCount;

    public override TrainingStep Step => _step!;

    public override ReadOnlySpan<Tensor> Current => _current;

    public override int Rows => _feed.RowsOf(_batch);

    public override void Begin(bool goesOn)
    {
        if (!goesOn) _next = 0;
    }

    public override bool MoveNext()
    {
        if (_next == _feed.BatchCount)
        {
            _next = 0;
            return false;
        }

        if (_next == 0) _feed.Shuffle();
        _batch = _next++;
        _current = _feed.Fill(_batch);
        // Where batches differ in their number of values a step may be compiled now.
        _step = _full == null ? _supply.Get(_feed.SpecOf(_batch), _current) : _feed.IsRest(_batch) ? _rest : _full;
        return true;
    }
}

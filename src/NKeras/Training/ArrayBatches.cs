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
    private int _first;
    private int _pass;
    private int _next;
    private int _batch = -1;

    /// <summary>Compiles what is needed, so that a model that cannot be compiled is left as it was.</summary>
    /// <param name="supply">Gives the steps.</param>
    /// <param name="feed">Cuts the data.</param>
    /// <param name="firstPass">The number of the first pass, on which the order of shuffled data depends.</param>
    public ArrayBatches(StepSupply supply, BatchFeed feed, int firstPass = 0)
    {
        (_supply, _feed, _first) = (supply, feed, firstPass);
        if (feed.HasComposites || supply.Eager) return;
        _full = supply.Find(feed.FullSpec, () => feed.Fill(0));
        _rest = feed.RestSpec is { } rest ? supply.Find(rest, () => feed.Fill(feed.BatchCount - 1)) : null;
    }

    public override int? BatchCount => _feed.BatchCount;

    public override TrainingStep Step => _step!;

    public override ReadOnlySpan<Tensor> Current => _current;

    public override int Rows => _feed.RowsOf(_batch);

    public override DataPosition Position => new(_first, _pass, _next);

    public override void Begin(bool goesOn)
    {
        if (_next == _feed.BatchCount || (_next > 0 && !goesOn)) EndPass();
    }

    public override bool MoveNext()
    {
        if (_next == _feed.BatchCount)
        {
            EndPass();
            return false;
        }

        if (_next == 0) _feed.Shuffle(_first + _pass);
        _batch = _next++;
        _current = _feed.Fill(_batch);
        // Where batches differ in their number of values, or in what functions on the host make of them, a step may be compiled now.
        _step = _full == null ? _supply.Get(_feed.SpecOf(_batch), ref _current) : _feed.IsRest(_batch) ? _rest : _full;
        return true;
    }

    public override void GoTo(DataPosition position, int epochs, bool within)
    {
        if (position.Taken > _feed.BatchCount) throw new ArgumentException($"The data has {_feed.BatchCount} batches, but {position.Taken} were taken of it when the backup was made.");
        (_first, _pass, _next) = position;
        if (_next > 0) _feed.Shuffle(_first + _pass);
    }

    private void EndPass() => (_pass, _next) = (_pass + 1, 0);
}

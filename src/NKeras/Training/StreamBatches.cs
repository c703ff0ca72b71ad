namespace NKeras.Training;

/// <summary>Batches of a data set of the user's. Each is checked when it comes.</summary>
internal sealed class StreamBatches : BatchSource
{
    private readonly BatchStream _stream;
    private readonly StepSupply _supply;
    private readonly Func<Batch, TrainingData> _prepare;
    private readonly LoopPosition _position;
    private readonly CancellationToken _cancellationToken;
    private IEnumerator<Batch>? _pass;
    private int _number;
    private int _taken;
    private int? _seen;
    private bool _peeked;
    private Tensor[] _current = [];
    private TrainingStep? _step;
    private int _rows;

    /// <summary>Prepares to read.</summary>
    /// <param name="stream">The data set.</param>
    /// <param name="supply">Gives the steps.</param>
    /// <param name="prepare">Checks a batch against the model.</param>
    /// <param name="position">Told what is going on.</param>
    /// <param name="cancellationToken">Ends the wait for a batch.</param>
    public StreamBatches(BatchStream stream, StepSupply supply, Func<Batch, TrainingData> prepare, LoopPosition position, CancellationToken cancellationToken) =>
        (_stream, _supply, _prepare, _position, _cancellationToken) = (stream, supply, prepare, position, cancellationToken);

    // A data set that does not know its length has the length of the last pass.
    public override int? BatchCount => _stream.BatchCount ?? _seen;

    public override TrainingStep Step => _step!;

    public override ReadOnlySpan<Tensor> Current => _current;

    public override int Rows => _rows;

    /// <summary>Takes the first batch, which the first pass then begins with: the model may have to be built for it.</summary>
    /// <exception cref="ArgumentException">There is none, or the model does not take it.</exception>
    public void Peek()
    {
        _position.Phase = LoopPhase.Reading;
        _stream.EpochBegins();
        _peeked = MoveNext();
        if (_peeked) return;
        _position.Phase = LoopPhase.Checking;
        throw new ArgumentException("The data set is empty: it gave no batches.", "x");
    }

    public override void Begin(bool goesOn)
    {
        if (_peeked) return;
        _position.Phase = LoopPhase.Reading;
        _stream.EpochBegins();
        if (!goesOn) Restart();
        // Whether the last pass is over shows only when one more batch is asked for.
        if (_taken > 0) _peeked = MoveNext();
    }

    public override bool MoveNext()
    {
        if (_peeked)
        {
            _peeked = false;
            return true;
        }

        LoopPhase phase = _position.Phase;
        _position.Phase = LoopPhase.Reading;
        _pass ??= _stream.Pass(_number, _taken, _cancellationToken);
        if (!_pass.MoveNext())
        {
            _seen = _taken;
            Restart();
            _position.Phase = phase;
            return false;
        }

        Batch? batch = _pass.Current;
        _position.Phase = LoopPhase.Checking;
        if (batch == null) throw new ArgumentException("The data set gave null in place of a batch.", "x");
        _taken++;
        TrainingData data = _prepare(batch);
        BatchFeed? feed = data.HasComposites ? new BatchFeed(data, data.Count, null) : null;
        _current = feed == null ? [.. data.All] : feed.Fill(0);
        _step = _supply.Get(feed?.SpecOf(0) ?? data.Batch(data.Count), _current);
        _rows = data.Count;
        _position.Phase = phase;
        return true;
    }

    public override void End(bool goesOn)
    {
        _position.Phase = LoopPhase.Reading;
        if (!goesOn || _stream.Resumes) Close();
        _stream.EpochEnds();
    }

    public override void Close()
    {
        IEnumerator<Batch>? pass = _pass;
        _pass = null;
        pass?.Dispose();
    }

    private void Restart()
    {
        Close();
        if (_taken > 0) _number++;
        _taken = 0;
    }
}

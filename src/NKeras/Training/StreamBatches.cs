namespace NKeras.Training;

/// <summary>Batches of a data set of the user's. Each is checked when it comes.</summary>
internal sealed class StreamBatches : BatchSource
{
    private readonly BatchStream _stream;
    private readonly StepSupply _supply;
    private readonly Func<Batch, TrainingData> _prepare;
    private readonly LoopPosition _position;
    private readonly CancellationToken _cancellationToken;
    private readonly int? _most;
    private readonly Action<int>? _skip;
    private IEnumerator<Batch>? _pass;
    private int _first;
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
    /// <param name="most">The most batches that are taken in a pass, if not all.</param>
    public StreamBatches(
        BatchStream stream, StepSupply supply, Func<Batch, TrainingData> prepare, LoopPosition position, CancellationToken cancellationToken, int? most = null)
    {
        (_stream, _supply, _prepare, _position, _cancellationToken, _first) = (stream, supply, prepare, position, cancellationToken, stream.FirstPass);
        (_most, _skip) = (most, stream.Mark(whole: most == null));
    }

    // A data set that does not know its length has the length of the last pass.
    public override int? BatchCount => _stream.BatchCount ?? _seen;

    public override TrainingStep Step => _step!;

    public override ReadOnlySpan<Tensor> Current => _current;

    public override int Rows => _rows;

    public override DataPosition Position => new(_first, _number, _taken);

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
        if (!Read())
        {
            _seen = _taken;
            Restart();
            _position.Phase = phase;
            return false;
        }

        Batch? batch = _pass!.Current;
        _position.Phase = LoopPhase.Checking;
        if (batch == null) throw new ArgumentException("The data set gave null in place of a batch.", "x");
        TrainingData data = _prepare(batch);
        BatchFeed? feed = data.HasComposites ? new BatchFeed(data, data.Count, null) : null;
        _current = feed == null ? [.. data.All] : feed.Fill(0);
        _step = _supply.Get(feed?.SpecOf(0) ?? data.Batch(data.Count), ref _current);
        _rows = data.Count;
        _position.Phase = phase;
        return true;
    }

    public override void GoTo(DataPosition position, int epochs, bool within)
    {
        _position.Phase = LoopPhase.Reading;
        // Peek has begun the first epoch.
        bool begun = _peeked;
        for (int i = 0; i < epochs; i++)
        {
            if (i > 0 || !begun) _stream.EpochBegins();
            _stream.EpochEnds();
        }

        if (within && (epochs > 0 || !begun)) _stream.EpochBegins();
        _peeked = false;
        _first = position.First;
        if (_stream.Resumes)
        {
            Close();
            (_number, _taken) = (position.Pass, position.Taken);
            return;
        }

        // What cannot begin anywhere is gone through again.
        if (position.Pass > 0 && _skip != null)
        {
            Close();
            _skip(position.Pass);
            (_number, _taken) = (position.Pass, 0);
        }

        while (_number < position.Pass)
        {
            while (_taken != _most && Read())
            {
            }

            if (_taken == 0) throw RanOut(position);
            Restart();
        }

        while (_taken < position.Taken)
        {
            if (!Read()) throw RanOut(position);
        }
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

    /// <summary>Takes a batch of the data set's as it is.</summary>
    private bool Read()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _pass ??= _stream.Pass(_first + _number, _taken, _cancellationToken);
        if (!_pass.MoveNext()) return false;
        _taken++;
        return true;
    }

    private ArgumentException RanOut(DataPosition position)
    {
        _position.Phase = LoopPhase.Checking;
        return new($"The data set ended after {_taken} batches of pass {_number + 1}; when the backup was made, training was in pass {position.Pass + 1}, after {position.Taken} batches.");
    }

    private void Restart()
    {
        Close();
        if (_taken > 0) _number++;
        _taken = 0;
    }
}

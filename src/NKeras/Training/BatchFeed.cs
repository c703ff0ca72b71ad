using NKeras.Core;
using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Cuts data into batches: copies rows, in order or shuffled, into buffers that every batch of a size shares.</summary>
internal sealed class BatchFeed
{
    private readonly TrainingData _data;
    private readonly int _batchSize;
    private readonly ShuffleOrder? _order;
    private readonly int[] _places;
    private readonly Tensor[] _sources;
    private readonly CompositeRows?[]? _composites;
    private readonly Tensor[] _full;
    private readonly Tensor[] _rest;

    /// <summary>Prepares the buffers.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="batchSize">Rows per batch; the last one may have fewer.</param>
    /// <param name="order">How passes are shuffled; null to keep the order.</param>
    public BatchFeed(TrainingData data, int batchSize, ShuffleOrder? order)
    {
        _data = data;
        _batchSize = Math.Min(batchSize, data.Count);
        _order = order;
        _places = [.. Enumerable.Range(data.Start, data.Count)];
        _sources = [.. data.All];
        if (data.HasComposites) _composites = Array.ConvertAll(_sources, t => t is CompositeTensor composite ? CompositeRows.Of(composite) : null);
        int rest = data.Count % _batchSize;
        _full = Buffers(_batchSize);
        _rest = rest == 0 ? [] : Buffers(rest);
        FullSpec = data.Batch(_batchSize);
        RestSpec = rest == 0 ? null : data.Batch(rest);
        BatchCount = (data.Count + _batchSize - 1) / _batchSize;
    }

    /// <summary>The number of batches in the data.</summary>
    public int BatchCount { get; }

    /// <summary>The shapes of all batches but a smaller last one.</summary>
    public BatchSpec FullSpec { get; }

    /// <summary>The shapes of the last batch if it is smaller.</summary>
    public BatchSpec? RestSpec { get; }

    /// <summary>Whether the data holds sparse or ragged tensors, so that the number of values differs from batch to batch.</summary>
    public bool HasComposites => _composites != null;

    /// <summary>Whether a batch is the smaller last one.</summary>
    public bool IsRest(int batch) => RestSpec != null && batch == BatchCount - 1;

    /// <summary>The number of rows of a batch.</summary>
    public int RowsOf(int batch) => Math.Min(_batchSize, _data.Count - FirstRow(batch));

    /// <summary>The shapes of a batch, in the order of rows that holds now.</summary>
    public BatchSpec SpecOf(int batch)
    {
        BatchSpec spec = IsRest(batch) ? RestSpec!.Value : FullSpec;
        if (_composites == null) return spec;
        CompositeSpec?[] composites = new CompositeSpec?[_composites.Length];
        for (int i = 0; i < composites.Length; i++) composites[i] = _composites[i]?.Spec(Rows(batch));
        return spec with { Composites = composites };
    }

    /// <summary>Puts the rows into the order of a pass, if they are to be shuffled.</summary>
    public void Shuffle(int pass) => _order?.Fill(_places, _data.Start, pass);

    /// <summary>Copies a batch. The tensors are overwritten by the next one of the same size.</summary>
    public Tensor[] Fill(int batch)
    {
        Tensor[] buffers = IsRest(batch) ? _rest : _full;
        ReadOnlySpan<int> rows = Rows(batch);
        for (int i = 0; i < buffers.Length; i++)
        {
            if (buffers[i] is not ConcreteTensor buffer) continue;
            ConcreteTensor source = (ConcreteTensor)_sources[i];
            int row = buffer.Shape.Size / rows.Length;
            if (_order == null) source.CopyElements(rows[0] * row, buffer, 0, buffer.Shape.Size);
            else for (int r = 0; r < rows.Length; r++) source.CopyElements(rows[r] * row, buffer, r * row, row);
        }

        return _composites == null ? buffers : FillComposites(buffers, rows);
    }

    private Tensor[] FillComposites(Tensor[] buffers, ReadOnlySpan<int> rows)
    {
        List<Tensor> parts = [];
        for (int i = 0; i < buffers.Length; i++)
        {
            if (_composites![i] is { } composite) parts.AddRange(composite.Fill(rows));
            else parts.Add(buffers[i]);
        }

        return [.. parts];
    }

    private ReadOnlySpan<int> Rows(int batch)
    {
        int first = FirstRow(batch);
        return _places.AsSpan(first, RowsOf(batch));
    }

    /// <summary>The first row of a batch, counted from the data's first.</summary>
    private int FirstRow(int batch) => batch * _batchSize;

    /// <summary>Room for rows of the dense tensors; what is composite stays in place.</summary>
    private Tensor[] Buffers(int rows)
    {
        TensorSpec[] specs = _data.Batch(rows).All;
        return [.. _sources.Select((t, i) => t is CompositeTensor ? t : ConcreteTensor.Allocate(specs[i]))];
    }
}

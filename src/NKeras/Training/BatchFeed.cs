using NKeras.Engine;

namespace NKeras.Training;

/// <summary>Cuts data into batches: copies rows, in order or shuffled, into buffers that every batch of a size shares.</summary>
internal sealed class BatchFeed
{
    private readonly TrainingData _data;
    private readonly int _batchSize;
    private readonly Random? _random;
    private readonly int[] _order;
    private readonly ConcreteTensor[] _sources;
    private readonly Tensor[] _full;
    private readonly Tensor[] _rest;

    /// <summary>Prepares the buffers.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="batchSize">Rows per batch; the last one may have fewer.</param>
    /// <param name="seed">Where shuffling starts; null to keep the order.</param>
    public BatchFeed(TrainingData data, int batchSize, int? seed)
    {
        _data = data;
        _batchSize = Math.Min(batchSize, data.Count);
        _random = seed is { } s ? new Random(s) : null;
        _order = [.. Enumerable.Range(data.Start, data.Count)];
        _sources = [.. data.All.Cast<ConcreteTensor>()];
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

    /// <summary>Whether a batch is the smaller last one.</summary>
    public bool IsRest(int batch) => RestSpec != null && batch == BatchCount - 1;

    /// <summary>The first row of a batch, counted from the data's first.</summary>
    public int FirstRow(int batch) => batch * _batchSize;

    /// <summary>Puts the rows into a new order (Fisher and Yates), if they are to be shuffled.</summary>
    public void Shuffle() => _random?.Shuffle(_order);

    /// <summary>Copies a batch. The tensors are overwritten by the next one of the same size.</summary>
    public ReadOnlySpan<Tensor> Fill(int batch)
    {
        Tensor[] buffers = IsRest(batch) ? _rest : _full;
        int first = FirstRow(batch), rows = Math.Min(_batchSize, _data.Count - first);
        for (int i = 0; i < buffers.Length; i++)
        {
            Span<byte> from = ((HostStorage)_sources[i].Data).Bytes, to = ((HostStorage)buffers[i].Data).Bytes;
            int row = to.Length / rows;
            if (_random == null)
            {
                from.Slice((_data.Start + first) * row, to.Length).CopyTo(to);
                continue;
            }

            for (int r = 0; r < rows; r++) from.Slice(_order[first + r] * row, row).CopyTo(to[(r * row)..]);
        }

        return buffers;
    }

    private Tensor[] Buffers(int rows) => Array.ConvertAll(_data.Batch(rows).All, s => (Tensor)ConcreteTensor.Allocate(s));
}

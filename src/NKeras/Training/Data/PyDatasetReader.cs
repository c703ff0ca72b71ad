namespace NKeras.Training;

/// <summary>Reads a <see cref="PyDataset"/> epoch by epoch, in order or with the batches shuffled.</summary>
/// <remarks>It calls neither <see cref="PyDataset.OnEpochBegin"/> nor <see cref="PyDataset.OnEpochEnd"/>: who runs epochs does, between passes.</remarks>
/// <param name="data">The data set.</param>
/// <param name="shuffle">Whether every epoch has an order of its own. A data set without end has only one.</param>
/// <param name="seed">What the orders depend on, together with the epoch.</param>
internal sealed class PyDatasetReader(PyDataset data, bool shuffle, int seed)
{
    /// <summary>The number of batches of the next pass, asked of the data set each time; null if it has no end.</summary>
    /// <exception cref="InvalidOperationException">The data set says that there are fewer than none.</exception>
    public int? BatchCount => data.NumBatches is not < 0 and var count ? count : throw new InvalidOperationException($"{Name}: NumBatches is {data.NumBatches}.");

    private string Name => $"{nameof(PyDataset)} '{data.GetType().Name}'";

    /// <summary>The batches of an epoch. None is made before the first is asked for, and no worker is left when it ends or is disposed.</summary>
    /// <param name="epoch">The epoch, which the order depends on.</param>
    /// <param name="token">Ends the pass with an <see cref="OperationCanceledException"/>, also while the data set is at work.</param>
    /// <param name="first">
    /// How many batches of the order are left out. Where an epoch ends before the data does, the next one goes on in the same order with a new pass
    /// from here, so that what was prepared before <see cref="PyDataset.OnEpochEnd"/> is not used.
    /// </param>
    public IEnumerator<Batch> Pass(int epoch, CancellationToken token, int first = 0)
    {
        int? count = BatchCount;
        int[]? order = shuffle && count is { } all ? Order(all, epoch) : null;
        bool worksAhead = data.Workers > 1 || (data.Workers == 1 && data.UseMultiprocessing);
        int workers = Math.Min(data.Workers, Math.Max(1, (count ?? int.MaxValue) - first));
        return workers > 0 ? new OrderedWorkers<Batch>(Get, workers, worksAhead ? data.MaxQueueSize : 0, token) : OnThisThread();

        Batch? Get(int position, CancellationToken cancelled)
        {
            position += first;
            if (position >= count) return null;
            int index = order?[position] ?? position;
            return data.GetBatch(index, cancelled) ?? throw new InvalidOperationException($"{Name}: batch {index} is null.");
        }

        IEnumerator<Batch> OnThisThread()
        {
            for (int i = 0; ; i++)
            {
                token.ThrowIfCancellationRequested();
                if (Get(i, token) is not { } batch) yield break;
                yield return batch;
            }
        }
    }

    private int[] Order(int count, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Shuffling.Shuffle(order, seed, epoch);
        return order;
    }
}

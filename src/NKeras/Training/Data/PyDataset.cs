using System.Collections;

namespace NKeras;

/// <summary>
/// A data set of one's own that gives batches by their number, so that several workers can prepare them ahead of the model
/// (<c>keras.utils.PyDataset</c>). The model sees the batches in the same order, whatever the number of workers.
/// </summary>
/// <remarks>
/// <para>
/// <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c> read it with <see cref="Workers"/> threads; whoever enumerates it reads the batches one
/// after another on his own thread. With more than one worker the indexer is called from several threads at once: it must then depend on
/// its argument only, or look after its state itself.
/// </para>
/// <para>
/// An exception of the indexer reaches the caller of <c>Fit</c> when the model would need the batch. Nothing that was prepared in one epoch
/// is used in another, so <see cref="OnEpochEnd"/> and <see cref="OnEpochBegin"/> may change the data and <see cref="NumBatches"/>; no
/// worker is running then.
/// </para>
/// </remarks>
/// <param name="workers">
/// How many threads prepare batches. One works only while the model waits for it, several work ahead of it. Zero stands for the thread that
/// called <c>Fit</c>, which can then be cancelled between batches only.
/// </param>
/// <param name="useMultiprocessing">Whether one worker works ahead, too. Threads of .NET run in parallel: there are no other processes.</param>
/// <param name="maxQueueSize">How many batches may be prepared before the model has asked for them, the unfinished ones included.</param>
/// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
/// <example><code>
/// sealed class Images(IReadOnlyList&lt;string&gt; files, Tensor labels, int batchSize) : PyDataset(workers: 4)
/// {
///     public override int? NumBatches =&gt; files.Count / batchSize;
///
///     public override Batch this[int index]
///     {
///         get
///         {
///             Range rows = (index * batchSize)..((index + 1) * batchSize);
///             return (Ops.Stack([.. files.Take(rows).Select(Load)]), labels[rows]);
///         }
///     }
///
///     private static Tensor Load(string file) =&gt; …;
/// }
/// </code></example>
// Keras: a Python class stands for the data set of Keras alone; the name is kept all the same.
public abstract class PyDataset(int workers = 1, bool useMultiprocessing = false, int maxQueueSize = 10) : IEnumerable<Batch>
{
    /// <summary>How many threads prepare batches.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public int Workers
    {
        get;
        set => field = NotNegative(nameof(Workers), value);
    } = NotNegative(nameof(workers), workers);

    /// <summary>Whether one worker works ahead of the model.</summary>
    public bool UseMultiprocessing { get; set; } = useMultiprocessing;

    /// <summary>How many batches may be prepared before the model has asked for them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    // Keras: 0 leaves the queue without a bound, which no memory is large enough for.
    public int MaxQueueSize
    {
        get;
        set => field = NotNegative(nameof(MaxQueueSize), value);
    } = NotNegative(nameof(maxQueueSize), maxQueueSize);

    /// <summary>The number of batches; null if they never end. It is read at the beginning of every epoch.</summary>
    public abstract int? NumBatches { get; }

    /// <summary>A batch.</summary>
    /// <param name="index">Its number, from 0.</param>
    public abstract Batch this[int index] { get; }

    /// <summary>A batch, for callers who may lose interest. Calls the indexer; override it to stop early.</summary>
    /// <param name="index">The batch's number, from 0.</param>
    /// <param name="cancellationToken">Cancelled when nobody needs the batch any more: training was cancelled, has ended or has failed.</param>
    public virtual Batch GetBatch(int index, CancellationToken cancellationToken) => this[index];

    /// <summary>Called at the beginning of every epoch.</summary>
    public virtual void OnEpochBegin()
    {
    }

    /// <summary>Called at the end of every epoch, which is where data is shuffled.</summary>
    public virtual void OnEpochEnd()
    {
    }

    /// <summary>The batches one after another; without end if <see cref="NumBatches"/> is null.</summary>
    public IEnumerator<Batch> GetEnumerator()
    {
        int? count = NumBatches;
        for (int i = 0; count is not { } end || i < end; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static int NotNegative(string name, int value) => value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, $"PyDataset: {name} is at least 0, not {value}.");
}

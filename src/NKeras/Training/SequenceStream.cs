namespace NKeras.Training;

/// <summary>A sequence that is gone through once for each pass.</summary>
internal sealed class SequenceStream(IEnumerable<Batch> batches) : BatchStream
{
    public override int? BatchCount => batches switch
    {
        Dataset data => data.Cardinality,
        IReadOnlyCollection<Batch> list => list.Count,
        _ => batches.TryGetNonEnumeratedCount(out int count) ? count : null,
    };

    public override Action<int>? Mark(bool whole) => batches switch
    {
        Dataset data => whole ? data.Mark() : null,
        IReadOnlyCollection<Batch> => _ => { }
        ,
        _ => null,
    };

    public override IEnumerator<Batch> Pass(int number, int first, CancellationToken cancellationToken) => batches switch
    {
        Dataset data => data.Pass(cancellationToken),
        // Whoever may cancel does not wait for an iterator that takes its time: a thread of its own goes through it.
        not IReadOnlyCollection<Batch> when cancellationToken.CanBeCanceled => Dataset.Read(_ => batches.GetEnumerator(), 0, cancellationToken),
        _ => batches.GetEnumerator(),
    };
}

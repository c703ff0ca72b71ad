namespace NKeras.Training;

/// <summary>A sequence that is gone through once for each pass.</summary>
internal sealed class SequenceStream(IEnumerable<Batch> batches) : IBatchStream
{
    public int? BatchCount => batches switch
    {
        IReadOnlyCollection<Batch> { Count: var count } => count,
        _ => batches.TryGetNonEnumeratedCount(out int count) ? count : null,
    };

    public IEnumerator<Batch> Pass(int pass, CancellationToken cancellationToken) => batches.GetEnumerator();
}

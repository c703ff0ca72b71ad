namespace NKeras.Training;

/// <summary>A sequence that is gone through once for each pass.</summary>
internal sealed class SequenceStream(IEnumerable<Batch> batches) : BatchStream
{
    public override int? BatchCount => batches switch
    {
        IReadOnlyCollection<Batch> { Count: var count } => count,
        _ => batches.TryGetNonEnumeratedCount(out int count) ? count : null,
    };

    public override IEnumerator<Batch> Pass(int number, int first, CancellationToken cancellationToken) => batches.GetEnumerator();
}

namespace NKeras.Training;

/// <summary>A <see cref="PyDataset"/>, with its hooks.</summary>
/// <param name="data">The data set.</param>
/// <param name="order">How passes are shuffled; null to keep the order.</param>
internal sealed class PyDatasetStream(PyDataset data, ShuffleOrder? order) : BatchStream
{
    public override int? BatchCount => Reader.BatchCount;

    public override bool Resumes => true;

    public override int FirstPass { get; } = order?.Begin() ?? 0;

    private PyDatasetReader Reader => new(data, order != null, order?.Seed ?? 0);

    public override IEnumerator<Batch> Pass(int number, int first, CancellationToken cancellationToken)
    {
        order?.Begin(number);
        return Reader.Pass(number, cancellationToken, first);
    }

    public override void EpochBegins() => data.OnEpochBegin();

    public override void EpochEnds() => data.OnEpochEnd();
}

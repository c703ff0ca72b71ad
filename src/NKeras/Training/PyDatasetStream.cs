namespace NKeras.Training;

/// <summary>A <see cref="PyDataset"/>, with its hooks.</summary>
internal sealed class PyDatasetStream(PyDataset data, bool shuffle) : BatchStream
{
    private readonly PyDatasetReader _reader = new(data, shuffle, shuffle ? Core.GlobalSeed.Next() : 0);

    public override int? BatchCount => _reader.BatchCount;

    public override bool Resumes => true;

    public override IEnumerator<Batch> Pass(int number, int first, CancellationToken cancellationToken) => _reader.Pass(number, cancellationToken, first);

    public override void EpochBegins() => data.OnEpochBegin();

    public override void EpochEnds() => data.OnEpochEnd();
}

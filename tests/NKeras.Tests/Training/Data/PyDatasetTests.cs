namespace NKeras.Tests.Training.Data;

/// <summary>A data set of one's own: what it is made with, and what enumerating it gives.</summary>
public sealed class PyDatasetTests
{
    [Fact]
    public void SettingsAreKerass()
    {
        PyDataset data = new Squares(3);
        Assert.Equal((1, false, 10), (data.Workers, data.UseMultiprocessing, data.MaxQueueSize));
        data.Workers = 4;
        data.UseMultiprocessing = true;
        data.MaxQueueSize = 2;
        Assert.Equal((4, true, 2), (data.Workers, data.UseMultiprocessing, data.MaxQueueSize));
    }

    [Fact]
    public void NegativeSettingsAreRefused()
    {
        Assert.Contains("workers is at least 0, not -1", Assert.Throws<ArgumentOutOfRangeException>(() => new Squares(3, workers: -1)).Message, StringComparison.Ordinal);
        Squares data = new(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.MaxQueueSize = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Workers = -1);
        Assert.Equal((1, 10), (data.Workers, data.MaxQueueSize));
    }

    [Fact]
    public void EnumeratedItGivesItsBatchesAsOftenAsOneLikes()
    {
        Squares data = new(4);
        for (int i = 0; i < 2; i++) Assert.Equal([0, 1, 4, 9], data.Select(b => b.X[0].Item<int>()));
        Assert.Empty(new Squares(0));
    }

    [Fact]
    public void EnumeratedWithoutEndItGoesOn() => Assert.Equal([0, 1, 4, 9, 16, 25], new Squares(null).Take(6).Select(b => b.X[0].Item<int>()));

    private sealed class Squares(int? count, int workers = 1) : PyDataset(workers)
    {
        public override int? NumBatches => count;

        public override Batch this[int index] => Tensor.From([index * index]);
    }
}

using NKeras.Layers;

namespace NKeras.Tests.Training;

public class DatasetMapTests
{
    private readonly float[,] _x = { { 1 }, { 2 }, { 3 }, { 4 }, { 5 } };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ElementsAreChangedInOrder(int workers)
    {
        Dataset data = Dataset.FromTensorSlices(_x, new float[,] { { 0 }, { 1 }, { 0 }, { 1 }, { 0 } }).Batch(2).Map(b => (b.X[0] * 10, b.Y!), workers);
        Assert.Equal(3, data.Cardinality);
        for (int pass = 0; pass < 2; pass++) Assert.Equal([10, 20, 30, 40, 50], data.SelectMany(b => b.X[0].ToArray<float>()));
        Assert.Equal([0, 1, 0, 1, 0], data.SelectMany(b => b.Y![0].ToArray<float>()));
    }

    [Fact]
    public void ElementsAreBatchedAfterwards()
    {
        Dataset data = Dataset.FromTensorSlices(_x).Map(b => b.X[0] + 1).Batch(5);
        Assert.Equal([5, 1], Assert.Single(data).X[0].Shape);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void RandomLayersDrawTheSameForAnyNumberOfThreads(int workers)
    {
        float[] one = Noise(1, out _), several = Noise(workers, out float[] secondPass);
        Assert.Equal(one, several);
        Assert.Equal(one.Length, one.Distinct().Count());
        Assert.Empty(one.Intersect(secondPass));

        float[] Noise(int count, out float[] second)
        {
            Dataset data = Dataset.FromTensorSlices(new float[40, 1]).Batch(1).Map(new GaussianNoise(1, seed: 7), training: true, numParallelCalls: count);
            float[] first = [.. data.SelectMany(b => b.X[0].ToArray<float>())];
            second = [.. data.SelectMany(b => b.X[0].ToArray<float>())];
            return first;
        }
    }

    [Fact]
    public void DrawsOfOneElementDiffer()
    {
        SeedGenerator seed = new(3);
        Tensor[] drawn = [.. Dataset.FromTensorSlices(_x).Map(_ => new Batch([RandomOps.Uniform([4], seed: seed), RandomOps.Uniform([4], seed: seed)])).SelectMany(b => b.X)];
        Assert.Equal(40, drawn.SelectMany(t => t.ToArray<float>()).Distinct().Count());
    }

    [Fact]
    public void AnExceptionComesWhereItsElementWould()
    {
        foreach (int workers in (int[])[1, 2])
        {
            using IEnumerator<Batch> pass = Dataset.FromTensorSlices(_x).Map(b => b.X[0].Item<float>() == 3 ? throw new FormatException("three") : b, workers).GetEnumerator();
            Assert.True(pass.MoveNext());
            Assert.True(pass.MoveNext());
            Assert.Equal("three", Assert.Throws<FormatException>(() => pass.MoveNext()).Message);
        }
    }

    [Fact]
    public void TheSourceIsReadAsFarAsNeeded()
    {
        int read = 0;
        IEnumerable<Batch> Endless()
        {
            while (true)
            {
                read++;
                yield return (Tensor)new float[] { 1 };
            }
        }

        using (IEnumerator<Batch> pass = Dataset.From(Endless()).Map(b => b, numParallelCalls: 2).GetEnumerator()) Assert.True(pass.MoveNext());
        Assert.InRange(read, 1, 5);
    }

    [Fact]
    public void BadArgumentsAreRefused()
    {
        Dataset data = Dataset.FromTensorSlices(_x);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Map(b => b, numParallelCalls: 0));
        Assert.Contains("null", Assert.Throws<InvalidOperationException>(() => data.Map(_ => null!).Count()).Message);
    }
}

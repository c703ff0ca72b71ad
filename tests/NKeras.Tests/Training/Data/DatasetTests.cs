namespace NKeras.Tests.Training.Data;

/// <summary>Data sets are enumerated as often as one likes, and their operations do what tf.data's of the same name do.</summary>
[Collection(NamesCollection.Name)]
public sealed class DatasetTests
{
    private static readonly Tensor s_ten = Ops.Arange(10);

    [Fact]
    public void TensorsAreCutIntoSamples()
    {
        Tensor x = Tensor.From(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
        Dataset data = Dataset.FromTensorSlices(x, new int[] { 7, 8, 9 }, new float[] { 0.5f, 1, 2 });
        Assert.Equal(3, data.Cardinality);
        Batch[] samples = [.. data];
        Assert.Equal(3, samples.Length);
        Assert.Equal([3f, 4f], samples[1].X[0].ToArray<float>());
        Assert.Equal((new Shape([2]), Shape.Scalar, Shape.Scalar), (samples[1].X[0].Shape, samples[1].Y![0].Shape, samples[1].SampleWeight![0].Shape));
        Assert.Equal((8, 1f), (samples[1].Y![0].Item<int>(), samples[1].SampleWeight![0].Item<float>()));
    }

    [Fact]
    public void StructuresStayAsTheyAre()
    {
        Dataset data = Dataset.FromTensorSlices(new() { ["a"] = s_ten, ["b"] = Ops.Ones([10, 2, 3]) }, [s_ten, s_ten]).Batch(4);
        Batch last = data.Last();
        Assert.Equal(["a", "b"], last.X.Names);
        Assert.Equal(new Shape([2, 2, 3]), last.X["b"].Shape);
        Assert.Equal(2, last.Y!.Count);
        Assert.Equal([8, 9], last.Y[1].ToArray<int>());
        Assert.Null(last.SampleWeight);
    }

    [Theory]
    [InlineData(4, false, new[] { 4, 4, 2 })]
    [InlineData(4, true, new[] { 4, 4 })]
    [InlineData(5, true, new[] { 5, 5 })]
    [InlineData(10, false, new[] { 10 })]
    [InlineData(11, false, new[] { 10 })]
    [InlineData(11, true, new int[0])]
    public void BatchesHaveTheSizeAskedFor(int size, bool dropRemainder, int[] sizes)
    {
        // Samples cut by number, and samples that somebody gives.
        foreach (Dataset samples in (Dataset[])[Dataset.FromTensorSlices(s_ten), Dataset.From(Stream(10))])
        {
            Dataset data = samples.Batch(size, dropRemainder);
            Assert.Equal(sizes, data.Select(b => b.X[0].Shape[0]!.Value));
            Assert.Equal(Enumerable.Range(0, sizes.Sum()), Numbers(data));
            Assert.Equal(samples.Cardinality == null ? null : sizes.Length, data.Cardinality);
        }
    }

    [Fact]
    public void BatchesOfBatchesHaveTwoAxes() => Assert.Equal(new Shape([2, 5]), Dataset.FromTensorSlices(s_ten).Batch(5).Batch(2).Single().X[0].Shape);

    [Fact]
    public void ElementsThatDifferMakeNoBatch()
    {
        Dataset data = Dataset.From([s_ten, Ops.Arange(11)]).Batch(2);
        ArgumentException error = Assert.Throws<ArgumentException>(() => data.ToArray());
        Assert.Contains("(10,)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(11,)", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Dataset.From([s_ten, (s_ten, s_ten)]).Batch(2).ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ShuffledDataIsInAnotherOrderEachTimeThatDependsOnTheSeed(bool cut)
    {
        Dataset samples = cut ? Dataset.FromTensorSlices(Ops.Arange(50)) : Dataset.From(Stream(50));
        Dataset data = samples.Shuffle(50, seed: 4), same = samples.Shuffle(50, seed: 4), other = samples.Shuffle(50, seed: 5);
        int[] first = Numbers(data), second = Numbers(data);
        Assert.Equal(Enumerable.Range(0, 50), first.Order());
        Assert.Equal(Enumerable.Range(0, 50), second.Order());
        Assert.NotEqual(Enumerable.Range(0, 50), first);
        Assert.NotEqual(first, second);
        Assert.Equal(first, Numbers(same));
        Assert.Equal(second, Numbers(same));
        Assert.NotEqual(first, Numbers(other));
        Dataset still = samples.Shuffle(50, seed: 4, reshuffleEachIteration: false);
        Assert.Equal(Numbers(still), Numbers(still));
    }

    [Fact]
    public void AnElementComesNoEarlierThanItEntersTheBuffer()
    {
        int[] order = Numbers(Dataset.FromTensorSlices(Ops.Arange(200)).Shuffle(8, seed: 1));
        Assert.Equal(Enumerable.Range(0, 200), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 200), order);
        for (int i = 0; i < order.Length; i++) Assert.True(order[i] < i + 8, $"{order[i]} is at place {i}");
        Assert.Equal(Enumerable.Range(0, 200), Numbers(Dataset.FromTensorSlices(Ops.Arange(200)).Shuffle(1, seed: 1)));
    }

    [Fact]
    public void OrdersComeFromTheProgramsSeed()
    {
        int[][] orders = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            Utils.SetRandomSeed(12);
            return Numbers(Dataset.FromTensorSlices(s_ten).Shuffle(10));
        })];
        Assert.Equal(orders[0], orders[1]);
    }

    [Fact]
    public void RepeatedDataIsShuffledAnewEachTime()
    {
        Dataset data = Dataset.FromTensorSlices(s_ten).Shuffle(10, seed: 0).Repeat(3);
        Assert.Equal(30, data.Cardinality);
        int[][] times = [.. Numbers(data).Chunk(10)];
        Assert.All(times, t => Assert.Equal(Enumerable.Range(0, 10), t.Order()));
        Assert.NotEqual(times[0], times[1]);
        // Batches reach over the end of the data.
        Assert.Equal([8, 9, 0, 1], Dataset.FromTensorSlices(s_ten).Repeat(2).Batch(4).ElementAt(2).X[0].ToArray<int>());
    }

    [Fact]
    public void RepeatedWithoutEndItGoesOnUnlessItIsEmpty()
    {
        Dataset data = Dataset.From(Stream(3)).Repeat();
        Assert.Null(data.Cardinality);
        Assert.Equal([0, 1, 2, 0, 1, 2, 0], Numbers(data.Take(7)));
        Assert.Empty(Dataset.From(Stream(0)).Repeat());
        Assert.Empty(Dataset.FromTensorSlices(s_ten).Repeat(0));
    }

    [Fact]
    public void PrefetchedElementsAreComputedOnAnotherThreadInOrder()
    {
        using ManualResetEventSlim ahead = new();
        Thread? thread = null;
        int begun = 0;
        Dataset data = Dataset.From(Source()).Prefetch(2);
        using (IEnumerator<Batch> elements = data.GetEnumerator())
        {
            Assert.True(elements.MoveNext());
            ahead.Wait();
            for (int i = 0; i < 1000; i++) Thread.Yield();
            Assert.Equal(3, begun); // One was taken, two are ready.
        }

        Assert.NotSame(Thread.CurrentThread, thread);
        Assert.False(thread!.IsAlive);
        Assert.Equal(-1, begun);
        Assert.Equal(Enumerable.Range(0, 20), Numbers(data));

        IEnumerable<Batch> Source()
        {
            try
            {
                for (int i = 0; i < 20; i++)
                {
                    thread = Thread.CurrentThread;
                    begun = i + 1;
                    if (i == 2) ahead.Set();
                    yield return Tensor.From([i], Shape.Scalar);
                }
            }
            finally
            {
                begun = -1;
            }
        }
    }

    [Fact]
    public void WhatASourceThrowsComesThroughPrefetch()
    {
        using IEnumerator<Batch> elements = Dataset.From(Source()).Prefetch(5).GetEnumerator();
        Assert.True(elements.MoveNext());
        Assert.True(elements.MoveNext());
        Assert.Equal("third", Assert.Throws<InvalidTimeZoneException>(() => elements.MoveNext()).Message);
        Assert.False(elements.MoveNext());

        static IEnumerable<Batch> Source()
        {
            yield return s_ten;
            yield return s_ten;
            throw new InvalidTimeZoneException("third");
        }
    }

    [Fact]
    public void WhoWaitsForPrefetchedDataCanBeCancelled()
    {
        using CancellationTokenSource cancel = new();
        using ManualResetEventSlim freed = new();
        using IEnumerator<Batch> elements = Dataset.From(Source()).Prefetch(1).Batch(2).Pass(cancel.Token);
        Assert.ThrowsAny<OperationCanceledException>(() => elements.MoveNext());
        freed.Set();

        IEnumerable<Batch> Source()
        {
            yield return s_ten;
            cancel.Cancel();
            freed.Wait();
        }
    }

    [Fact]
    public void SequencesAndPyDatasetsBecomeDatasets()
    {
        Dataset data = Dataset.From([s_ten, s_ten]);
        Assert.Equal(2, data.Cardinality);
        Assert.Same(data, Dataset.From(data));
        Assert.Null(Dataset.From(Stream(3)).Cardinality);
        Assert.Equal(4, Dataset.From(new Fours()).Cardinality);
        Assert.Equal([0, 1, 2, 3], Numbers(Dataset.From(new Fours())));
    }

    [Fact]
    public void MistakesAreRefused()
    {
        Dataset data = Dataset.FromTensorSlices(s_ten);
        Assert.Contains("batchSize is at least 1, not 0", Assert.Throws<ArgumentOutOfRangeException>(() => data.Batch(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Shuffle(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Prefetch(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Repeat(-1));
        Assert.Contains("y has 9 samples (shape (9,)), but x has 10", Assert.Throws<ArgumentException>(() => Dataset.FromTensorSlices(s_ten, Ops.Arange(9))).Message, StringComparison.Ordinal);
        Assert.Contains("x is a scalar", Assert.Throws<ArgumentException>(() => Dataset.FromTensorSlices((Tensor)1f)).Message, StringComparison.Ordinal);
        Assert.Contains("symbolic", Assert.Throws<ArgumentException>(() => Dataset.FromTensorSlices((Tensor)new Input([2]))).Message, StringComparison.Ordinal);
        Assert.Contains("ragged", Assert.Throws<ArgumentException>(() => Dataset.FromTensorSlices(RaggedTensor.FromRows(s_ten, s_ten))).Message, StringComparison.Ordinal);
    }

    internal static int[] Numbers(IEnumerable<Batch> data) => [.. data.SelectMany(b => b.X[0].ToArray<int>())];

    internal static IEnumerable<Batch> Stream(int count)
    {
        for (int i = 0; i < count; i++) yield return Tensor.From([i], Shape.Scalar);
    }

    private sealed class Fours : PyDataset
    {
        public override int? NumBatches => 4;

        public override Batch this[int index] => Tensor.From([index]);
    }
}

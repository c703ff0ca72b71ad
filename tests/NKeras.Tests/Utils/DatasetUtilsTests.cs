namespace NKeras.Tests;

/// <summary>Windows of series and parts of data, by their definitions and Keras's own tests.</summary>
public sealed class DatasetUtilsTests
{
    public static TheoryData<int, int, int, int, int, int?, int?> Windows => new()
    {
        { 100, 9, 1, 1, 5, null, null },
        { 100, 9, 1, 2, 5, null, null },
        { 100, 9, 3, 1, 5, null, null },
        { 100, 9, 3, 2, 5, 10, 90 },
        { 99, 10, 3, 2, 128, null, null },
        { 10, 3, 1, 1, 1, 0, 9 },
        { 10, 1, 9, 9, 4, 2, null },
        { 10, 5, 2, 2, 4, 1, null },
        { 10, 10, 1, 1, 4, null, null },
        { 10, 11, 1, 1, 4, null, null },
        { 50, 20, 20, 1, 2, null, 41 },
    };

    [Theory]
    [MemberData(nameof(Windows))]
    public void WindowsBeginAtEveryStrideAndEndWithinTheData(int steps, int length, int stride, int rate, int batchSize, int? start, int? end)
    {
        Dataset data = Utils.TimeseriesDatasetFromArray(Ops.Arange(steps), Ops.Arange(steps) * 2, length, stride, rate, batchSize, startIndex: start, endIndex: end);
        List<int[]> expected = [];
        for (int at = start ?? 0; at + ((length - 1) * rate) < (end ?? steps); at += stride) expected.Add([.. Enumerable.Range(0, length).Select(i => at + (i * rate))]);
        Batch[] batches = [.. data];
        Assert.Equal((expected.Count + batchSize - 1) / batchSize, batches.Length);
        Assert.Equal(batches.Length, data.Cardinality);
        Assert.All(batches.SkipLast(1), b => Assert.Equal(new Shape([batchSize, length]), b.X[0].Shape));
        Assert.Equal(expected.SelectMany(w => w), batches.SelectMany(b => b.X[0].ToArray<int>()));
        Assert.Equal(expected.Select(w => w[0] * 2), batches.SelectMany(b => b.Y![0].ToArray<int>()));
    }

    [Fact]
    public void TheLastWindowIsThatOfKerassExample()
    {
        // "Last sequence: [78 80 82 84 86 88 90 92 94 96]"
        Batch last = Utils.TimeseriesDatasetFromArray(Ops.Arange(99), null, sequenceLength: 10, samplingRate: 2, sequenceStride: 3).Last();
        Assert.Null(last.Y);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => 78 + (2 * i)), last.X[0].ToArray<int>()[^10..]);
    }

    [Fact]
    public void WindowsWithoutATargetAreLeftOut()
    {
        Tensor data = Ops.Arange(10);
        Batch[] batches = [.. Utils.TimeseriesDatasetFromArray(data, data[3..], sequenceLength: 3, batchSize: 1)];
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], batches.Select(b => b.Y![0].Item<int>()));
        Assert.Equal([3, 4, 5, 6], Utils.TimeseriesDatasetFromArray(data, Ops.Arange(7), 3, startIndex: 3).Single().Y![0].ToArray<int>());
    }

    [Fact]
    public void StepsMayBeVectorsAndWindowsSingle()
    {
        Tensor data = Ops.Reshape(Ops.Arange(40), [10, 2, 2]);
        Dataset windows = Utils.TimeseriesDatasetFromArray(data, null, sequenceLength: 4, batchSize: null);
        Assert.Equal(7, windows.Cardinality);
        Batch third = windows.ElementAt(2);
        Assert.Equal(new Shape([4, 2, 2]), third.X[0].Shape);
        Assert.Equal(Enumerable.Range(8, 16), third.X[0].ToArray<int>());
    }

    [Fact]
    public void ShuffledWindowsKeepTheirTargets()
    {
        Dataset data = Utils.TimeseriesDatasetFromArray(Ops.Arange(50), Ops.Arange(50) * 2, sequenceLength: 5, batchSize: 4, shuffle: true, seed: 123);
        Dataset same = Utils.TimeseriesDatasetFromArray(Ops.Arange(50), Ops.Arange(50) * 2, sequenceLength: 5, batchSize: 4, shuffle: true, seed: 123);
        int[] first = Starts(data), second = Starts(data);
        Assert.Equal(Enumerable.Range(0, 46), first.Order());
        Assert.Equal(Enumerable.Range(0, 46), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(first, Starts(same));

        static int[] Starts(Dataset data)
        {
            List<int> starts = [];
            foreach (Batch batch in data)
            {
                int[] begin = batch.X[0][.., 0].ToArray<int>();
                Assert.Equal(begin.Select(b => b * 2), batch.Y![0].ToArray<int>());
                starts.AddRange(begin);
            }

            return [.. starts];
        }
    }

    public static TheoryData<string, Func<Tensor, Dataset>> Windowless => new()
    {
        { "startIndex", d => Utils.TimeseriesDatasetFromArray(d, null, 3, startIndex: -1) },
        { "startIndex", d => Utils.TimeseriesDatasetFromArray(d, null, 3, startIndex: 11) },
        { "endIndex", d => Utils.TimeseriesDatasetFromArray(d, null, 3, endIndex: -1) },
        { "endIndex", d => Utils.TimeseriesDatasetFromArray(d, null, 3, endIndex: 10) },
        { "endIndex", d => Utils.TimeseriesDatasetFromArray(d, null, 3, startIndex: 5, endIndex: 5) },
        { "samplingRate", d => Utils.TimeseriesDatasetFromArray(d, null, 3, samplingRate: 0) },
        { "samplingRate", d => Utils.TimeseriesDatasetFromArray(d, null, 3, samplingRate: 10) },
        { "sequenceStride", d => Utils.TimeseriesDatasetFromArray(d, null, 3, sequenceStride: 0) },
        { "sequenceStride", d => Utils.TimeseriesDatasetFromArray(d, null, 3, sequenceStride: 10) },
        { "sequenceLength", d => Utils.TimeseriesDatasetFromArray(d, null, 0) },
        { "batchSize", d => Utils.TimeseriesDatasetFromArray(d, null, 3, batchSize: 0) },
        { "format", d => Utils.TimeseriesDatasetFromArray(d, null, 3, format: "invalid") },
    };

    [Theory]
    [MemberData(nameof(Windowless))]
    public void WindowsOutsideOfTheDataAreRefused(string argument, Func<Tensor, Dataset> make) =>
        Assert.Equal(argument, Assert.ThrowsAny<ArgumentException>(() => make(Ops.Arange(10))).ParamName);

    public static TheoryData<SplitSize?, SplitSize?, int, int> Sizes => new()
    {
        { 0.2, 0.8, 20, 80 },
        { 0.2, null, 20, 80 },
        { null, 0.3, 70, 30 },
        { 20, null, 20, 80 },
        { null, 1, 99, 1 },
        { 10, 0.5, 10, 50 },
        { 0.125, 0.125, 12, 12 }, // Python rounds halves to even numbers.
        { 0.135, null, 14, 86 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void PartsAreTheFirstAndTheLastSamples(SplitSize? leftSize, SplitSize? rightSize, int left, int right)
    {
        Tensor x = Ops.Arange(100);
        foreach ((Dataset first, Dataset last) in ((Dataset, Dataset)[])[Utils.SplitDataset(x, leftSize, rightSize), Utils.SplitDataset(Stream(100), leftSize, rightSize)])
        {
            Assert.Equal((left, right), (first.Cardinality, last.Cardinality));
            Assert.Equal(Enumerable.Range(0, left), Numbers(first));
            Assert.Equal(Enumerable.Range(100 - right, right), Numbers(last));
        }
    }

    [Fact]
    public void InputsTargetsAndWeightsStayTogether()
    {
        Tensor x = Ops.Arange(10);
        (Dataset left, Dataset right) = Utils.SplitDataset((x, x * 2), leftSize: 0.7, shuffle: true, seed: 3);
        Batch[] samples = [.. left, .. right];
        Assert.All(samples, s => Assert.Equal(s.X[0].Item<int>() * 2, s.Y![0].Item<int>()));
        Assert.NotEqual(Enumerable.Range(0, 10), Numbers(samples));
        Assert.Equal(Enumerable.Range(0, 10), Numbers(samples).Order());
        Assert.Equal(Numbers(left), Numbers(Utils.SplitDataset([x, x], leftSize: 0.7, shuffle: true, seed: 3).Left));
        Assert.Equal([7, 8, 9], Utils.SplitDataset([x, x, x], rightSize: 3).Right.Select(b => b.SampleWeight![0].Item<int>()));
        Assert.Equal(["a", "b"], Utils.SplitDataset(new Dictionary<string, Tensor> { ["a"] = x, ["b"] = x }, 5).Left.First().X.Names);
    }

    [Fact]
    public void BatchesAreDividedBySamplesAndPutTogetherAgain()
    {
        Dataset batches = Dataset.FromTensorSlices(Ops.Arange(10)).Batch(4);
        (Dataset left, Dataset right) = Utils.SplitDataset(batches, leftSize: 0.6);
        Assert.Equal([4, 2], left.Select(b => b.X[0].Shape[0]!.Value));
        Assert.Equal([4], right.Select(b => b.X[0].Shape[0]!.Value));
        Assert.Equal(Enumerable.Range(0, 10), Numbers([.. left, .. right]));
    }

    public static TheoryData<Action<Tensor>> Indivisible =>
    [
        x => Utils.SplitDataset(x),
        x => Utils.SplitDataset(x, leftSize: 0),
        x => Utils.SplitDataset(x, leftSize: 10),
        x => Utils.SplitDataset(x, leftSize: 1.0),
        x => Utils.SplitDataset(x, leftSize: -0.2),
        x => Utils.SplitDataset(x, rightSize: 1.2),
        x => Utils.SplitDataset(x, rightSize: -1),
        x => Utils.SplitDataset(x, leftSize: 0.6, rightSize: 0.6),
        x => Utils.SplitDataset(x, leftSize: 6, rightSize: 6),
        x => Utils.SplitDataset(x, leftSize: 0.01),
        x => Utils.SplitDataset(x, leftSize: 0.99),
        x => Utils.SplitDataset((x, x[..9]), leftSize: 0.5),
        x => Utils.SplitDataset([x, x, x, x], leftSize: 0.5),
        x => Utils.SplitDataset(x[..0], leftSize: 0.5),
        _ => Utils.SplitDataset((Batch[])[], leftSize: 0.5),
    ];

    [Theory]
    [MemberData(nameof(Indivisible))]
    public void PartsThatAreNoneAreRefused(Action<Tensor> split) => Assert.ThrowsAny<ArgumentException>(() => split(Ops.Arange(10)));

    private static int[] Numbers(IEnumerable<Batch> data) => [.. data.SelectMany(b => b.X[0].ToArray<int>())];

    private static IEnumerable<Batch> Stream(int count)
    {
        for (int i = 0; i < count; i++) yield return Tensor.From([i], Shape.Scalar);
    }
}

namespace NKeras.Tests;

public sealed class DigitsTests
{
    [Fact]
    public void The_digits_come_as_images_and_labels()
    {
        var ((xTrain, yTrain), (xTest, yTest)) = Datasets.Digits.LoadData();
        Assert.Equal(new Shape([1437, 8, 8]), xTrain.Shape);
        Assert.Equal(new Shape([1437]), yTrain.Shape);
        Assert.Equal(new Shape([360, 8, 8]), xTest.Shape);
        Assert.Equal(new Shape([360]), yTest.Shape);
        Assert.All([xTrain, yTrain, xTest, yTest], t => Assert.Same(DType.UInt8, t.DType));
        Assert.Equal(16, xTrain.ToArray<byte>().Max());
        Assert.Equal(Enumerable.Range(0, 10).Select(d => (byte)d), yTrain.ToArray<byte>().Distinct().Order());
    }

    [Fact]
    public void Every_sample_is_there_once_whatever_the_split()
    {
        string[] all = Samples(0, 113);
        Assert.Equal(1797, all.Length);
        Assert.Equal(all.Order(StringComparer.Ordinal), Samples(0.35, 5).Order(StringComparer.Ordinal));
        // The first line of the file, whose image and label must stay together.
        Assert.Contains("0: 0 0 5 13 9 1 0 0 0 0 13 15 10 15 5 0 0 3 15 2 0 11 8 0 0 4 12 0 0 8 8 0 0 5 8 0 0 9 8 0 0 4 11 0 1 12 7 0 0 2 14 5 10 12 0 0 0 0 6 13 10 0 0 0", all);
    }

    [Fact]
    public void The_seed_alone_chooses_the_order()
    {
        Assert.Equal(Samples(0.2, 113), Samples(0.5, 113));
        Assert.NotEqual(Samples(0.2, 113), Samples(0.2, 114));
        // The order must never change: results that people compare depend on it.
        Assert.Equal([7, 9, 6, 5, 0, 0, 8, 8, 7, 8, 5, 5], Datasets.Digits.LoadData().Train.Y.ToArray<byte>()[..12]);
    }

    [Fact]
    public void A_split_of_zero_leaves_the_test_set_empty()
    {
        var (_, (x, y)) = Datasets.Digits.LoadData(testSplit: 0);
        Assert.Equal(new Shape([0, 8, 8]), x.Shape);
        Assert.Equal(new Shape([0]), y.Shape);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Other_splits_are_refused(double testSplit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Datasets.Digits.LoadData(testSplit));

    private static string[] Samples(double testSplit, int seed)
    {
        var ((xTrain, yTrain), (xTest, yTest)) = Datasets.Digits.LoadData(testSplit, seed);
        byte[] labels = [.. yTrain.ToArray<byte>(), .. yTest.ToArray<byte>()];
        return [.. xTrain.ToArray<byte>().Concat(xTest.ToArray<byte>()).Chunk(64).Select((image, i) => $"{labels[i]}: {string.Join(' ', image)}")];
    }
}

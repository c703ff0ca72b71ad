using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Training on a <see cref="PyDataset"/>.</summary>
[Collection(NamesCollection.Name)]
public sealed class PyDatasetFitTests
{
    private static readonly (Tensor X, Tensor Y) s_data = FitTests.Line(20);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void AnyNumberOfWorkersTrainsAsArraysDo(int workers)
    {
        (Model a, Model b) = (Linear(), Linear());
        b.SetWeights(a.GetWeights());
        History expected = a.Fit(s_data.X, s_data.Y, batchSize: 4, epochs: 3, shuffle: false, verbose: 0, validationData: s_data, validationBatchSize: 4);
        Rows rows = new(workers), validation = new(workers);
        History actual = b.Fit(rows, epochs: 3, shuffle: false, verbose: 0, validationData: validation);
        Assert.Equal(expected["loss"], actual["loss"]);
        Assert.Equal(expected["val_loss"], actual["val_loss"]);
        Assert.Equal(["begin", "end", "begin", "end", "begin", "end"], rows.Calls);
        Assert.Equal(rows.Calls, validation.Calls);
        Assert.Equal((double)a.Evaluate(s_data.X, s_data.Y, batchSize: 4, verbose: 0), (double)b.Evaluate(rows, verbose: 0));
        Assert.Equal(a.Predict(s_data.X, verbose: 0).ToArray<float>(), b.Predict(rows, verbose: 0).ToArray<float>());
    }

    [Fact]
    public void ShuffledBatchesComeOncePerEpochInAnOrderThatTheSeedDecides()
    {
        // On the caller's thread batches are asked for in their order.
        Rows first = new(0), second = new(0), other = new(0);
        foreach ((Rows rows, int seed) in new[] { (first, 5), (second, 5), (other, 6) })
        {
            Utils.SetRandomSeed(seed);
            Linear().Fit(rows, epochs: 4, verbose: 0);
        }

        foreach (int[] epoch in first.Order.Chunk(5)) Assert.Equal([0, 1, 2, 3, 4], epoch.Order());
        Assert.True(first.Order.Chunk(5).Select(e => string.Join(' ', e)).Distinct().Count() > 1);
        Assert.Equal(first.Order, second.Order);
        Assert.NotEqual(first.Order, other.Order);
    }

    [Fact]
    public void EpochsOfGivenLengthGoOn()
    {
        Rows rows = new(0);
        Linear().Fit(rows, epochs: 4, shuffle: false, verbose: 0, stepsPerEpoch: 2);
        // A pass that ends with an epoch begins again with the next; one that ends within it ends it.
        Assert.Equal([0, 1, 2, 3, 4, 0, 1], rows.Order);
    }

    [Fact]
    public void DataThatShrinksEndsEpochsEarlier()
    {
        Rows rows = new(2) { Shrinks = true };
        History history = Linear().Fit(rows, epochs: 3, verbose: 0);
        Assert.Equal(5 + 4 + 3, rows.Order.Count);
        Assert.Equal(3, history.Epoch.Count);
    }

    private static Model Linear()
    {
        Sequential model = new([new Input([2]), new Dense(1)]);
        model.Compile(new SGD(0.1), "mse");
        return model;
    }

    private sealed class Rows(int workers) : PyDataset(workers)
    {
        private int _count = 5;

        public bool Shrinks { get; init; }

        public List<string> Calls { get; } = [];

        public List<int> Order { get; } = [];

        public override int? NumBatches => _count;

        public override Batch this[int index]
        {
            get
            {
                lock (Order) Order.Add(index);
                return (s_data.X[(4 * index)..(4 * index + 4)], s_data.Y[(4 * index)..(4 * index + 4)]);
            }
        }

        public override void OnEpochBegin() => Calls.Add("begin");

        public override void OnEpochEnd()
        {
            Calls.Add("end");
            if (Shrinks) _count--;
        }
    }
}

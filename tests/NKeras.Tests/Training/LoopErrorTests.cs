using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>What goes wrong in the middle of training is reported once, with epoch and batch, and leaves the model as the last step left it.</summary>
public sealed class LoopErrorTests
{
    private static readonly (Tensor X, Tensor Y) s_data = FitTests.Line(12);

    [Theory]
    [InlineData("epoch begin", 1, null)]
    [InlineData("batch begin", 1, 2)]
    [InlineData("batch end", 1, 2)]
    [InlineData("test batch", 1, 1)]
    [InlineData("epoch end", 1, null)]
    public void CallbacksThatThrowAreNamed(string moment, int epoch, int? batch)
    {
        Model model = Trained();
        Boom boom = new();
        Faulty faulty = new(moment, boom);
        TrainingException error = Assert.Throws<TrainingException>(() => model.Fit(s_data.X, s_data.Y, batchSize: 4, epochs: 3, verbose: 0, validationData: s_data, validationBatchSize: 6, callbacks: [faulty]));
        Assert.Same(boom, error.InnerException);
        Assert.Equal((epoch, batch), (error.Epoch, error.Batch));
        Assert.Contains("callback Faulty threw Boom: broken", error.Message, StringComparison.Ordinal);
        Assert.Contains("epoch 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(moment == "test batch", error.Message.Contains("validation", StringComparison.Ordinal));
        if (batch != null) Assert.Contains($"batch {batch + 1}", error.Message, StringComparison.Ordinal);
        Assert.True(faulty.Abandoned);
        model.Fit(s_data.X, s_data.Y, verbose: 0);
    }

    [Fact]
    public void DataSetsThatThrowAreReported()
    {
        Model model = Trained();
        float[]? between = null;
        int pass = 0;
        Boom boom = new();
        TrainingException error = Assert.Throws<TrainingException>(() => model.Fit(Batches(), epochs: 2, verbose: 0));
        Assert.Same(boom, error.InnerException);
        Assert.Equal((1, 2), (error.Epoch, error.Batch));
        Assert.Contains("epoch 2, batch 3: the data set threw Boom: broken", error.Message, StringComparison.Ordinal);
        Assert.Equal(between, model.GetWeights()[0].ToArray<float>());

        IEnumerable<Batch> Batches()
        {
            pass++;
            for (int i = 0; i < 3; i++)
            {
                if (pass == 2 && i == 2)
                {
                    between = model.GetWeights()[0].ToArray<float>();
                    throw boom;
                }

                yield return s_data;
            }
        }
    }

    [Fact]
    public void LayersThatThrowAreReportedWithTheBatchThatRanThem()
    {
        Sequential model = new([new Input([2]), new Dense(1), new FaultyLayer(x => x.Shape[0] == 12)]);
        model.Compile("sgd", "mse");
        TrainingException first = Assert.Throws<TrainingException>(() => model.Fit(s_data.X, s_data.Y, batchSize: 12, verbose: 0));
        Assert.Equal((0, 0), (first.Epoch, first.Batch));
        Assert.IsType<Boom>(first.InnerException);

        // Eagerly, each batch runs the layer's code, which may look at numbers.
        model = new Sequential([new Input([2]), new Dense(1, kernelInitializer: "ones"), new FaultyLayer(x => x.Shape[0] == 12 && x.ToArray<float>().Any(v => Math.Abs(v) > 50))]);
        model.Compile(new SGD(0), "mse", runEagerly: true);
        TrainingException third = Assert.Throws<TrainingException>(() => model.Fit([s_data, s_data, (s_data.X * 100.0, s_data.Y)], verbose: 0));
        Assert.Equal((0, 2), (third.Epoch, third.Batch));
        Assert.Contains("epoch 1, batch 3: the model threw Boom", third.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CancellingEndsTrainingBetweenSteps()
    {
        Model model = Trained();
        using CancellationTokenSource source = new();
        Stopper stopper = new(source, 4);
        Assert.Throws<OperationCanceledException>(() => model.Fit(s_data.X, s_data.Y, batchSize: 4, epochs: 100, verbose: 0, shuffle: false, callbacks: [stopper], cancellationToken: source.Token));
        Assert.Equal(5, stopper.Batches);
        Assert.Equal(5, model.Optimizer.Iterations.ToArray<int>()[0]);
        Assert.Throws<OperationCanceledException>(() => model.Evaluate(s_data.X, s_data.Y, verbose: 0, cancellationToken: source.Token));
        Assert.Throws<OperationCanceledException>(() => model.Predict(s_data.X, verbose: 0, cancellationToken: source.Token));
        model.Fit(s_data.X, s_data.Y, verbose: 0);
    }

    [Fact]
    public async Task CancellingEndsTheWaitForABatch()
    {
        Model model = Trained();
        using CancellationTokenSource source = new();
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), disposed = new(TaskCreationOptions.RunContinuationsAsynchronously), release = new();
        Task fit = Task.Run(() => model.Fit(Waiting(), epochs: 2, verbose: 0, cancellationToken: source.Token));
        await reached.Task;
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fit);
        release.SetResult();
        await disposed.Task;

        async IAsyncEnumerable<Batch> Waiting()
        {
            try
            {
                yield return s_data;
                reached.SetResult();
                // It does not heed the token, and goes on only when nobody waits for it any more.
                await release.Task;
            }
            finally
            {
                disposed.SetResult();
            }
        }
    }

    [Fact]
    public async Task CancellingEndsTheWaitForAnIteratorThatBlocks()
    {
        Model model = Trained();
        using CancellationTokenSource source = new();
        using ManualResetEventSlim reached = new(), release = new();
        Task fit = Task.Run(() => model.Fit(Blocking(), verbose: 0, cancellationToken: source.Token));
        reached.Wait();
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fit);
        Assert.Equal(1, model.Optimizer.Iterations.ToArray<int>()[0]);
        release.Set();

        IEnumerable<Batch> Blocking()
        {
            yield return s_data;
            reached.Set();
            release.Wait();
        }
    }

    [Fact]
    public void StreamsAreClosedHoweverTrainingEnds()
    {
        Model model = Trained();
        int open = 0;
        model.Fit(Batches(), epochs: 2, verbose: 0);
        Assert.Equal(0, open);
        model.Fit(Batches(), epochs: 2, verbose: 0, stepsPerEpoch: 1);
        Assert.Equal(0, open);
        Assert.Throws<TrainingException>(() => model.Fit(Batches(), verbose: 0, callbacks: [new Faulty("batch end", new Boom(), 0)]));
        Assert.Equal(0, open);
        model.Evaluate(Batches(), verbose: 0, steps: 1);
        model.Predict(Batches(), verbose: 0, steps: 1);
        Assert.Equal(0, open);

        IEnumerable<Batch> Batches()
        {
            open++;
            try
            {
                for (int i = 0; i < 5; i++) yield return s_data;
            }
            finally
            {
                open--;
            }
        }
    }

    [Fact]
    public void ALossThatIsNoNumberAnyMoreIsReportedOnce()
    {
        Sequential model = new([new Input([2]), new Dense(1)]);
        model.Compile(new SGD(1e30), "mse");
        TextWriter error = Console.Error;
        using StringWriter written = new();
        Console.SetError(written);
        try
        {
            model.Fit(s_data.X, s_data.Y, batchSize: 4, epochs: 3, verbose: 0);
        }
        finally
        {
            Console.SetError(error);
        }

        string line = Assert.Single(written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), l => l.Contains(model.Name, StringComparison.Ordinal));
        Assert.Contains("epoch 1, batch ", line, StringComparison.Ordinal);
        Assert.Contains("not a finite number", line, StringComparison.Ordinal);
    }

    private static Model Trained()
    {
        Sequential model = new([new Input([2]), new Dense(1)]);
        model.Compile(new SGD(0.01), "mse");
        return model;
    }

    private sealed class Boom() : Exception("broken");

    private sealed class Faulty(string moment, Exception error, int epoch = 1) : Callback
    {
        private int _epoch;

        public bool Abandoned { get; private set; }

        public override void OnEpochBegin(int epoch, IDictionary<string, double>? logs = null)
        {
            _epoch = epoch;
            At("epoch begin");
        }

        public override void OnTrainBatchBegin(int batch, IDictionary<string, double>? logs = null) => At("batch begin", batch);

        public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => At("batch end", batch);

        public override void OnTestBatchEnd(int batch, IDictionary<string, double>? logs = null) => At("test batch", batch + 1);

        public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null) => At("epoch end");

        internal override void OnAbandoned() => Abandoned = true;

        private void At(string now, int batch = 2)
        {
            if (now == moment && _epoch == epoch && (batch == 2 || epoch == 0)) throw error;
        }
    }

    private sealed class FaultyLayer(Func<Tensor, bool> faulty) : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => faulty(inputs) ? throw new Boom() : inputs;
    }

    private sealed class Stopper(CancellationTokenSource source, int after) : Callback
    {
        public int Batches { get; private set; }

        public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null)
        {
            if (Batches++ == after) source.Cancel();
        }
    }
}

using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Training;

namespace NKeras.Tests.Training;

/// <summary>A training step allocates nothing once it is warm.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void StepWithShufflingMetricsAndLogsAllocatesNothing()
    {
        (Tensor x, Tensor y) = FitTests.Line(100);
        Sequential model = new([new Input([2]), new Dense(32, activation: "relu"), new Dropout(0.2), new Dense(1)]);
        model.Compile(new Adam(0.01), "mse", metrics: ["mae"]);
        model.Fit(x, y, batchSize: 25, verbose: 0);
        Compilation compilation = model.RequireCompiled(nameof(AllocationTests));
        ShuffleOrder order = new();
        int pass = order.Begin();
        BatchFeed feed = new(TrainingData.Create(model, new Batch(x, y), null), 25, order);
        TrainingStep step = model.StepFor(StepKind.Train, feed.FullSpec);
        Engine.ConcreteTensor[] scores = [.. Enumerable.Range(0, 2).Select(_ => Engine.ConcreteTensor.Allocate(new Engine.TensorSpec(Shape.Scalar, DType.Float32)))];

        void Epoch()
        {
            feed.Shuffle(pass++);
            for (int batch = 0; batch < feed.BatchCount; batch++)
            {
                step.Run(feed.Fill(batch));
                compilation.ReadScores(scores);
            }
        }

        for (int i = 0; i < 20; i++) Epoch();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) Epoch();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}

using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Models with a step of training or evaluation of their own, and gradients for it.</summary>
public sealed class OwnStepTests
{
    private static readonly Tensor s_x = RandomOps.Normal([12, 3], seed: new SeedGenerator(1));
    private static readonly Tensor s_y = RandomOps.Normal([12, 2], seed: new SeedGenerator(2));

    [Fact]
    public void AStepThatDoesTheUsualTrainsLikeTheUsualOne()
    {
        Sequential usual = new([new Input([3]), new Dense(4, "tanh"), new Dense(2)]);
        usual.Compile(new Adam(0.01), "mse");
        Stepping own = new(new Dense(4, "tanh"), new Dense(2));
        own.Compile(new Adam(0.01));
        own.Apply(s_x);
        own.SetWeights(usual.GetWeights());

        History expected = usual.Fit(s_x, s_y, batchSize: 4, epochs: 3, shuffle: false, verbose: 0);
        History actual = own.Fit(s_x, s_y, batchSize: 4, epochs: 3, shuffle: false, verbose: 0);
        foreach ((Tensor e, Tensor a) in usual.GetWeights().Zip(own.GetWeights())) AssertNear(e.ToArray<float>(), a.ToArray<float>());
        Assert.Equal(["loss", "squares"], actual.Logs.Keys.Order());
        AssertNear([.. expected.Logs["loss"].Select(v => (float)v)], [.. actual.Logs["loss"].Select(v => (float)v)]);
    }

    [Fact]
    public void AStepCanAddToTheUsualOne()
    {
        Counting model = new();
        model.Compile(new SGD(0.1), "mse", metrics: ["mae"]);
        History history = model.Fit(s_x, s_y, batchSize: 4, epochs: 1, verbose: 0, validationData: (s_x, s_y));
        Assert.Equal(["loss", "mae", "ones", "val_loss", "val_mae", "val_twos"], history.Logs.Keys.Order());
        Assert.Equal(1, history.Logs["ones"].Single());
        Assert.Equal(2, history.Logs["val_twos"].Single());
        Scores scores = model.Evaluate(s_x, s_y, verbose: 0);
        Assert.Equal(2, scores["twos"]);
        Assert.Equal(history.Logs["val_loss"].Single(), scores["loss"], 1e-5);
    }

    [Fact]
    public void VariablesCanBeUpdatedTwiceInOneStep()
    {
        // w -> w - 0.5 * 2w = 0 would be reached by one step of 0.5; two steps of 0.25 halve w twice.
        Twice model = new();
        model.Compile(new SGD(0.25));
        model.Fit(Ops.Ones([1, 1]), batchSize: 1, epochs: 1, verbose: 0);
        Assert.Equal(2f, model.W.Value.ToArray<float>().Single(), 1e-6);
    }

    [Fact]
    public void TheUsualStepAfterAnUpdateDoesNotDifferentiateTheUpdate()
    {
        // b <- b - 0.1 · 2(b - a) = 2.2, then (ab)² goes down: a <- a - 0.1 · 2ab² and b <- b - 0.1 · 2a²b.
        Ahead model = new();
        model.Compile(new SGD(0.1));
        model.Fit(Ops.Ones([1, 1]), batchSize: 1, epochs: 1, verbose: 0);
        Assert.Equal(1 - (0.2 * 2.2 * 2.2), model.A.Value.ToArray<float>().Single(), 1e-5);
        Assert.Equal(2.2 - (0.2 * 2.2), model.B.Value.ToArray<float>().Single(), 1e-5);
    }

    [Fact]
    public void GradientsAreThereOutsideOfStepsToo()
    {
        Variable a = new((Tensor)new float[] { 1, 2 }, name: "a"), unused = new((Tensor)new float[] { 3 }, name: "unused");
        (Tensor value, Tensor?[] gradients) = Gradients.ValueAndGrad(() => Ops.Sum(Ops.Square(a.Value)), [a, unused]);
        Assert.Equal(5f, value.ToArray<float>().Single());
        Assert.Equal(new float[] { 2, 4 }, gradients[0]!.ToArray<float>());
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void LossesAndReportsThatAreNoNumbersAreRefused()
    {
        Variable a = new((Tensor)new float[] { 1, 2 }, name: "a");
        Assert.Contains("shape (2,)", Assert.Throws<ArgumentException>(() => Gradients.ValueAndGrad(() => Ops.Square(a.Value), [a])).Message, StringComparison.Ordinal);
        Reporting model = new();
        model.Compile(new SGD(0.1), "mse");
        Assert.Contains("as 'rows'", Assert.Throws<TrainingException>(() => model.Fit(s_x, s_y, verbose: 0)).Message, StringComparison.Ordinal);
    }

    private static void AssertNear(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
    }

    private sealed class Stepping(Layer first, Layer second) : Model
    {
        private readonly Mean _loss = new("loss");
        private readonly Layer _first = first, _second = second;

        public override IReadOnlyList<Metric> Metrics => [_loss];

        public override Tensor Call(Tensor inputs, bool training = false) => _second.Apply(_first.Apply(inputs));

        public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
        {
            Tensor? squares = null;
            (Tensor loss, Tensor?[] gradients) = Gradients.ValueAndGrad(
                () =>
                {
                    squares = Ops.Square(Apply(data.X[0], training: true) - data.Y![0]);
                    return Ops.Mean(squares);
                },
                TrainableVariables);
            Optimizer.Apply(gradients, TrainableVariables);
            _loss.UpdateState(loss);
            return new Dictionary<string, Tensor>(GetMetricsResult()) { ["squares"] = Ops.Sum(squares!) };
        }
    }

    private sealed class Counting : Model
    {
        private readonly Dense _dense = new(2);

        public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs);

        public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data) => new Dictionary<string, Tensor>(base.TrainStep(data)) { ["ones"] = Ops.Ones([]) };

        public override IReadOnlyDictionary<string, Tensor> TestStep(Batch data) => new Dictionary<string, Tensor>(base.TestStep(data)) { ["twos"] = Ops.Ones([]) * 2 };
    }

    private sealed class Twice : Model
    {
        public Variable W { get; } = new((Tensor)new float[] { 8 }, name: "w");

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * W;

        public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
        {
            Tensor loss = null!;
            for (int i = 0; i < 2; i++)
            {
                (loss, Tensor?[] gradients) = Gradients.ValueAndGrad(() => Ops.Sum(Ops.Square(W.Value)), [W]);
                Optimizer.Apply(gradients, [W]);
            }

            return new Dictionary<string, Tensor> { ["loss"] = loss };
        }
    }

    private sealed class Ahead : Model
    {
        private readonly SGD _first = new(0.1);

        public Variable A { get; } = new((Tensor)new float[] { 1 }, name: "a");

        public Variable B { get; } = new((Tensor)new float[] { 2.5f }, name: "b");

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * A * B;

        public override Tensor ComputeLoss(Tensors? x = null, Tensors? y = null, Tensors? yPred = null, Tensors? sampleWeight = null, bool training = true) =>
            Ops.Sum(Ops.Square(yPred![0]));

        public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data)
        {
            _first.Apply(Gradients.ValueAndGrad(() => Ops.Sum(Ops.Square(B.Value - A.Value)), [B]).Gradients, [B]);
            return base.TrainStep(data);
        }
    }

    private sealed class Reporting : Model
    {
        private readonly Dense _dense = new(2);

        public override Tensor Call(Tensor inputs, bool training = false) => _dense.Apply(inputs);

        public override IReadOnlyDictionary<string, Tensor> TrainStep(Batch data) => new Dictionary<string, Tensor> { ["rows"] = data.X[0] };
    }
}

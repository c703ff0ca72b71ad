using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace NKeras.Tests.Training;

/// <summary>Losses, metrics and optimizers that users write are compiled into the step like Keras's own.</summary>
public sealed class CustomObjectTests
{
    [Fact]
    public void UsersOwnLossMetricAndOptimizerTrain()
    {
        Sequential model = new([new Input([1]), new Dense(1, kernelInitializer: "ones", useBias: false)]);
        Lion optimizer = new(0.125);
        model.Compile(optimizer, new Asymmetric(), metrics: [new Greatest(), new MeanMetricWrapper((y, p) => Ops.Abs(y - p), name: "distance")]);
        float[] x = [1, 2, 3, 4], y = [0, 0, 0, 0];
        var history = model.Fit(x, y, batchSize: 2, epochs: 2, shuffle: false, verbose: 0);
        Assert.Equal(["distance", "greatest", "loss"], history.Logs.Keys);
        // The weight goes 1, 0.875, 0.75, …: predictions are x times that.
        Assert.Equal([3.5, 2.5], history["greatest"].Select(v => Math.Round(v, 4)));
        Assert.Equal(0.5, model.GetWeights()[0].Item<float>());
        Assert.Equal(4, optimizer.Iterations.Item<int>());
        Assert.Equal(2 * ((1 + 4 + ((9 + 16) * 0.875 * 0.875)) / 4), history["loss"][0], 1e-4);
    }

    [Fact]
    public async Task ManyThreadsCanPredictAtOnce()
    {
        Sequential model = new([new Input([2]), new Dense(16, activation: "relu"), new Dense(3)]);
        (Tensor x, _) = FitTests.Line(50);
        float[] expected = model.Predict(x, batchSize: 8, verbose: 0).ToArray<float>();
        float[][] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => model.Predict(x, batchSize: 8, verbose: 0).ToArray<float>())));
        Assert.All(results, r => Assert.Equal(expected, r));
    }

    /// <summary>Squared errors, twice as bad above the target.</summary>
    private sealed class Asymmetric : Loss
    {
        public override Tensor Call(Tensor yTrue, Tensor yPred)
        {
            Tensor error = Ops.Subtract(yPred, Ops.ExpandDims(yTrue, -1));
            return Ops.Mean(Ops.Square(error) * Ops.Where(Ops.Greater(error, 0f), 2f, 1f), [-1]);
        }
    }

    /// <summary>The greatest prediction.</summary>
    private sealed class Greatest : Metric
    {
        private readonly Variable _greatest;

        public Greatest()
            : base(name: "greatest") => _greatest = AddVariable([], name: "greatest");

        public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null) =>
            _greatest.Assign(Ops.Maximum(_greatest, Ops.Max(yPred)));

        public override Tensor Result() => _greatest;
    }

    /// <summary>Steps of one length, along the sign of the averaged gradient.</summary>
    private sealed class Lion(double rate) : Optimizer(rate)
    {
        private IReadOnlyList<Variable?> _averages = [];

        protected override void BuildState(IReadOnlyList<Variable> variables) => _averages = AddOptimizerVariables(variables, "average");

        protected override void UpdateStep(Tensor gradient, Variable variable, Tensor learningRate)
        {
            Variable average = Of(_averages, variable);
            average.Assign(Ops.Multiply(average, 0.9) + Ops.Multiply(gradient, 0.1));
            variable.AssignSub(learningRate * Ops.Where(Ops.Greater(average, 0f), 1f, -1f));
        }
    }
}

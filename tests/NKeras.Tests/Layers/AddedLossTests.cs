using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Regularizers;

namespace NKeras.Tests.Layers;

/// <summary>Losses and metrics that layers add in their calls.</summary>
public sealed class AddedLossTests
{
    private static readonly float[,] s_x = { { 1, 2 }, { 3, 4 } };

    [Fact]
    public void LossesAreThoseOfTheLastOuterCall()
    {
        // Recorded with Keras 3.16: the sum of the input, the activity's 0.1 * 10 / 2, the weight's 0.01 * 2.
        Penalized layer = new(new L1(0.1));
        for (int i = 0; i < 2; i++)
        {
            layer.Apply(s_x);
            AssertLosses([10, 0.5, 0.02], layer);
        }

        layer.Trainable = false;
        AssertLosses([10, 0.5], layer);
        Input x = new([2]);
        Model model = new(x, layer.Apply(x));
        AssertLosses([], model);
        model.Apply((Tensor)s_x);
        AssertLosses([10, 0.5], model);
        model.Predict(s_x, verbose: 0);
        AssertLosses([], model);
    }

    [Fact]
    public void EachCallOfALayerWithinOneAddsItsOwn()
    {
        Penalized layer = new();
        Nested twice = new("twice", layer, layer);
        twice.Apply((Tensor)s_x);
        AssertLosses([5, 10, 10, 0.02], twice);
    }

    [Fact]
    public void ShapesAloneLeaveNoLosses()
    {
        Nested layer = new("nested", new Penalized());
        layer.ComputeOutputShape([null, 2]);
        Assert.Single(layer.Losses); // The weight's.
        Sequential chain = new([new Input([2]), new Nested("inside", new Penalized())]);
        Assert.Single(chain.Losses);
        Nested built = new("built", new Penalized());
        built.Build([null, 2]);
        built.Apply((Tensor)s_x);
        AssertLosses([5, 10, 0.02], built);
    }

    [Fact]
    public void OrderIsKeras()
    {
        Nested model = Tree();
        model.Apply((Tensor)s_x);
        // Recorded with Keras 3.16: of the layers inside a layer the last comes first.
        AssertLosses([3, 1, 3, 4, 2, 6, 7, 6, 8], model);
    }

    [Fact]
    public void MetricsInFieldsAreListedInKerasOrder()
    {
        Nested inner = new("model", new Measured("n1"), new Measured("n2"));
        Holder model = new("top", new Measured("a", new Measured("ab"), new Measured("abc", new Measured("abcd"))), new Holder("nested", new Measured("n1"), new Measured("n2")), new Measured("z"));
        Assert.Equal(["top_own", "a", "ab", "abc", "abcd", "n2", "n1", "z"], model.Metrics.Select(m => m.Name));
        Assert.Equal(["n1", "n2"], inner.Metrics.Select(m => m.Name));
        model.Compile("sgd", "mse", metrics: ["mae"]);
        model.Fit(s_x, s_x, verbose: 0);
        Assert.Equal(["loss", "mae", "top_own", "a"], model.Metrics.Take(4).Select(m => m.Name));
    }

    [Fact]
    public void AModelTrainsOnWhatItsLayersAddAlone()
    {
        Autoencoder model = new();
        model.Compile("sgd");
        History history = model.Fit(s_x, epochs: 3, verbose: 0);
        Assert.Equal(["loss", "mean"], history.Logs.Keys.Order(StringComparer.Ordinal));
        Assert.True(history["loss"][2] < history["loss"][0]);
        Assert.All(history["mean"], mean => Assert.Equal(2.5, mean, 1e-6)); // Reset every epoch.
        Assert.Equal(2.5, model.Evaluate(s_x, batchSize: 1, verbose: 0)["mean"], 1e-6);
        model.Predict(s_x, verbose: 0);
        Assert.Empty(model.Losses);
        double loss = model.Evaluate(s_x, verbose: 0)["loss"];
        model.Apply((Tensor)s_x);
        Assert.Equal(loss, model.Losses[0].Item<float>(), 1e-5);
    }

    [Fact]
    public void AddedLossesArePartOfTheTrainingLoss()
    {
        Penalized layer = new(new L1(0.1));
        Input x = new([2]);
        Model model = new(x, layer.Apply(x));
        model.Compile("sgd", "mse");
        Assert.Equal(10 + 0.5 + 0.02, model.Evaluate(s_x, s_x, verbose: 0)["loss"], 1e-5);
        // Each batch adds its own: (3 + 0.3 + 0.02) and (7 + 0.7 + 0.02).
        Assert.Equal((3.32 + 7.72) / 2, model.Evaluate(s_x, s_x, batchSize: 1, verbose: 0)["loss"], 1e-5);
        float[] before = layer.Weights[0].Value.ToArray<float>();
        model.Fit(s_x, s_x, verbose: 0);
        Assert.NotEqual(before, layer.Weights[0].Value.ToArray<float>());
        Assert.Empty(model.Losses.Skip(1));
    }

    [Fact]
    public void WhatCannotBeComputedIsRefused()
    {
        Autoencoder model = new();
        model.Compile("sgd", metrics: ["mae"]);
        Assert.Contains("no targets", Assert.Throws<ArgumentNullException>(() => model.Fit(s_x, verbose: 0)).Message);
        Sequential plain = new([new Input([2]), new Dense(1)]);
        plain.Compile("sgd");
        Assert.Contains("Compile", Assert.Throws<TrainingException>(() => plain.Fit(s_x, verbose: 0)).Message);
    }

    [Fact]
    public void AMetricCalledLossTakesThePlaceOfTheLoss()
    {
        Holder model = new("model", new Measured("loss"));
        model.Compile("sgd", "mse");
        Assert.Equal(["loss", "model_own"], model.Fit(s_x, s_x, verbose: 0).Logs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, model.Evaluate(s_x, s_x, verbose: 0).Count);
    }

    [Fact]
    public void NestedCompiledModelsKeepTheirOwnMetrics()
    {
        Sequential inner = new([new Input([2]), new Dense(2)]);
        inner.Compile("sgd", "mse", metrics: ["mae"]);
        inner.Fit(s_x, s_x, verbose: 0);
        Sequential outer = new([new Input([2]), inner]);
        outer.Compile("sgd", "mse");
        Assert.Equal(["loss"], outer.Fit(s_x, s_x, verbose: 0).Logs.Keys);
    }

    private static Nested Tree() => new(
        "top",
        new Nested("a", new Nested("ab"), new Nested("abc", new Nested("abcd"))) { Loss = 1 },
        new Nested("nested", new Nested("n1xxxx"), new Nested("n2xxxxx")) { Loss = 6 },
        new Nested("zzzzzzzz"))
    { Loss = 3 };

    private static void AssertLosses(double[] expected, Layer layer)
    {
        double[] actual = [.. layer.Losses.Select(l => (double)l.Item<float>())];
        Assert.Equal(expected, actual.Select(v => Math.Round(v, 5)));
    }

    private sealed class Penalized(Regularizer? activityRegularizer = null) : Layer(activityRegularizer: activityRegularizer)
    {
        private Variable _scale = null!;

        public override void Build(Shape inputShape) => _scale = AddWeight("k", [2], "ones", regularizer: "l2", constraint: "non_neg");

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            AddLoss(Ops.Sum(inputs));
            return inputs * _scale;
        }
    }

    /// <summary>Adds the length of its name, or a given number.</summary>
    private sealed class Nested(string name, params Layer[] inner) : Layer(name)
    {
        private readonly Layer[] _inner = inner;

        public int Loss { get; init; } = name.Length;

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            AddLoss((Ops.Sum(inputs) * 0f) + Loss);
            return _inner.Aggregate(inputs, (x, layer) => layer.Apply(x));
        }
    }

    private sealed class Measured(string name, params Layer[] inner) : Layer
    {
        private readonly Mean _mean = new(name);
        private readonly Layer[] _inner = inner;

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            _mean.UpdateState(Ops.Mean(inputs));
            return _inner.Aggregate(inputs, (x, layer) => layer.Apply(x));
        }
    }

    private sealed class Holder(string name, params Layer[] inner) : Model(name)
    {
        private readonly Mean _own = new($"{name}_own");
        private readonly Layer[] _inner = inner;

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            _own.UpdateState(Ops.Mean(inputs));
            return _inner.Aggregate(inputs, (x, layer) => layer.Apply(x));
        }
    }

    private sealed class Autoencoder() : Model(name: null)
    {
        private readonly Dense _code = new(1, kernelInitializer: "ones"), _decode = new(2, kernelInitializer: "zeros");
        private readonly Mean _mean = new("mean");

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            Tensor result = _decode.Apply(_code.Apply(inputs));
            AddLoss(Ops.Mean(Ops.Square(result - inputs)) / 10f);
            _mean.UpdateState(Ops.Mean(inputs));
            return result;
        }
    }
}

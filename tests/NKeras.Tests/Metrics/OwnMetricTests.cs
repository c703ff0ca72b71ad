using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;

namespace NKeras.Tests.Metrics;

/// <summary>Metrics and losses of one's own: alone, in Compile, in layers, with other types.</summary>
public sealed class OwnMetricTests
{
    private static readonly Tensor s_x = new float[,] { { 1, 1 }, { 1, 0 } };
    private static readonly Tensor s_y = new float[,] { { 1 }, { 1 } };

    [Fact]
    public void StateIsGatheredAndForgotten()
    {
        Extremes metric = new();
        Assert.Equal(["extremes/low", "extremes/high", "extremes/seen"], metric.Variables.Select(v => v.Path));
        Assert.Equal([100f, -100f, 0f], metric.Variables.Select(v => v.Value.Item<float>()));
        Assert.Equal(3, metric.Apply(s_y, new float[,] { { 2 }, { 5 } }).Item<float>());
        metric.UpdateState(s_y, new float[,] { { -4 }, { 0 } });
        Assert.Equal(9, metric.Result().Item<float>());
        // Keras 3.16: zeros, whatever the first values were.
        metric.ResetState();
        Assert.All(metric.Variables, v => Assert.Equal(0, v.Value.Item<float>()));
    }

    /// <summary>Keras 3.16: a metric whose result is a dictionary lends logs its keys, which stand where its name would.</summary>
    [Fact]
    public void SeveralResultsAreReportedByName()
    {
        Sequential model = Ones();
        model.Compile("sgd", "mse", metrics: [new Extremes(), "mae"]);
        Assert.Equal(["loss", "mae", "high", "low"], model.Evaluate(s_x, s_y, verbose: 0).Keys);
        Scores scores = model.Evaluate(s_x, s_y, verbose: 0, returnDict: true);
        Assert.Equal(["high", "low", "loss", "mae"], scores.Keys);
        Assert.Equal((2.0, 0.0), (scores["high"], scores["low"]));
        // Keras: sorts the metric's results by its name, and these among themselves; callbacks see all sorted by name here.
        Assert.Equal(["high", "loss", "low", "mae"], model.Fit(s_x, s_y, verbose: 0).Logs.Keys);
        Assert.Equal(["high", "low", "loss", "mae"], model.TrainOnBatch(s_x, s_y, returnDict: true).Keys);
    }

    [Fact]
    public void SeveralResultsOfSeveralOutputs()
    {
        Input x = new([2]);
        Model model = new(x, [new Dense(1, kernelInitializer: "ones", name: "p").Apply(x), new Dense(1, kernelInitializer: "zeros", name: "q").Apply(x)]);
        model.Compile("sgd", ["mse", "MeanSquaredError"], metrics: [[new Extremes(), "mae"], [new Extremes(), "mse"]]);
        Assert.Equal(["loss", "p_loss", "q_loss", "high", "low", "p_mae", "q_mse"], model.Evaluate(s_x, (s_y, s_y), verbose: 0).Keys);
        Scores scores = model.Evaluate(s_x, (s_y, s_y), verbose: 0, returnDict: true);
        Assert.Equal(["loss", "high", "low", "p_loss", "p_mae", "q_loss", "q_mse"], scores.Keys);
        // Of equal names the last is reported: q predicts zero.
        Assert.Equal(0, scores["high"]);
    }

    [Fact]
    public void StateInsideIsTheMetrics()
    {
        Ratio metric = new();
        Assert.Equal(["total", "count", "total", "count"], metric.Variables.Select(v => v.Name));
        Assert.Equal(3, metric.Apply(new float[] { 1, 1 }, new float[] { 2, 4 }).Item<float>());
        metric.ResetState();
        Assert.Equal(0, metric.Result().Item<float>());
        Sequential model = Ones();
        model.Compile("sgd", "mse", metrics: [metric]);
        Assert.Equal(1.5, model.Evaluate(s_x, s_y, verbose: 0)["ratio"]);
        Assert.Equal(1.5, model.Evaluate(s_x, s_y, verbose: 0)["ratio"]);
    }

    [Fact]
    public void StateMayDependOnTheData()
    {
        PerColumn metric = new();
        Assert.Equal(7, metric.Apply(new float[,] { { 0, 0 } }, new float[,] { { 3, 4 } }).Item<float>());
        Input x = new([2]);
        Model model = new(x, new Dense(3, kernelInitializer: "ones").Apply(x));
        model.Compile("sgd", "mse", metrics: [new PerColumn()]);
        Assert.Equal(9, model.Evaluate(s_x, new float[2, 3], verbose: 0)["per_column"]);
        Assert.Equal(9, model.Evaluate(s_x, new float[2, 3], verbose: 0)["per_column"]);
    }

    [Fact]
    public void StateMayBeGiven()
    {
        NKeras.Metrics.MeanSquaredError metric = new();
        metric.UpdateState(new float[] { 1 }, new float[] { 3 });
        IReadOnlyList<Tensor> state = metric.StatelessResetState();
        Assert.Equal([0f, 0f], state.Select(s => s.Item<float>()));
        state = metric.StatelessUpdateState(state, new float[,] { { 1 }, { 2 } }, new float[,] { { 2 }, { 5 } });
        Assert.Equal([10f, 2f], state.Select(s => s.Item<float>()));
        Assert.Equal(5, metric.StatelessResult(state).Item<float>());
        Assert.Equal(4, metric.Result().Item<float>());
        Assert.Contains("2 variables", Assert.Throws<ArgumentException>(() => metric.StatelessResult([1f])).Message);
        Mean mean = new();
        Assert.Equal([3f, 2f], mean.StatelessUpdateState(mean.StatelessResetState(), new float[] { 1, 2 }).Select(s => s.Item<float>()));
        Assert.Equal([6f], new Sum().StatelessUpdateState([1f], new float[] { 2, 3 }).Select(s => s.Item<float>()));
    }

    [Theory]
    [InlineData("mixed_bfloat16")]
    [InlineData("mixed_float16")]
    [InlineData("float64")]
    public void ModelsMayComputeInOtherTypes(string policy)
    {
        Sequential model = new([new Input([2], dtype: policy == "float64" ? "float64" : "float32"), new Dense(1, kernelInitializer: "ones", dtype: policy)]);
        model.Compile("sgd", new Asymmetric(), metrics: [new Extremes(), "mse", new NKeras.Metrics.MeanAbsoluteError(dtype: DType.Float64), new Precision(name: "precision", dtype: DType.Float64)]);
        Scores scores = model.Evaluate(Ops.Cast(s_x, policy == "float64" ? "float64" : "float32"), s_y, verbose: 0);
        Assert.Equal(["loss", "mse", "mean_absolute_error", "precision", "high", "low"], scores.Keys);
        Assert.Equal([1.0, 0.5, 0.5, 1.0, 2.0, 0.0], scores.Values);
        model.Fit(Ops.Cast(s_x, policy == "float64" ? "float64" : "float32"), s_y, verbose: 0);
    }

    [Fact]
    public void MetricsOf64BitsKeepThem()
    {
        NKeras.Metrics.MeanSquaredError metric = new(dtype: DType.Float64);
        metric.UpdateState(new double[] { 1 }, new double[] { 1 + 1e-9 });
        Assert.Equal(DType.Float64, metric.Result().DType);
        Assert.Equal(1e-18, metric.Result().Item<double>(), 1e-24);
        foreach (Metric other in new Metric[] { new AUC(dtype: DType.Float64), new Precision(dtype: DType.Float64), new TruePositives(dtype: DType.Float64), new R2Score(dtype: DType.Float64), new F1Score(dtype: DType.Float64), new RootMeanSquaredError(dtype: DType.Float64), new SensitivityAtSpecificity(0.5, dtype: DType.Float64) })
        {
            other.UpdateState(new double[,] { { 1 }, { 0 } }, new double[,] { { 0.75 }, { 0.5 } });
            Assert.Equal((other.Name, DType.Float64), (other.Name, other.Result().DType));
        }
    }

    [Fact]
    public void LayersMayKeepMetrics()
    {
        Sequential model = new([new Input([2]), new Watching(), new Dense(1, kernelInitializer: "ones")]);
        model.Compile("sgd", "mse");
        Scores scores = model.Evaluate(s_x, s_y, verbose: 0);
        Assert.Equal(["loss", "watched"], scores.Keys);
        Assert.Equal(0.75, scores["watched"]);
    }

    [Fact]
    public void LossesOfOnesOwnWorkAloneAndInModels()
    {
        Asymmetric loss = new(reduction: "none");
        Assert.Equal([2f, 1f], loss.Apply(new float[,] { { 0 }, { 1 } }, new float[,] { { 1 }, { 0 } }).ToArray<float>());
        Assert.Equal("asymmetric", loss.Name[..10]);
        Assert.Equal(DType.Float64, new Asymmetric(dtype: DType.Float64).Apply(s_y, s_y).DType);
    }

    /// <summary>The least and the greatest prediction; both are reported, their distance is the result.</summary>
    private sealed class Extremes : Metric
    {
        private readonly Variable _low;
        private readonly Variable _high;
        private readonly Variable _seen;

        public Extremes(string? name = "extremes")
            : base(name: name)
        {
            _low = AddVariable([], new Constant(100), name: "low");
            _high = AddWeight(initializer: new Constant(-100), name: "high");
            _seen = AddWeight(name: "seen");
        }

        public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
        {
            _low.Assign(Ops.Minimum(_low, Ops.Cast(Ops.Min(yPred), DType)));
            _high.Assign(Ops.Maximum(_high, Ops.Cast(Ops.Max(yPred), DType)));
            _seen.AssignAdd(1f);
        }

        public override Tensor Result() => Ops.Subtract(_high, _low);

        public override IReadOnlyDictionary<string, Tensor> Results() => new Dictionary<string, Tensor> { ["low"] = _low, ["high"] = _high };
    }

    /// <summary>The mean prediction over the mean target.</summary>
    private sealed class Ratio() : Metric(name: "ratio")
    {
        private readonly Mean _targets = new();
        private readonly List<Metric> _others = [new Mean()];

        public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
        {
            _targets.UpdateState(yTrue, sampleWeight);
            ((Mean)_others[0]).UpdateState(yPred, sampleWeight);
        }

        public override Tensor Result() => Ops.DivideNoNan(_others[0].Result(), _targets.Result());
    }

    /// <summary>Sums of the columns, made when their number is known.</summary>
    private sealed class PerColumn() : Metric(name: "per_column")
    {
        private Variable? _sums;

        public override void UpdateState(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
        {
            Build(yTrue.Shape, yPred.Shape);
            _sums!.AssignAdd(Ops.Sum(yPred, 0));
        }

        public override Tensor Result() => _sums == null ? 0f : Ops.Sum(_sums);

        protected internal override void Build(Shape yTrue, Shape yPred) => _sums ??= AddVariable([yPred[-1]], name: "sums");
    }

    private sealed class Watching : Layer
    {
        private readonly Mean _mean = new("watched");

        public override Tensor Call(Tensor inputs, bool training)
        {
            _mean.UpdateState(Ops.Mean(inputs));
            return inputs;
        }
    }

    /// <summary>Squared errors, twice as bad above the target.</summary>
    private sealed class Asymmetric(string? reduction = "sum_over_batch_size", DType? dtype = null) : Loss(null, reduction, dtype)
    {
        public override Tensor Call(Tensor yTrue, Tensor yPred) => Ops.Mean(Ops.Square(yPred - yTrue) * Ops.Where(yPred > yTrue, 2f, 1f), -1);
    }

    private static Sequential Ones() => new([new Input([2]), new Dense(1, kernelInitializer: "ones")]);
}

using NKeras.Callbacks;
using NKeras.Layers;
using NKeras.Metrics;

namespace NKeras.Tests.Callbacks;

public sealed class MonitorCallbackTests
{
    // The direction of each metric, from Keras's own objects.
    private const string Up =
        "AUC Accuracy BinaryAccuracy BinaryIoU CategoricalAccuracy ConcordanceCorrelation CosineSimilarity F1Score FBetaScore IoU MeanIoU OneHotIoU OneHotMeanIoU PearsonCorrelation " +
        "Precision PrecisionAtRecall R2Score Recall RecallAtPrecision SensitivityAtSpecificity SparseCategoricalAccuracy SparseTopKCategoricalAccuracy SpecificityAtSensitivity TopKCategoricalAccuracy";

    private const string Down =
        "BinaryCrossentropy CategoricalCrossentropy CategoricalHinge Hinge KLDivergence LogCoshError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson " +
        "RootMeanSquaredError SparseCategoricalCrossentropy SquaredHinge";

    private static readonly Metric[] s_metrics =
    [
        new AUC(), new Accuracy(), new BinaryAccuracy(), new BinaryIoU(), new CategoricalAccuracy(), new ConcordanceCorrelation(), new CosineSimilarity(), new F1Score(), new FBetaScore(),
        new IoU(2, [0]), new MeanIoU(2), new OneHotIoU(2, [0]), new OneHotMeanIoU(2), new PearsonCorrelation(), new Precision(), new PrecisionAtRecall(0.5), new R2Score(), new Recall(),
        new RecallAtPrecision(0.5), new SensitivityAtSpecificity(0.5), new SparseCategoricalAccuracy(), new SparseTopKCategoricalAccuracy(), new SpecificityAtSensitivity(0.5), new TopKCategoricalAccuracy(),
        new BinaryCrossentropy(), new CategoricalCrossentropy(), new CategoricalHinge(), new Hinge(), new KLDivergence(), new LogCoshError(),
        new MeanAbsoluteError(), new MeanAbsolutePercentageError(), new MeanSquaredError(), new MeanSquaredLogarithmicError(), new Poisson(),
        new RootMeanSquaredError(), new SparseCategoricalCrossentropy(), new SquaredHinge(),
    ];

    [Fact]
    public void DirectionsAreKeras()
    {
        Assert.Equal(Up.Split(' ').Order(StringComparer.Ordinal), Names(true));
        Assert.Equal(Down.Split(' ').Order(StringComparer.Ordinal), Names(false));
        Metric[] none = [new Mean(), new Sum(), new TruePositives(), new TrueNegatives(), new FalsePositives(), new FalseNegatives(), new MeanMetricWrapper((t, p) => t)];
        Assert.All(none, m => Assert.Null(MetricDirection.GreaterIsBetter(m)));
        Assert.False(MetricDirection.GreaterIsBetter(new MeanMetricWrapper(LossFunctions.MeanSquaredError)));
        Assert.False(MetricDirection.GreaterIsBetter(new MeanMetricWrapper(MetricFunctions.Hinge)));
        Assert.Null(MetricDirection.GreaterIsBetter(new MeanMetricWrapper(MetricFunctions.CategoricalAccuracy)));

        static IEnumerable<string> Names(bool up) => s_metrics.Where(m => MetricDirection.GreaterIsBetter(m) == up).Select(m => m.GetType().Name).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("max", "val_mse", true)]
    [InlineData("min", "val_loss", false)]
    [InlineData("auto", "val_mse", false)]
    [InlineData("auto", "loss", false)]
    [InlineData("auto", "acc", true)]
    [InlineData("auto", "val_accuracy", true)]
    [InlineData("auto", "hinge", false)]
    [InlineData("auto", "f1_score", true)]
    public void ModeIsFoundFromTheMetric(string mode, string monitor, bool greater)
    {
        EarlyStopping stopping = new(monitor, mode: mode);
        stopping.SetModel(Fitted());
        Assert.Equal(greater, stopping.GreaterIsBetter);
    }

    [Fact]
    public void UnknownDirectionIsAnError()
    {
        EarlyStopping stopping = new("val_unknown");
        stopping.SetModel(Fitted());
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => stopping.OnEpochEnd(0, new Dictionary<string, double> { ["val_unknown"] = 1 }));
        Assert.Contains("EarlyStopping watches 'val_unknown'", e.Message);
        Assert.Contains("mode: \"max\"", e.Message);
    }

    [Fact]
    public void ImprovementIsByMoreThanTheLeast()
    {
        ReduceLROnPlateau up = new("x", mode: "max", minDelta: -0.5), down = new("x", mode: "min", minDelta: 0.5);
        Assert.True(up.IsImprovement(0.75, 0));
        Assert.True(up.IsImprovement(0.5, null));
        Assert.False(up.IsImprovement(0.5, 0));
        Assert.False(up.IsImprovement(0.2, 0.5));
        Assert.True(down.IsImprovement(0.25, 1));
        Assert.False(down.IsImprovement(0.5, 1));
        Assert.Equal(0.5, up.MinDelta);
    }

    [Fact]
    public void OtherModesCountAsAuto() => Assert.Equal("auto", new EarlyStopping("loss", mode: "least").Mode);

    private static Sequential Fitted()
    {
        Sequential model = new([new Input([2]), new Dense(1)]);
        model.Compile("sgd", "mae", metrics: ["mse", "acc", "accuracy", "hinge", new F1Score(average: "micro", name: "f1_score")]);
        model.Fit(new float[4, 2], new float[4, 1], verbose: 0);
        return model;
    }
}

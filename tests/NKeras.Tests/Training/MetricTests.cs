using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;
using BinaryCrossentropy = NKeras.Losses.BinaryCrossentropy;

namespace NKeras.Tests.Training;

/// <summary>Metrics with state of their own are compiled into the step and say the same as by hand.</summary>
public sealed class MetricTests
{
    private static readonly Random s_random = new(1);
    private static readonly Tensor s_x = Tensor.From<float>([.. Enumerable.Range(0, 120).Select(_ => (float)s_random.NextDouble())], [40, 3]);
    private static readonly Tensor s_y = Tensor.From<float>([.. Enumerable.Range(0, 120).Select(_ => s_random.Next(3) == 0 ? 1f : 0f)], [40, 3]);

    public static TheoryData<string, Func<Metric>> Metrics => new()
    {
        { "AUC", () => new AUC() },
        { "AUC of labels", () => new AUC(multiLabel: true, curve: "PR") },
        { "precision", () => new Precision(topK: 2) },
        { "recall", () => new Recall(classId: 1, thresholds: 0.4) },
        { "false negatives", () => new FalseNegatives() },
        { "sensitivity", () => new SensitivityAtSpecificity(0.5) },
        { "F1", () => new F1Score(average: "macro", threshold: 0.5) },
        { "F-beta", () => new FBetaScore(average: "micro", beta: 2, threshold: 0.4) },
        { "R2", () => new R2Score(numRegressors: 3) },
        { "RMSE", () => new RootMeanSquaredError() },
        { "overlap", () => new BinaryIoU() },
        { "one-hot overlap", () => new OneHotMeanIoU(3) },
        { "top k", () => new TopKCategoricalAccuracy(k: 2) },
        { "concordance", () => new ConcordanceCorrelation() },
    };

    [Theory]
    [MemberData(nameof(Metrics))]
    public void EvaluateSaysWhatUpdatesByHandSay(string what, Func<Metric> create)
    {
        Input x = new([3]);
        Model model = new(x, new Dense(3, activation: "sigmoid").Apply(x));
        model.Compile(new SGD(0.1), new BinaryCrossentropy(), metrics: [create()], weightedMetrics: [create()]);
        Tensor weight = Tensor.From<float>([.. Enumerable.Range(0, 40).Select(i => 1f + (i % 3))]);
        model.Fit(s_x, s_y, batchSize: 16, sampleWeight: weight, verbose: 0);
        Scores scores = model.Evaluate(s_x, s_y, batchSize: 16, sampleWeight: weight, verbose: 0);

        Tensor predicted = model.Predict(s_x, verbose: 0);
        foreach ((int position, Tensor? given) in new[] { (1, null), (2, weight) })
        {
            Metric byHand = create();
            foreach (int[] rows in Enumerable.Range(0, 40).Chunk(16))
                byHand.UpdateState(Ops.Take(s_y, rows, 0), Ops.Take(predicted, rows, 0), given == null ? null : Ops.Take(given, rows, 0));
            Assert.True(Math.Abs(byHand.Result().Item<float>() - scores[position]) < 1e-4, $"{what}: {scores[position]}, by hand {byHand.Result().Item<float>()}");
        }
    }

    [Fact]
    public void NamesOfMetricsAndLosses()
    {
        Input x = new([3]);
        Model model = new(x, new Dense(3, activation: "sigmoid").Apply(x));
        string[] metrics =
        [
            "auc", "precision", "recall", "true_positives", "TrueNegatives", "false_positives", "FalseNegatives", "mape", "MSLE", "root_mean_squared_error",
            "log_cosh_error", "cosine_similarity", "r2_score", "hinge", "squared_hinge", "categorical_hinge", "kl_divergence", "poisson",
            "top_k_categorical_accuracy", "concordance_correlation", "binary_io_u",
        ];
        string[] losses =
        [
            "mape", "msle", "log_cosh", "huber", "Huber", "cosine_similarity", "hinge", "squared_hinge", "categorical_hinge", "kld", "poisson",
            "binary_focal_crossentropy", "categorical_focal_crossentropy", "dice", "tversky",
        ];
        foreach (string loss in losses)
        {
            model.Compile("sgd", loss, metrics: metrics);
            Scores scores = model.Evaluate(s_x, s_y, verbose: 0);
            Assert.Equal(["loss", .. metrics], scores.Keys);
            Assert.All(scores.Values, v => Assert.True(double.IsFinite(v)));
        }
    }

    [Fact]
    public void MetricsWithSeveralValuesAreRefused()
    {
        Input x = new([3]);
        Model model = new(x, new Dense(3, activation: "sigmoid").Apply(x));
        foreach (Metric metric in new Metric[] { new F1Score(), new Precision(thresholds: [0.25, 0.5]) })
        {
            model.Compile("sgd", "mse", metrics: [metric]);
            ArgumentException error = Assert.Throws<ArgumentException>(() => model.Fit(s_x, s_y, verbose: 0));
            Assert.Contains(metric.Name, error.Message);
        }

        model.Compile("sgd", "mse", metrics: [new AUC(multiLabel: true, numLabels: 2)]);
        Assert.Contains("2 labels", Assert.Throws<ArgumentException>(() => model.Fit(s_x, s_y, verbose: 0)).Message);
    }
}

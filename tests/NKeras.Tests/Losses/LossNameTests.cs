using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;

namespace NKeras.Tests.Losses;

/// <summary>Names of losses and metrics: those of Keras 3.16's tables (<c>ALL_OBJECTS_DICT</c>), and what compile makes of them.</summary>
public sealed class LossNameTests
{
    /// <summary>Keras's names of loss functions, by class; a loss made of one is called so.</summary>
    public static TheoryData<string, Type> Functions => new()
    {
        { "bce", typeof(NKeras.Losses.BinaryCrossentropy) },
        { "BCE", typeof(NKeras.Losses.BinaryCrossentropy) },
        { "binary_crossentropy", typeof(NKeras.Losses.BinaryCrossentropy) },
        { "binary_focal_crossentropy", typeof(BinaryFocalCrossentropy) },
        { "categorical_crossentropy", typeof(NKeras.Losses.CategoricalCrossentropy) },
        { "categorical_focal_crossentropy", typeof(CategoricalFocalCrossentropy) },
        { "categorical_hinge", typeof(NKeras.Losses.CategoricalHinge) },
        { "circle", typeof(Circle) },
        { "cosine_similarity", typeof(NKeras.Losses.CosineSimilarity) },
        { "ctc", typeof(CTC) },
        { "dice", typeof(Dice) },
        { "hinge", typeof(NKeras.Losses.Hinge) },
        { "huber", typeof(Huber) },
        { "kl_divergence", typeof(NKeras.Losses.KLDivergence) },
        { "kld", typeof(NKeras.Losses.KLDivergence) },
        { "KLD", typeof(NKeras.Losses.KLDivergence) },
        { "log_cosh", typeof(LogCosh) },
        { "mae", typeof(NKeras.Losses.MeanAbsoluteError) },
        { "MAE", typeof(NKeras.Losses.MeanAbsoluteError) },
        { "mape", typeof(NKeras.Losses.MeanAbsolutePercentageError) },
        { "MAPE", typeof(NKeras.Losses.MeanAbsolutePercentageError) },
        { "mean_absolute_error", typeof(NKeras.Losses.MeanAbsoluteError) },
        { "mean_absolute_percentage_error", typeof(NKeras.Losses.MeanAbsolutePercentageError) },
        { "mean_squared_error", typeof(NKeras.Losses.MeanSquaredError) },
        { "mean_squared_logarithmic_error", typeof(NKeras.Losses.MeanSquaredLogarithmicError) },
        { "mse", typeof(NKeras.Losses.MeanSquaredError) },
        { "MSE", typeof(NKeras.Losses.MeanSquaredError) },
        { "msle", typeof(NKeras.Losses.MeanSquaredLogarithmicError) },
        { "MSLE", typeof(NKeras.Losses.MeanSquaredLogarithmicError) },
        { "poisson", typeof(NKeras.Losses.Poisson) },
        { "sparse_categorical_crossentropy", typeof(NKeras.Losses.SparseCategoricalCrossentropy) },
        { "squared_hinge", typeof(NKeras.Losses.SquaredHinge) },
        { "tversky", typeof(Tversky) },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void FunctionsLendLossesTheirNames(string name, Type type)
    {
        Loss loss = name;
        Assert.Equal((type, name), (loss.GetType(), loss.Name));
        // The class's own name makes a loss that is called as the class says.
        Loss ofClass = type.Name;
        Assert.Equal((type, ((Loss)Activator.CreateInstance(type, [.. type.GetConstructors()[0].GetParameters().Select(p => p.DefaultValue)])!).Name), (ofClass.GetType(), ofClass.Name));
    }

    public static TheoryData<string[]> Metrics =>
    [
        ["BCE", "bce", "binary_crossentropy", "BinaryCrossentropy"], ["MAE", "mae", "mean_absolute_error", "MeanAbsoluteError"], ["MSE", "mse", "mean_squared_error", "MeanSquaredError"],
        ["MAPE", "mape", "mean_absolute_percentage_error", "MeanAbsolutePercentageError"], ["MSLE", "msle", "mean_squared_logarithmic_error", "MeanSquaredLogarithmicError"],
        ["auc", "AUC"], ["accuracy", "Accuracy"], ["binary_accuracy", "BinaryAccuracy"], ["binary_io_u", "BinaryIoU"], ["categorical_accuracy", "CategoricalAccuracy"],
        ["categorical_crossentropy", "CategoricalCrossentropy"], ["categorical_hinge", "CategoricalHinge"], ["concordance_correlation", "ConcordanceCorrelation"],
        ["cosine_similarity", "CosineSimilarity"], ["f1_score", "F1Score"], ["f_beta_score", "FBetaScore"], ["false_negatives", "FalseNegatives"], ["false_positives", "FalsePositives"],
        ["hinge", "Hinge"], ["kl_divergence", "KLDivergence"], ["log_cosh_error", "LogCoshError"], ["mean", "Mean"], ["pearson_correlation", "PearsonCorrelation"], ["poisson", "Poisson"],
        ["precision", "Precision"], ["r2_score", "R2Score"], ["recall", "Recall"], ["root_mean_squared_error", "RootMeanSquaredError"],
        ["sparse_categorical_accuracy", "SparseCategoricalAccuracy"], ["sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"],
        ["sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy"], ["squared_hinge", "SquaredHinge"], ["sum", "Sum"],
        ["top_k_categorical_accuracy", "TopKCategoricalAccuracy"], ["true_negatives", "TrueNegatives"], ["true_positives", "TruePositives"],
    ];

    [Theory]
    [MemberData(nameof(Metrics))]
    public void MetricsHaveTheirNames(string[] names) => Assert.All(names, n => Assert.Equal(names[^1], MetricFunctions.Get(n).GetType().Name));

    [Theory]
    [InlineData("io_u", "IoU(numClasses, targetClassIds)")]
    [InlineData("MeanIoU", "MeanIoU(numClasses)")]
    [InlineData("one_hot_io_u", "OneHotIoU(numClasses, targetClassIds)")]
    [InlineData("one_hot_mean_io_u", "OneHotMeanIoU(numClasses)")]
    [InlineData("mean_metric_wrapper", "MeanMetricWrapper(fn)")]
    [InlineData("precision_at_recall", "PrecisionAtRecall(recall)")]
    [InlineData("RecallAtPrecision", "RecallAtPrecision(precision)")]
    [InlineData("sensitivity_at_specificity", "SensitivityAtSpecificity(specificity)")]
    [InlineData("specificity_at_sensitivity", "SpecificityAtSensitivity(sensitivity)")]
    public void MetricsThatNeedArgumentsSaySo(string name, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => new Dense1().Compile(metrics: [name])).Message);

    [Theory]
    [InlineData("MeanSquaredErorr", "MeanSquaredError")]
    [InlineData("Mse", "MSE")]
    [InlineData("log_cos", "log_cosh")]
    [InlineData("sparse_categorical_crossentropy_", "sparse_categorical_crossentropy")]
    public void MisspeltLossesAreSuggested(string name, string nearest) =>
        Assert.Contains($"'{nearest}'", Assert.Throws<ArgumentException>(() => (Loss)name).Message, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("categorical_acuracy", "categorical_accuracy")]
    [InlineData("Auc", "auc")]
    [InlineData("f1", "f1_score")]
    public void MisspeltMetricsAreSuggested(string name, string nearest) => Assert.Contains(nearest, Assert.Throws<ArgumentException>(() => MetricFunctions.Get(name)).Message, StringComparison.OrdinalIgnoreCase);

    /// <summary>Keras 3.16: <c>is_binary_or_sparse_categorical</c>, and names as they are written.</summary>
    [Theory]
    [InlineData("ce", 1, false, typeof(NKeras.Losses.BinaryCrossentropy))]
    [InlineData("CrossEntropy", 3, true, typeof(NKeras.Losses.SparseCategoricalCrossentropy))]
    [InlineData("CE", 3, false, typeof(NKeras.Losses.CategoricalCrossentropy))]
    public void CrossentropyIsByShape(string name, int outputs, bool numbers, Type meant)
    {
        Tensor yPred = outputs == 1 ? new float[,] { { 0.3f }, { 0.8f } } : new float[,] { { 0.3f, 0.2f, 0.5f }, { 0.8f, 0.1f, 0.1f } };
        Tensor yTrue = outputs == 1 ? new float[,] { { 0 }, { 1 } } : numbers ? new int[] { 2, 0 } : new float[,] { { 0, 0, 1 }, { 1, 0, 0 } };
        Loss loss = name;
        Assert.Equal(name, loss.Name);
        Loss expected = (Loss)Activator.CreateInstance(meant, [.. meant.GetConstructors()[0].GetParameters().Select(p => p.DefaultValue)])!;
        Assert.Equal(expected.Apply(yTrue, yPred).Item<float>(), loss.Apply(yTrue, yPred).Item<float>());
    }

    [Fact]
    public void WordsMeanWhatFitsEachOutput()
    {
        Input x = new([2]);
        Model model = new(x, [new Dense(1, "sigmoid", name: "p").Apply(x), new Dense(3, "softmax", name: "q").Apply(x), new Dense(3, "softmax", name: "r").Apply(x)]);
        model.Compile("sgd", loss: ["crossentropy", "ce", "ce"], metrics: [["acc", "Accuracy"], ["accuracy"], ["ACC"]]);
        Tensor data = new float[,] { { 1, 2 }, { 3, 4 } };
        Scores scores = model.Evaluate(data, (new float[,] { { 0 }, { 1 } }, new int[] { 0, 2 }, new float[,] { { 0, 1, 0 }, { 1, 0, 0 } }), verbose: 0);
        Assert.Equal(["loss", "p_loss", "q_loss", "r_loss", "p_Accuracy", "p_acc", "q_accuracy", "r_ACC"], scores.Keys);
        Assert.Equal([typeof(BinaryAccuracy), typeof(BinaryAccuracy), typeof(SparseCategoricalAccuracy), typeof(CategoricalAccuracy)], model.Metrics.Skip(1).Take(4).Select(m => m.GetType()));
    }

    private sealed class Dense1() : Sequential([new Input([2]), new Dense(1)])
    {
        public void Compile(MetricsByOutput metrics) => Compile("sgd", "mse", metrics: metrics);
    }
}

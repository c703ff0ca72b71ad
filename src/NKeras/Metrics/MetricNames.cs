using NKeras.Core;
using NKeras.Losses;

namespace NKeras.Metrics;

/// <summary>The metrics that have a name.</summary>
internal static class MetricNames
{
    private static readonly NameTable<Metric> s_table = new NameTable<Metric>("metric")
        .Add(() => new MeanSquaredError(), "mean_squared_error", "MeanSquaredError", "mse", "MSE")
        .Add(() => new MeanAbsoluteError(), "mean_absolute_error", "MeanAbsoluteError", "mae", "MAE")
        .Add(() => new BinaryAccuracy(), "binary_accuracy", "BinaryAccuracy")
        .Add(() => new CategoricalAccuracy(), "categorical_accuracy", "CategoricalAccuracy")
        .Add(() => new SparseCategoricalAccuracy(), "sparse_categorical_accuracy", "SparseCategoricalAccuracy")
        .Add(() => new BinaryCrossentropy(), "binary_crossentropy", "BinaryCrossentropy", "bce", "BCE")
        .Add(() => new CategoricalCrossentropy(), "categorical_crossentropy", "CategoricalCrossentropy")
        .Add(() => new SparseCategoricalCrossentropy(), "sparse_categorical_crossentropy", "SparseCategoricalCrossentropy")
        .Add(() => new MeanAbsolutePercentageError(), "mean_absolute_percentage_error", "MeanAbsolutePercentageError", "mape", "MAPE")
        .Add(() => new MeanSquaredLogarithmicError(), "mean_squared_logarithmic_error", "MeanSquaredLogarithmicError", "msle", "MSLE")
        .Add(() => new RootMeanSquaredError(), "root_mean_squared_error", "RootMeanSquaredError")
        .Add(() => new LogCoshError(), "log_cosh_error", "LogCoshError")
        .Add(() => new CosineSimilarity(), "cosine_similarity", "CosineSimilarity")
        .Add(() => new R2Score(), "r2_score", "R2Score")
        .Add(() => new Hinge(), "hinge", "Hinge")
        .Add(() => new SquaredHinge(), "squared_hinge", "SquaredHinge")
        .Add(() => new CategoricalHinge(), "categorical_hinge", "CategoricalHinge")
        .Add(() => new KLDivergence(), "kl_divergence", "KLDivergence")
        .Add(() => new Poisson(), "poisson", "Poisson")
        .Add(() => new TopKCategoricalAccuracy(), "top_k_categorical_accuracy", "TopKCategoricalAccuracy")
        .Add(() => new SparseTopKCategoricalAccuracy(), "sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy")
        .Add(() => new AUC(), "auc", "AUC")
        .Add(() => new Precision(), "precision", "Precision")
        .Add(() => new Recall(), "recall", "Recall")
        .Add(() => new TruePositives(), "true_positives", "TruePositives")
        .Add(() => new TrueNegatives(), "true_negatives", "TrueNegatives")
        .Add(() => new FalsePositives(), "false_positives", "FalsePositives")
        .Add(() => new FalseNegatives(), "false_negatives", "FalseNegatives")
        .Add(() => new FBetaScore(), "f_beta_score", "FBetaScore")
        .Add(() => new F1Score(), "f1_score", "F1Score")
        .Add(() => new PearsonCorrelation(), "pearson_correlation", "PearsonCorrelation")
        .Add(() => new ConcordanceCorrelation(), "concordance_correlation", "ConcordanceCorrelation")
        .Add(() => new BinaryIoU(), "binary_io_u", "BinaryIoU")
        .Add(() => new Mean(), "mean", "Mean")
        .Add(() => new Sum(), "sum", "Sum")
        .Add(() => throw Needs(nameof(IoU), "numClasses, targetClassIds"), "io_u", "IoU")
        .Add(() => throw Needs(nameof(MeanIoU), "numClasses"), "mean_io_u", "MeanIoU")
        .Add(() => throw Needs(nameof(OneHotIoU), "numClasses, targetClassIds"), "one_hot_io_u", "OneHotIoU")
        .Add(() => throw Needs(nameof(OneHotMeanIoU), "numClasses"), "one_hot_mean_io_u", "OneHotMeanIoU")
        .Add(() => throw Needs(nameof(MeanMetricWrapper), "fn"), "mean_metric_wrapper", "MeanMetricWrapper")
        .Add(() => throw Needs(nameof(PrecisionAtRecall), "recall"), "precision_at_recall", "PrecisionAtRecall")
        .Add(() => throw Needs(nameof(RecallAtPrecision), "precision"), "recall_at_precision", "RecallAtPrecision")
        .Add(() => throw Needs(nameof(SensitivityAtSpecificity), "specificity"), "sensitivity_at_specificity", "SensitivityAtSpecificity")
        .Add(() => throw Needs(nameof(SpecificityAtSensitivity), "sensitivity"), "specificity_at_sensitivity", "SpecificityAtSensitivity")
        // For a model's outputs these mean what fits their shapes.
        .Add(() => new Accuracy(), "accuracy", "acc", "Accuracy");

    /// <summary>The metric with a name.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it needs arguments.</exception>
    public static Metric Make(string name) => s_table.Get(name);

    /// <summary>Checks a name.</summary>
    /// <exception cref="ArgumentException">There is no such metric, or it needs arguments.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsAccuracy(name)) s_table.Get(name);
    }

    /// <summary>The metric that a name means for targets and predictions of given shapes; it keeps the name the user wrote.</summary>
    public static Metric Get(string name, Shape yTrue, Shape yPred)
    {
        Metric metric = !IsAccuracy(name) ? s_table.Get(name)
            : TargetKind.IsBinary(yPred) ? new BinaryAccuracy()
            : TargetKind.IsSparse(yTrue, yPred) ? new SparseCategoricalAccuracy()
            : new CategoricalAccuracy();
        metric.Name = name;
        return metric;
    }

    private static ArgumentException Needs(string type, string arguments) => new($"A name alone does not make a {type}: give new {type}({arguments}).");

    private static bool IsAccuracy(string name) => name.ToLowerInvariant() is "accuracy" or "acc";
}

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
        // What these two mean depends on shapes, so here they only make the names known.
        .Add(() => new Accuracy(), "accuracy", "acc", "Accuracy");

    /// <summary>Checks a name.</summary>
    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static void Check(string name)
    {
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

    private static bool IsAccuracy(string name) => name.ToLowerInvariant() is "accuracy" or "acc";
}

using System.Reflection;
using NKeras.Metrics;

namespace NKeras.Callbacks;

/// <summary>Whether a metric is better the greater or the less it is, as Keras has it.</summary>
internal static class MetricDirection
{
    // Counts, and means of what nobody knows, have none.
    private static readonly Dictionary<Type, bool> s_greaterIsBetter = new()
    {
        [typeof(Accuracy)] = true,
        [typeof(BinaryAccuracy)] = true,
        [typeof(CategoricalAccuracy)] = true,
        [typeof(SparseCategoricalAccuracy)] = true,
        [typeof(TopKCategoricalAccuracy)] = true,
        [typeof(SparseTopKCategoricalAccuracy)] = true,
        [typeof(AUC)] = true,
        [typeof(Precision)] = true,
        [typeof(Recall)] = true,
        [typeof(SensitivitySpecificityBase)] = true,
        [typeof(FBetaScore)] = true,
        [typeof(F1Score)] = true,
        [typeof(IoU)] = true,
        [typeof(BinaryIoU)] = true,
        [typeof(MeanIoU)] = true,
        [typeof(OneHotIoU)] = true,
        [typeof(OneHotMeanIoU)] = true,
        [typeof(R2Score)] = true,
        [typeof(Metrics.CosineSimilarity)] = true,
        [typeof(PearsonCorrelation)] = true,
        [typeof(ConcordanceCorrelation)] = true,
        [typeof(Metrics.BinaryCrossentropy)] = false,
        [typeof(Metrics.CategoricalCrossentropy)] = false,
        [typeof(Metrics.SparseCategoricalCrossentropy)] = false,
        [typeof(Metrics.KLDivergence)] = false,
        [typeof(Metrics.Poisson)] = false,
        [typeof(Metrics.Hinge)] = false,
        [typeof(Metrics.SquaredHinge)] = false,
        [typeof(Metrics.CategoricalHinge)] = false,
        [typeof(Metrics.MeanSquaredError)] = false,
        [typeof(Metrics.MeanAbsoluteError)] = false,
        [typeof(Metrics.MeanAbsolutePercentageError)] = false,
        [typeof(Metrics.MeanSquaredLogarithmicError)] = false,
        [typeof(RootMeanSquaredError)] = false,
        [typeof(LogCoshError)] = false,
        [typeof(LossMetric)] = false,
    };

    /// <summary>Whether greater values are better; null if nobody can tell.</summary>
    public static bool? GreaterIsBetter(Metric metric)
    {
        for (Type? type = metric.GetType(); type != null; type = type.BaseType)
        {
            if (s_greaterIsBetter.TryGetValue(type, out bool greater)) return greater;
        }

        return metric is MeanMetricWrapper { Fn.Method: { } function } && IsLoss(function) ? false : null;
    }

    /// <summary>Whether a function is one of Keras's losses, which are listed among the functions of metrics, too.</summary>
    private static bool IsLoss(MethodInfo function) =>
        function.DeclaringType == typeof(LossFunctions)
        || (function.DeclaringType == typeof(MetricFunctions)
            && !function.Name.EndsWith("Accuracy", StringComparison.Ordinal) && !function.Name.EndsWith("Correlation", StringComparison.Ordinal));
}

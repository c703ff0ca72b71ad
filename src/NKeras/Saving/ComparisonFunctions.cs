using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Losses;
using NKeras.Metrics;

namespace NKeras.Saving;

/// <summary>Functions of targets and predictions in configurations: Keras's losses and metrics by name, the user's own by the name they are registered under.</summary>
internal static class ComparisonFunctions
{
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_keras = new()
    {
        ["mean_squared_error"] = LossFunctions.MeanSquaredError,
        ["mean_absolute_error"] = LossFunctions.MeanAbsoluteError,
        ["mean_absolute_percentage_error"] = LossFunctions.MeanAbsolutePercentageError,
        ["mean_squared_logarithmic_error"] = LossFunctions.MeanSquaredLogarithmicError,
        ["log_cosh"] = LossFunctions.LogCosh,
        ["huber"] = (yTrue, yPred) => LossFunctions.Huber(yTrue, yPred),
        ["cosine_similarity"] = (yTrue, yPred) => LossFunctions.CosineSimilarity(yTrue, yPred),
        ["hinge"] = LossFunctions.Hinge,
        ["squared_hinge"] = LossFunctions.SquaredHinge,
        ["categorical_hinge"] = LossFunctions.CategoricalHinge,
        ["kl_divergence"] = LossFunctions.KlDivergence,
        ["poisson"] = LossFunctions.Poisson,
        ["binary_crossentropy"] = (yTrue, yPred) => LossFunctions.BinaryCrossentropy(yTrue, yPred),
        ["binary_focal_crossentropy"] = (yTrue, yPred) => LossFunctions.BinaryFocalCrossentropy(yTrue, yPred),
        ["categorical_crossentropy"] = (yTrue, yPred) => LossFunctions.CategoricalCrossentropy(yTrue, yPred),
        ["categorical_focal_crossentropy"] = (yTrue, yPred) => LossFunctions.CategoricalFocalCrossentropy(yTrue, yPred),
        ["sparse_categorical_crossentropy"] = (yTrue, yPred) => LossFunctions.SparseCategoricalCrossentropy(yTrue, yPred),
        ["dice"] = (yTrue, yPred) => LossFunctions.Dice(yTrue, yPred),
        ["tversky"] = (yTrue, yPred) => LossFunctions.Tversky(yTrue, yPred),
        ["circle"] = (yTrue, yPred) => LossFunctions.Circle(yTrue, yPred),
        ["ctc"] = LossFunctions.Ctc,
        ["binary_accuracy"] = (yTrue, yPred) => MetricFunctions.BinaryAccuracy(yTrue, yPred),
        ["categorical_accuracy"] = MetricFunctions.CategoricalAccuracy,
        ["sparse_categorical_accuracy"] = MetricFunctions.SparseCategoricalAccuracy,
        ["top_k_categorical_accuracy"] = (yTrue, yPred) => MetricFunctions.TopKCategoricalAccuracy(yTrue, yPred),
        ["sparse_top_k_categorical_accuracy"] = (yTrue, yPred) => MetricFunctions.SparseTopKCategoricalAccuracy(yTrue, yPred),
        ["pearson_correlation"] = (yTrue, yPred) => MetricFunctions.PearsonCorrelation(yTrue, yPred),
        ["concordance_correlation"] = (yTrue, yPred) => MetricFunctions.ConcordanceCorrelation(yTrue, yPred),
    };

    /// <summary>Keras's name of a function; null if it is none of Keras's.</summary>
    public static string? KerasName(Delegate function) => s_keras.FirstOrDefault(e => e.Value.Equals(function)).Key
        ?? (function.Method.DeclaringType == typeof(LossFunctions) || function.Method.DeclaringType == typeof(MetricFunctions) ? Naming.ToSnakeCase(function.Method.Name) : null);

    /// <summary>What a function is called in logs: as it is registered, or else as the method is, in snake case.</summary>
    public static string ShortName(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function, "fn");
        if (CustomFunctions.NameOf(function) is { } registered) return Naming.ToSnakeCase(registered[(registered.LastIndexOf('>') + 1)..]);
        if (KerasName(function) is { } own) return own;
        // The compiler's names: <Outer>g__Local|0_0 is a function within another, <Outer>b__0 a lambda.
        string name = function.Method.Name;
        int local = name.IndexOf(">g__", StringComparison.Ordinal);
        return Naming.ToSnakeCase(local >= 0 ? name[(local + 4)..name.LastIndexOf('|')] : name.StartsWith('<') ? "lambda" : name);
    }

    /// <summary>The name in the form of a function; null for other forms.</summary>
    public static string? NameIn(JsonNode? node) =>
        node is JsonObject form && form["class_name"] is JsonValue kind && kind.TryGetValue(out string? text) && text == "function" ? ConfigReader.Text(form["config"]) : null;

    /// <summary>What a function's name stands for in the place of a loss; Keras's own stay names.</summary>
    public static Loss Loss(string name) => CustomFunctions.Find(name) == null && s_keras.ContainsKey(name) ? (Loss)name : Get(name);

    /// <summary>What a function's name stands for in the place of a metric.</summary>
    public static Metric Metric(string name) => new FunctionMetric(Get(name));

    /// <summary>The function under a name; the user's own come first, as in Keras.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Func<Tensor, Tensor, Tensor> Get(string name) => CustomFunctions.Find(name) == null && s_keras.TryGetValue(name, out Func<Tensor, Tensor, Tensor>? keras)
        ? keras
        : (Func<Tensor, Tensor, Tensor>)CustomFunctions.Deserialize(name, typeof(Func<Tensor, Tensor, Tensor>));
}

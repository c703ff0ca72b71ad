using System.Text.Json.Nodes;
using NKeras.Metrics;
using NKeras.Saving;

namespace NKeras;

// From metrics to their forms in files, and back.
public static partial class MetricFunctions
{
    /// <summary>The metric with a Keras name, such as <c>"auc"</c> (<c>keras.metrics.get</c>).</summary>
    /// <param name="identifier">The name. Without a model <c>"accuracy"</c> is <see cref="Accuracy"/>; in <c>Compile</c> it means what fits the output.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message suggests the nearest.</exception>
    public static Metric Get(string identifier) => MetricNames.Make(identifier);

    /// <summary>A function of one's own as a metric, the mean of whose values is reported under its name (<c>keras.metrics.get</c>).</summary>
    /// <param name="identifier">Maps targets and predictions to one value per sample.</param>
    /// <example><code>
    /// static Tensor WithinTenPercent(Tensor yTrue, Tensor yPred) =&gt; Ops.Cast(Ops.Abs(yPred - yTrue) &lt;= 0.1 * Ops.Abs(yTrue), DType.Float32);
    ///
    /// model.Compile("adam", "mse", metrics: ["mae", MetricFunctions.Get(WithinTenPercent)]);
    /// </code></example>
    public static Metric Get(Func<Tensor, Tensor, Tensor> identifier) => new FunctionMetric(identifier);

    /// <summary>The metric that is meant: itself (<c>keras.metrics.get</c>).</summary>
    /// <param name="identifier">The metric, or null.</param>
    public static Metric? Get(Metric? identifier) => identifier;

    /// <summary>The metric that a form describes (<c>keras.metrics.get</c>).</summary>
    /// <param name="identifier">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static Metric Get(JsonObject identifier) => Deserialize(identifier);

    /// <summary>The form of a metric in files: its module, class, configuration and registered name (<c>keras.metrics.serialize</c>).</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentException">Something in it has no such form.</exception>
    public static JsonObject Serialize(Metric metric) => ObjectForms.Serialize(metric);

    /// <summary>The metric that a form, or a name, describes (<c>keras.metrics.deserialize</c>).</summary>
    /// <param name="config">What <see cref="Serialize"/> or Keras wrote.</param>
    /// <param name="customObjects">Classes of one's own that it names.</param>
    /// <exception cref="ArgumentException">It is not valid, or names a class that is neither Keras's nor known.</exception>
    public static Metric Deserialize(JsonNode config, IReadOnlyDictionary<string, Type>? customObjects = null) => ObjectForms.Deserialize<Metric>(config, customObjects);
}

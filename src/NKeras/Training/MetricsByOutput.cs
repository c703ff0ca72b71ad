using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Saving;
using NKeras.Training;

namespace NKeras;

/// <summary>
/// What <c>Compile</c> takes as <c>metrics</c>: metrics or their names (<c>["accuracy", new MeanSquaredError()]</c>), for
/// several outputs a list for each (<c>[["mae"], ["accuracy"]]</c>), or by the outputs' names
/// (<c>new() { ["score"] = ["mae"] }</c>).
/// </summary>
[CollectionBuilder(typeof(MetricsByOutput), nameof(Create))]
public sealed class MetricsByOutput : IEnumerable<MetricsByOutput?>
{
    private readonly ByOutput<MetricsByOutput> _entries = new();
    private readonly string? _name;
    private readonly Metric? _metric;

    /// <summary>Creates an empty structure, to be filled by name.</summary>
    public MetricsByOutput()
    {
    }

    private MetricsByOutput(string? name, Metric? metric) => (_name, _metric) = (name, metric);

    /// <summary>The metrics of the output with a name.</summary>
    public MetricsByOutput? this[string output]
    {
        get => _entries.Get(output);
        set => _entries.Set(output, value);
    }

    private bool IsSingle => _name != null || _metric != null;

    /// <summary>Collects metrics, or a list of them per output.</summary>
    public static MetricsByOutput Create(ReadOnlySpan<MetricsByOutput?> metrics)
    {
        MetricsByOutput result = new();
        foreach (MetricsByOutput? metric in metrics) result._entries.Add(metric);
        return result;
    }

    /// <summary>A metric.</summary>
    public static implicit operator MetricsByOutput(Metric metric) => new(null, metric);

    /// <summary>A loss, the mean of whose values over batches is reported.</summary>
    public static implicit operator MetricsByOutput(Loss loss) => new(null, new LossMetric(loss));

    /// <summary>A function of one's own, the mean of whose values is reported under its name.</summary>
    // Keras: takes the function itself; in C# a method or lambda is wrapped: MetricFunctions.Get(Mine).
    public static implicit operator MetricsByOutput(Func<Tensor, Tensor, Tensor> function) => new(null, new FunctionMetric(function));

    /// <summary>A metric by its Keras name; <c>"accuracy"</c> means what fits the output.</summary>
    /// <exception cref="ArgumentException">There is no such metric; the message suggests the nearest name.</exception>
    public static implicit operator MetricsByOutput(string name)
    {
        MetricNames.Check(name);
        return new MetricsByOutput(name, null);
    }

    /// <summary>Metrics by their Keras names.</summary>
    public static implicit operator MetricsByOutput(string[] names) => Create([.. names.Select(n => (MetricsByOutput)n)]);

    /// <inheritdoc/>
    public IEnumerator<MetricsByOutput?> GetEnumerator() => (IsSingle ? [this] : _entries.Values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The metrics of each output, for targets and predictions of given shapes.</summary>
    internal Metric[][] For(string argument, IReadOnlyList<string> outputs, IReadOnlyList<Shape> yTrue, IReadOnlyList<Shape> yPred)
    {
        MetricsByOutput?[] perOutput = outputs.Count == 1 && !_entries.HasNames ? [this]
            : IsSingle ? throw new ArgumentException($"{argument}: the model has {outputs.Count} outputs, so give a list of metrics for each, or metrics by the outputs' names.", argument)
            : _entries.For(argument, outputs);
        return [.. perOutput.Select((m, i) => m == null ? [] : m.Flatten().Select(leaf => leaf._metric ?? MetricNames.Get(leaf._name!, yTrue[i], yPred[i])).ToArray())];
    }

    private IEnumerable<MetricsByOutput> Flatten() => IsSingle ? [this] : _entries.Values.Where(e => e != null).SelectMany(e => e!.Flatten());

    internal JsonNode? ToConfig() => _name != null ? _name : _metric is LossMetric loss ? KerasSerializer.Serialize(loss.Loss) : _metric != null ? KerasSerializer.Serialize(_metric) : _entries.ToConfig(e => e?.ToConfig());

    internal static MetricsByOutput? FromConfig(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonArray or JsonObject when node is not JsonObject form || !form.ContainsKey("class_name"):
                MetricsByOutput result = new();
                result._entries.ReadConfig(node, FromConfig);
                return result;
            default:
                return node is not JsonObject ? (MetricsByOutput)ConfigReader.Text(node)
                    : ComparisonFunctions.NameIn(node) is { } function ? ComparisonFunctions.Metric(function)
                    : KerasSerializer.Deserialize(node, typeof(Metric)) switch
                    {
                        Metric metric => metric,
                        Loss loss => loss,
                        var other => throw new ArgumentException($"The configuration describes a {other.GetType().Name}, which is no metric."),
                    };
        }
    }
}

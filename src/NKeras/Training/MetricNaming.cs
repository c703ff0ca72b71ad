using NKeras.Metrics;

namespace NKeras.Training;

/// <summary>Keras's rules for what metrics are called in logs: the output in front if there are several, numbers where names repeat.</summary>
/// <param name="outputs">The names of several outputs; null for one, or for outputs without names.</param>
internal sealed class MetricNaming(IReadOnlyList<string>? outputs)
{
    private readonly Dictionary<string, int> _used = [];

    public List<(string Name, Metric Metric)> Plain(Metric[][] perOutput)
    {
        List<(string, Metric)> named = [];
        for (int i = 0; i < perOutput.Length; i++)
        {
            foreach (Metric metric in perOutput[i]) named.Add((Unique(Prefixed(i, metric.Name)), metric));
        }

        return named;
    }

    /// <summary>A weighted metric of the same name as an unweighted one is told apart by "weighted_".</summary>
    public List<(string Name, Metric Metric)> Weighted(Metric[][] perOutput)
    {
        List<(string, Metric)> named = [];
        for (int i = 0; i < perOutput.Length; i++)
        {
            foreach (Metric metric in perOutput[i])
            {
                string name = Prefixed(i, metric.Name);
                named.Add((_used.TryAdd(name, 1) ? name : Unique(Prefixed(i, $"weighted_{metric.Name}")), metric));
            }
        }

        return named;
    }

    /// <summary>The order of Evaluate's list: the loss, metrics under names of their own, the outputs' losses, and the rest by name.</summary>
    public static IReadOnlyList<string> InOrder(IReadOnlyList<string> names, IReadOnlyList<string> metrics, IReadOnlyList<string> trackers)
    {
        List<string> ordered = [.. new[] { "loss" }.Concat(metrics).Concat(trackers).Where(names.Contains).Distinct()];
        return [.. ordered, .. names.Except(ordered).Order(StringComparer.Ordinal)];
    }

    private string Prefixed(int output, string name) => outputs != null ? $"{outputs[output]}_{name}" : name;

    private string Unique(string name)
    {
        if (_used.TryAdd(name, 1)) return name;
        return $"{name}_{_used[name]++}";
    }
}

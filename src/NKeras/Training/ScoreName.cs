using NKeras.Metrics;

namespace NKeras.Training;

/// <summary>What a number is called that a metric reports.</summary>
/// <param name="Name">The name in logs.</param>
/// <param name="Place">The name that says where it stands among the others: several numbers of a metric stand where its own name would.</param>
/// <param name="IsOwn">Whether it is of a metric that the model's layers keep.</param>
internal sealed record ScoreName(string Name, string Place, bool IsOwn)
{
    /// <summary>Traces a metric's results, and adds their names to a list.</summary>
    public static IEnumerable<Tensor> Trace(string name, Metric metric, bool isOwn, List<ScoreName> names)
    {
        if (metric.Results() is not { } results)
        {
            names.Add(new(name, name, isOwn));
            return [Number(metric.Result())];
        }

        KeyValuePair<string, Tensor>[] sorted = [.. results.OrderBy(r => r.Key, StringComparer.Ordinal)];
        // Keras: those of layers are no longer known as one metric's.
        names.AddRange(sorted.Select(r => new ScoreName(r.Key, isOwn ? r.Key : name, isOwn)));
        return sorted.Select(r => Number(r.Value));
    }

    /// <summary>Wide numbers stay wide; what is no floating-point number is read as one.</summary>
    private static Tensor Number(Tensor value) => value.DType == DType.Float64 ? value : Ops.Cast(value, DType.Float32);
}

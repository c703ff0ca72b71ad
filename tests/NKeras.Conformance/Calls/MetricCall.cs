using System.Reflection;
using System.Text.Json;
using NKeras.Conformance.Binding;
using NKeras.Conformance.Comparison;
using NKeras.Conformance.Doubles;
using NKeras.Conformance.Values;
using NKeras.Metrics;

namespace NKeras.Conformance.Calls;

/// <summary>Replays metrics: some updates, and the result after them.</summary>
internal static class MetricCall
{
    /// <summary>Makes the metric, updates it, and compares its result.</summary>
    public static IEnumerable<Difference> Replay(CallRecord record)
    {
        SquaredDifference.Register();
        Metric metric = RecordedObjects.Create<Metric>(record, "keras.metrics");
        Callable[] updates = [.. metric.GetType().GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(m => m.Name == nameof(Metric.UpdateState)).Select(m => new Callable(m.GetParameters(), arguments => m.Invoke(metric, arguments)))];
        foreach (JsonElement update in record.Json.GetProperty("updates").EnumerateArray())
            CallBinder.Call(updates, RecordedValue.ReadAll(update[0]), RecordedValue.ReadNamed(update[1]));
        object? recorded = record.Result;
        return ResultComparison.Compare(recorded, metric.Result(), Tolerance.For(record.Target, [], [.. RecordedValue.Tensors(recorded)]));
    }
}

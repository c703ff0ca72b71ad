using System.Text.Json;
using NKeras.Metrics;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Metrics;

/// <summary>Metrics against recorded calls of Keras.</summary>
public sealed class MetricRecordingTests
{
    private static readonly RecordedCalls s_records = new("metric.jsonl.gz");

    public static TheoryData<string, string> Calls => s_records.Cases;

    [Theory]
    [MemberData(nameof(Calls))]
    public void MatchesKeras(string target, string id)
    {
        JsonElement record = s_records[id];
        Metric metric = (Metric)RecordedObject.Create(typeof(Metric).Assembly.GetType($"NKeras.Metrics.{target}")!, record.GetProperty("config").GetProperty("config"));
        foreach (JsonElement update in record.GetProperty("updates").EnumerateArray())
        {
            Tensor[] args = [.. update[0].EnumerateArray().Where(a => a.ValueKind != JsonValueKind.Null).Select(RecordedData.Tensor)];
            Tensor? weight = update[1].TryGetProperty("sample_weight", out JsonElement w) && w.ValueKind != JsonValueKind.Null ? RecordedData.Tensor(w) : null;
            if (metric is Mean mean) mean.UpdateState(args[0], args.ElementAtOrDefault(1) ?? weight);
            else if (metric is Sum sum) sum.UpdateState(args[0], args.ElementAtOrDefault(1) ?? weight);
            else metric.UpdateState(args[0], args[1], args.ElementAtOrDefault(2) ?? weight);
        }

        RecordedData.AssertClose(id, RecordedData.Tensor(record.GetProperty("result")), metric.Result(), compareType: false);
        metric.ResetState();
        foreach (Variable variable in metric.Variables) Assert.All(Ops.Cast(variable.Value, "float32").ToArray<float>(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void LossFunctionsAreMetricFunctionsToo()
    {
        Tensor yes = new float[,] { { 0, 1, 0 } }, p = new float[,] { { 0.25f, 0.5f, 0.25f } }, number = new int[] { 1 };
        RecordedData.AssertClose("mse", new float[] { 0.125f }, MetricFunctions.MeanSquaredError(yes, p));
        RecordedData.AssertClose("mae", new float[] { 1 / 3f }, MetricFunctions.MeanAbsoluteError(yes, p));
        RecordedData.AssertClose("bce", new float[] { (float)-(Math.Log(0.5) + (2 * Math.Log(0.75))) / 3 }, MetricFunctions.BinaryCrossentropy(yes, p));
        RecordedData.AssertClose("cce", new float[] { (float)Math.Log(2) }, MetricFunctions.CategoricalCrossentropy(yes, p));
        RecordedData.AssertClose("scce", new float[] { (float)Math.Log(2) }, MetricFunctions.SparseCategoricalCrossentropy(number, p));
    }
}

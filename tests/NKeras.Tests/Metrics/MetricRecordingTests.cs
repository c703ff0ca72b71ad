using System.Text.Json;
using NKeras.Metrics;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Metrics;

/// <summary>Metrics against recorded calls of Keras.</summary>
public sealed class MetricRecordingTests
{
    public static TheoryData<string> Ids => [.. RecordedData.Records("metric.jsonl.gz").Select(r => r.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void MatchesKeras(string id)
    {
        JsonElement record = RecordedData.Records("metric.jsonl.gz").Single(r => r.GetProperty("id").GetString() == id);
        Metric metric = Create(record.GetProperty("target").GetString()!, record.GetProperty("config").GetProperty("config"));
        foreach (JsonElement update in record.GetProperty("updates").EnumerateArray())
        {
            Tensor[] args = [.. update[0].EnumerateArray().Select(RecordedData.Tensor)];
            Tensor? weight = update[1].TryGetProperty("sample_weight", out JsonElement w) && w.ValueKind != JsonValueKind.Null ? RecordedData.Tensor(w) : null;
            if (metric is Mean mean) mean.UpdateState(args[0], args.ElementAtOrDefault(1) ?? weight);
            else if (metric is Sum sum) sum.UpdateState(args[0], args.ElementAtOrDefault(1) ?? weight);
            else metric.UpdateState(args[0], args[1], args.ElementAtOrDefault(2) ?? weight);
        }

        RecordedData.AssertClose(id, RecordedData.Tensor(record.GetProperty("result")), metric.Result(), compareType: false);
        metric.ResetState();
        Assert.Equal(0, metric.Result().Item<float>());
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

    private static Metric Create(string target, JsonElement config)
    {
        bool fromLogits = RecordedData.Setting(config, "from_logits", false);
        double smoothing = RecordedData.Setting(config, "label_smoothing", 0.0);
        int axis = RecordedData.Setting(config, "axis", -1);
        return target switch
        {
            "Mean" => new Mean(),
            "Sum" => new Sum(),
            "Accuracy" => new Accuracy(),
            "BinaryAccuracy" => new BinaryAccuracy(threshold: RecordedData.Setting(config, "threshold", 0.5)),
            "CategoricalAccuracy" => new CategoricalAccuracy(),
            "SparseCategoricalAccuracy" => new SparseCategoricalAccuracy(),
            "MeanSquaredError" => new MeanSquaredError(),
            "MeanAbsoluteError" => new MeanAbsoluteError(),
            "BinaryCrossentropy" => new BinaryCrossentropy(fromLogits: fromLogits, labelSmoothing: smoothing),
            "CategoricalCrossentropy" => new CategoricalCrossentropy(fromLogits: fromLogits, labelSmoothing: smoothing, axis: axis),
            _ => new SparseCategoricalCrossentropy(fromLogits: fromLogits, ignoreClass: RecordedData.Setting<int?>(config, "ignore_class", null), axis: axis),
        };
    }
}

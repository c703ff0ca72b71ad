using System.Text.Json;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;
using NKeras.Losses;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Losses;

/// <summary>Losses against recorded calls of Keras: values and gradients.</summary>
public sealed class LossRecordingTests
{
    public static TheoryData<string> Ids => [.. RecordedData.Records("loss.jsonl.gz").Select(r => r.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void MatchesKeras(string id)
    {
        JsonElement record = RecordedData.Records("loss.jsonl.gz").Single(r => r.GetProperty("id").GetString() == id);
        Loss loss = Create(record.GetProperty("target").GetString()!, record.GetProperty("config").GetProperty("config"));
        Tensor[] args = [.. record.GetProperty("args").EnumerateArray().Where(a => a.ValueKind != JsonValueKind.Null).Select(RecordedData.Tensor)];
        Tensor? weight = args.Length > 2 ? args[2]
            : record.GetProperty("kwargs").TryGetProperty("sample_weight", out JsonElement w) && w.ValueKind != JsonValueKind.Null ? RecordedData.Tensor(w) : null;
        RecordedData.AssertClose(id, RecordedData.Tensor(record.GetProperty("result")), loss.Apply(args[0], args[1], weight), compareType: false);

        if (!record.TryGetProperty("vjp", out JsonElement vjp) || vjp.GetProperty("grads")[0].ValueKind == JsonValueKind.Null) return;
        Tensor cotangent = RecordedData.Tensor(vjp.GetProperty("cotangents")[0]);
        Tensor gradient = Jit.Compile([args[1].Spec], t => [Differentiation.Pullback([loss.Apply(args[0], t[0], weight)], [cotangent], [t[0]])[0]!]).Run(args[1])[0];
        RecordedData.AssertClose($"{id} gradient", RecordedData.Tensor(vjp.GetProperty("grads")[0]), gradient, compareType: false);
    }

    private static Loss Create(string target, JsonElement config)
    {
        string? reduction = RecordedData.Setting<string?>(config, "reduction", null);
        bool fromLogits = RecordedData.Setting(config, "from_logits", false);
        double smoothing = RecordedData.Setting(config, "label_smoothing", 0.0);
        int axis = RecordedData.Setting(config, "axis", -1);
        return target switch
        {
            "MeanSquaredError" => new MeanSquaredError(reduction),
            "MeanAbsoluteError" => new MeanAbsoluteError(reduction),
            "BinaryCrossentropy" => new BinaryCrossentropy(fromLogits, smoothing, axis, reduction),
            "CategoricalCrossentropy" => new CategoricalCrossentropy(fromLogits, smoothing, axis, reduction),
            _ => new SparseCategoricalCrossentropy(fromLogits, RecordedData.Setting<int?>(config, "ignore_class", null), reduction, axis),
        };
    }
}

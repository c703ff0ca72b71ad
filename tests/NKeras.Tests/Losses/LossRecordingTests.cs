using System.Text.Json;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;
using NKeras.Losses;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Losses;

/// <summary>Losses against recorded calls of Keras: values and gradients.</summary>
public sealed class LossRecordingTests
{
    private static readonly RecordedCalls s_records = new("loss.jsonl.gz");

    public static TheoryData<string, string> Calls => s_records.Cases;

    [Theory]
    [MemberData(nameof(Calls))]
    public void MatchesKeras(string target, string id)
    {
        JsonElement record = s_records[id];
        Tensor expected = RecordedData.Tensor(record.GetProperty("result"));
        // Configurations of losses do not tell the type; what Keras computed in half precision is compared with less of it.
        bool half = record.GetProperty("result").GetProperty("$tensor").GetProperty("dtype").GetString() == "bfloat16";
        Loss loss = (Loss)RecordedObject.Create(typeof(Loss).Assembly.GetType($"NKeras.Losses.{target}")!, record.GetProperty("config").GetProperty("config"), half ? DType.BFloat16 : null);
        Tensor[] args = [.. record.GetProperty("args").EnumerateArray().Where(a => a.ValueKind != JsonValueKind.Null).Select(RecordedData.Tensor)];
        Tensor? weight = args.Length > 2 ? args[2]
            : record.GetProperty("kwargs").TryGetProperty("sample_weight", out JsonElement w) && w.ValueKind != JsonValueKind.Null ? RecordedData.Tensor(w) : null;
        Tensor actual = loss.Apply(args[0], args[1], weight);
        if (half)
        {
            Assert.Equal(DType.BFloat16, actual.DType);
            Assert.Equal(expected.Item<float>(), Ops.Cast(actual, "float32").Item<float>(), 0.02f * Math.Abs(expected.Item<float>()));
            return;
        }

        RecordedData.AssertClose(id, expected, actual, compareType: false);

        if (!record.TryGetProperty("vjp", out JsonElement vjp) || vjp.GetProperty("grads")[0].ValueKind == JsonValueKind.Null) return;
        Tensor cotangent = RecordedData.Tensor(vjp.GetProperty("cotangents")[0]);
        Tensor gradient = Jit.Compile([args[1].Spec], t => [Differentiation.Pullback([loss.Apply(args[0], t[0], weight)], [cotangent], [t[0]])[0]!]).Run(args[1])[0];
        RecordedData.AssertClose($"{id} gradient", RecordedData.Tensor(vjp.GetProperty("grads")[0]), gradient, compareType: false);
    }
}

using System.Text.Json;
using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Tests.Recorded;

/// <summary>Layers compute what Keras computes for the same configuration, weights and inputs.</summary>
public sealed class RecordedLayerTests
{
    private static readonly RecordedCalls s_records = new("layers.jsonl.gz");

    public static TheoryData<string, string> Calls => s_records.Cases;

    [Theory]
    [MemberData(nameof(Calls))]
    public void CallGivesTheRecordedResult(string target, string id)
    {
        JsonElement record = s_records[id];
        (Layer layer, Tensor[] inputs) = Prepare(record);
        bool training = Training(record);
        Tensor result = inputs.Length == 1 ? layer.Apply(inputs[0], training, Mask(record)) : layer.Apply(inputs);

        Tensor expected = RecordedData.Tensor(record.GetProperty("result"));
        Assert.Equal(expected.Shape, result.Shape);
        if (record.TryGetProperty("random", out _)) return;
        RecordedData.AssertClose(target, expected, result);
        if (!record.TryGetProperty("weights_after", out JsonElement after)) return;
        foreach ((JsonElement recorded, Variable variable) in after.EnumerateArray().Zip(layer.Variables))
            RecordedData.AssertClose(variable.Path, RecordedData.Tensor(recorded.GetProperty("value")), variable.Value);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void GradientIsTheRecordedOne(string target, string id)
    {
        JsonElement record = s_records[id];
        if (!record.TryGetProperty("vjp", out JsonElement vjp) || record.TryGetProperty("random", out _)) return;
        (Layer layer, Tensor[] inputs) = Prepare(record);
        Tensor cotangent = RecordedData.Tensor(vjp.GetProperty("cotangents")[0]);
        Tensor[] actual = LayerGradients.Of(layer, inputs, cotangent, Training(record), Mask(record));
        JsonElement[] expected = [.. vjp.GetProperty("grads").EnumerateArray()];
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i].ValueKind == JsonValueKind.Null) continue;
            RecordedData.AssertClose($"{target}, gradient {i}", RecordedData.Tensor(expected[i]), actual[i], compareType: false);
        }
    }

    private static bool Training(JsonElement record) => record.GetProperty("kwargs").TryGetProperty("training", out JsonElement given) && given.GetBoolean();

    private static Tensor? Mask(JsonElement record) => record.GetProperty("kwargs").TryGetProperty("mask", out JsonElement mask) ? RecordedData.Tensor(mask) : null;

    private static (Layer Layer, Tensor[] Inputs) Prepare(JsonElement record)
    {
        Layer layer = LayerFactory.Create(record);
        JsonElement argument = record.GetProperty("args")[0];
        if (argument.ValueKind == JsonValueKind.Object && argument.TryGetProperty("$tuple", out JsonElement tuple)) argument = tuple;
        Tensor[] inputs = argument.ValueKind == JsonValueKind.Array ? [.. argument.EnumerateArray().Select(RecordedData.Tensor)] : [RecordedData.Tensor(argument)];
        if (record.TryGetProperty("masked", out JsonElement masked)) inputs = [.. inputs.Select((x, i) => i < masked.GetInt32() ? new Masking().Apply(x) : x)];
        layer.EnsureBuilt(CallArguments.Of(inputs));
        JsonElement[] weights = [.. record.GetProperty("weights").EnumerateArray()];
        Assert.Equal(weights.Length, layer.Variables.Count);
        foreach ((JsonElement recorded, Variable variable) in weights.Zip(layer.Variables))
        {
            Assert.Equal(recorded.GetProperty("path").GetString()!.Split('/')[^1], variable.Name);
            variable.Assign(Ops.Cast(RecordedData.Tensor(recorded.GetProperty("value")), variable.DType));
        }

        return (layer, inputs);
    }
}

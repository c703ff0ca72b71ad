using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Quantizers;
using NKeras.Saving;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Layers.Quantization;

/// <summary>What Keras makes of layers that are built, quantized, and given a low-rank update: weights, results, and what files keep.</summary>
public sealed class RecordedQuantizationTests
{
    private static readonly JsonElement[] s_records = [.. RecordedData.Records("quantized.jsonl.gz")];

    public static TheoryData<int, string> Records
    {
        get
        {
            TheoryData<int, string> records = [];
            for (int i = 0; i < s_records.Length; i++) records.Add(i, s_records[i].GetProperty("what").GetString()!);
            return records;
        }
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void LayerIsWhatKerasMakesOfIt(int index, string what)
    {
        JsonElement record = s_records[index];
        Layer layer = KerasSerializer.Deserialize<Layer>(JsonNode.Parse(record.GetProperty("layer").GetRawText())!);
        layer.SetWeights([.. Tensors("weights")]);
        if (record.TryGetProperty("mode", out JsonElement mode))
        {
            QuantizationConfig? config = ConfigReader.Read<QuantizationConfig>(JsonNode.Parse(record.GetProperty("config").GetRawText()));
            layer.Quantize(mode.GetString(), config: config);
            Assert.Equal(record.GetProperty("policy").GetString(), layer.DTypePolicy.Name);
        }

        JsonElement[] after = [.. record.GetProperty("after").EnumerateArray()];
        if (record.TryGetProperty("rank", out JsonElement rank))
        {
            EnableLora(layer, rank.GetInt32(), record.GetProperty("alpha") is { ValueKind: JsonValueKind.Number } alpha ? alpha.GetDouble() : null);
            foreach ((JsonElement recorded, Variable variable) in after.Zip(layer.Variables).Where(p => p.Second.Path.Contains("lora"))) variable.Assign(RecordedData.Tensor(recorded.GetProperty("value")));
        }

        Assert.Equal(after.Select(w => $"{w.GetProperty("path")} {w.GetProperty("trainable").GetBoolean()}"), layer.Variables.Select(v => $"{v.Path} {v.Trainable}"));
        foreach ((JsonElement recorded, Variable variable) in after.Zip(layer.Variables)) RecordedData.AssertClose($"{what}: {variable.Path}", RecordedData.Tensor(recorded.GetProperty("value")), variable.Value);

        bool reverse = record.GetProperty("kwargs").TryGetProperty("reverse", out _);
        Tensor x = RecordedData.Tensor(record.GetProperty("x"));
        Tensor result = reverse ? ((ReversibleEmbedding)layer).Apply(x, reverse: true) : layer.Apply(x);
        RecordedData.AssertClose(what, RecordedData.Tensor(record.GetProperty("result")), result);

        if (!record.TryGetProperty("stored", out _)) return;
        Dictionary<string, Tensor> store = [];
        layer.SaveOwnVariables(store);
        Tensor[] stored = [.. Tensors("stored")];
        Assert.Equal(stored.Length, store.Count);
        for (int i = 0; i < stored.Length; i++) RecordedData.AssertClose($"{what}: stored {i}", stored[i], store[$"{i}"]);

        // Another layer, of the configuration that this one has by now, computes the same with them.
        Layer again = KerasSerializer.Deserialize<Layer>(KerasSerializer.Serialize(layer)!);
        again.EnsureBuilt(new CallArguments([x]));
        again.LoadOwnVariables(store);
        Dictionary<string, Tensor> twice = [];
        again.SaveOwnVariables(twice);
        foreach ((string key, Tensor value) in store.Where(_ => again.QuantizationMode == null || rank.ValueKind == JsonValueKind.Undefined)) RecordedData.AssertClose($"{what}: stored again {key}", value, twice[key]);

        IEnumerable<Tensor> Tensors(string name) => record.GetProperty(name).EnumerateArray().Select(RecordedData.Tensor);
    }

    private static void EnableLora(Layer layer, int rank, double? alpha)
    {
        if (layer is BaseConv convolution) convolution.EnableLora(rank, alpha);
        else ((QuantizableLayer)layer).EnableLora(rank, alpha);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations;

/// <summary>Functions and operators on symbolic tensors are steps of a model, in configurations as Keras writes and reads them.</summary>
[Collection(NamesCollection.Name)]
public sealed class OpNodeTests
{
    private static readonly Dictionary<string, JsonElement> s_records = RecordedData.Records("op_nodes.jsonl.gz").ToDictionary(r => r.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. s_records.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AModelOfTheStepIsWrittenAsKerasWritesIt(string name)
    {
        (Model model, JsonElement record) = Build(name);
        Assert.Equal(Canonical(record.GetProperty("config")), Canonical(model.ToJson()));
        Assert.Equal(
            record.GetProperty("shapes").EnumerateArray().Select(s => s.GetRawText()),
            model.Outputs.Select(o => $"[{string.Join(", ", o.Shape.Select(d => d?.ToString() ?? "null"))}]".Replace(", ", ",", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void KerasConfigurationIsReadAndWrittenAgain(string name)
    {
        string json = s_records[name].GetProperty("config").GetRawText();
        Assert.Equal(Canonical(json), Canonical(Model.FromJson(json).ToJson()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BothComputeWhatKerasComputes(string name)
    {
        (Model model, JsonElement record) = Build(name);
        Tensor[] inputs = [.. record.GetProperty("inputs").EnumerateArray().Select(RecordedData.Tensor)];
        Tensor[] expected = [.. record.GetProperty("outputs").EnumerateArray().Select(RecordedData.Tensor)];
        foreach (Model m in (Model[])[model, Model.FromJson(record.GetProperty("config").GetRawText()), Model.Clone(model)])
        {
            Tensors results = m.ApplyAll((Tensors)(inputs.Length == 1 ? inputs[0] : Tensors.Create(inputs)));
            Assert.Equal(expected.Length, results.Count);
            for (int i = 0; i < expected.Length; i++) RecordedData.AssertClose(name, expected[i], results[i], compareType: expected[i].DType != DType.Int64);
        }
    }

    private static (Model Model, JsonElement Record) Build(string name)
    {
        JsonElement record = s_records[name];
        Utils.ClearSession();
        Input[] inputs = [.. record.GetProperty("config").GetProperty("config").GetProperty("layers").EnumerateArray()
            .Where(l => l.GetProperty("class_name").GetString() == "InputLayer")
            .OrderBy(l => l.GetProperty("name").GetString(), StringComparer.Ordinal)
            .Select(l => l.GetProperty("config"))
            .Select(c => new Input(batchShape: [.. c.GetProperty("batch_shape").EnumerateArray().Select(d => d.ValueKind == JsonValueKind.Null ? (int?)null : d.GetInt32())], dtype: c.GetProperty("dtype").GetString()!))];
        KerasTensors outputs = OpNodeCases.Build(name, inputs);
        return (new Model(inputs.Length == 1 ? inputs[0] : KerasTensors.Create([.. inputs]), outputs), record);
    }

    private static string Canonical(JsonElement json) => Canonical(json.GetRawText());

    /// <summary>The text with keys in order; numbers stay as written, so that 1 differs from 1.0.</summary>
    private static string Canonical(string json) => Sorted(JsonNode.Parse(json))!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}

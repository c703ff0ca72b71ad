using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models;

/// <summary>What Keras makes of the arguments of <c>Input</c> and <c>InputLayer</c>: tensors, names, configurations and refusals.</summary>
[Collection(NamesCollection.Name)]
public sealed class RecordedInputTests
{
    private static readonly JsonElement[] s_records = [.. RecordedData.Records("inputs.jsonl.gz")];

    public static TheoryData<int, string> Cases
    {
        get
        {
            TheoryData<int, string> cases = [];
            for (int i = 0; i < s_records.Length; i++) cases.Add(i, $"{s_records[i].GetProperty("kind")} {s_records[i].GetProperty("args")}");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ArgumentsMeanWhatTheyMeanInKeras(int index, string what)
    {
        JsonElement record = s_records[index];
        Utils.ClearSession();
        if (record.TryGetProperty("error", out JsonElement error))
        {
            ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => Make(record));
            string[] mentioned = [.. record.GetProperty("mentions").EnumerateArray().Select(m => CamelCase(m.GetString()!))];
            Assert.All(mentioned, m => Assert.True(refusal.Message.Contains(m), $"{what}: '{refusal.Message}' does not mention {m}; Keras: {error}"));
            return;
        }

        (KerasTensor tensor, InputLayer layer) = Make(record);
        Assert.Equal(record.GetProperty("tensor_repr").GetString(), tensor.ToString());
        Assert.Equal(record.GetProperty("layer_repr").GetString(), layer.ToString());
        JsonAssert.Equal(JsonNode.Parse(record.GetProperty("config").GetRawText()), layer.GetConfig());
    }

    private static (KerasTensor Tensor, InputLayer Layer) Make(JsonElement record)
    {
        JsonElement args = record.GetProperty("args");
        KerasTensor? tensor = record.TryGetProperty("tensor", out JsonElement t) ? new(ShapeOf(t, "shape")!, Type(t), Flag(t, "sparse") ?? false, name: Text(t, "name")) : null;
        Shape? shape = ShapeOf(args, "shape"), batchShape = ShapeOf(args, "batch_shape");
        int? batchSize = args.TryGetProperty("batch_size", out JsonElement size) ? size.GetInt32() : null;
        if (record.GetProperty("kind").GetString() == "Input")
        {
            Input input = new(shape, batchSize, Type(args), Flag(args, "sparse"), Flag(args, "ragged"), batchShape, Text(args, "name"), tensor, Flag(args, "optional") ?? false);
            return (input, (InputLayer)input.History!.Operation);
        }

        InputLayer layer = new(shape, batchSize, Type(args), Flag(args, "sparse"), Flag(args, "ragged"), batchShape, tensor, Flag(args, "optional") ?? false, Text(args, "name"));
        return ((KerasTensor)layer.Output, layer);
    }

    private static DType? Type(JsonElement args) => Text(args, "dtype") is { } name ? DType.Parse(name) : null;

    private static string? Text(JsonElement args, string key) => args.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;

    private static bool? Flag(JsonElement args, string key) => args.TryGetProperty(key, out JsonElement value) ? value.GetBoolean() : null;

    private static Shape? ShapeOf(JsonElement args, string key) => args.TryGetProperty(key, out JsonElement dims)
        ? Shape.Create([.. dims.EnumerateArray().Select(d => d.ValueKind == JsonValueKind.Null ? (int?)null : d.GetInt32())])
        : null;

    private static string CamelCase(string name)
    {
        string[] words = name.Split('_');
        return words[0] + string.Concat(words.Skip(1).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }
}

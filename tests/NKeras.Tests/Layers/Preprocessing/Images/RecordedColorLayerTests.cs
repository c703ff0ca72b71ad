using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Layers.Preprocessing.Images;

/// <summary>What Keras makes of images when what is random about a call is given (Data/color_layers.jsonl.gz).</summary>
public sealed class RecordedColorLayerTests
{
    private static readonly JsonElement[] s_records = [.. RecordedData.Records("color_layers.jsonl.gz")];

    public static TheoryData<string> Names => [.. s_records.Select(NameOf).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void ImagesAreTransformedAsInKeras(string name)
    {
        foreach (JsonElement record in s_records.Where(r => NameOf(r) == name))
        {
            JsonObject config = JsonNode.Parse(record.GetProperty("layer").GetRawText())!.AsObject();
            BaseImagePreprocessingLayer layer = Utils.DeserializeKerasObject<BaseImagePreprocessingLayer>(config)!;
            Tensor images = RecordedData.Tensor(record.GetProperty("images"));
            string what = $"{name} {config["config"]!["data_format"]} {config["config"]!["value_range"]?.ToJsonString()} {images.DType}";
            RecordedData.AssertClose(what, RecordedData.Tensor(record.GetProperty("result")), layer.TransformImages(images, Transformation(record)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void CompiledFunctionsDoTheSame(string name)
    {
        JsonElement record = s_records.First(r => NameOf(r) == name);
        BaseImagePreprocessingLayer layer = Utils.DeserializeKerasObject<BaseImagePreprocessingLayer>(JsonNode.Parse(record.GetProperty("layer").GetRawText()))!;
        Tensors? transformation = Transformation(record);
        CompiledFunction compiled = new((Tensor x) => layer.TransformImages(x, transformation));
        RecordedData.AssertClose(name, RecordedData.Tensor(record.GetProperty("result")), compiled.Apply(RecordedData.Tensor(record.GetProperty("images"))));
    }

    private static string NameOf(JsonElement record) => record.GetProperty("layer").GetProperty("class_name").GetString()!;

    private static Tensors? Transformation(JsonElement record)
    {
        JsonElement recorded = record.GetProperty("transformation");
        if (recorded.ValueKind == JsonValueKind.Null) return null;
        Tensors transformation = [];
        foreach (JsonProperty drawn in recorded.EnumerateObject()) transformation[drawn.Name] = RecordedData.Tensor(drawn.Value);
        return transformation;
    }
}

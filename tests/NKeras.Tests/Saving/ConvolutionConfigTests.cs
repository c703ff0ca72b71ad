using System.Text.Json.Nodes;
using NKeras.Saving;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Saving;

/// <summary>Configurations of convolution, pooling and reshaping layers have Keras's entries in Keras's order, which is not always that of the parameters.</summary>
public sealed class ConvolutionConfigTests
{
    [Fact]
    public void EntriesAreInKerasOrder() => Assert.All(RecordedData.Records("configs_convolution.jsonl.gz"), record =>
    {
        JsonObject recorded = JsonNode.Parse(record.GetRawText())!.AsObject();
        JsonObject written = KerasSerializer.Serialize(KerasSerializer.Deserialize(recorded))!.AsObject();
        Assert.Equal(Keys(recorded), Keys(written));
    });

    private static string Keys(JsonObject form) => string.Join(' ', form["config"]!.AsObject().Select(p => p.Key));
}

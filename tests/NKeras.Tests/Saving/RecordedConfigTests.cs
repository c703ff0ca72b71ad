using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Saving;

/// <summary>What Keras wrote for layers, initializers, regularizers, constraints, losses, metrics, optimizers and schedules is read, and written again as it was.</summary>
public sealed class RecordedConfigTests
{
    private static readonly string[] s_configs = [.. RecordedData.AllRecords("configs", ".jsonl.gz").Select(r => r.GetRawText())];

    public static TheoryData<int, string> Configs
    {
        get
        {
            TheoryData<int, string> configs = [];
            for (int i = 0; i < s_configs.Length; i++) configs.Add(i, Form(i)["class_name"]!.GetValue<string>());
            return configs;
        }
    }

    [Theory]
    [MemberData(nameof(Configs))]
    public void ConfigurationIsWrittenAsItWasRead(int index, string className)
    {
        JsonNode? again = KerasSerializer.Serialize(KerasSerializer.Deserialize(Form(index)));
        JsonAssert.Equal(Form(index), again, className);
    }

    [Fact]
    public void EveryClassIsRecorded()
    {
        HashSet<Type> recorded = [.. s_configs.Select((_, i) => KerasSerializer.Deserialize(Form(i)).GetType())];
        Assert.Equal([], TypeTable.All.Select(t => t.Type).Where(t => !recorded.Contains(t) && t != typeof(InputLayer) && t != typeof(Lambda) && t != typeof(DTypePolicy) && !t.IsAssignableTo(typeof(Model))));
    }

    private static JsonObject Form(int index) => JsonNode.Parse(s_configs[index])!.AsObject();
}

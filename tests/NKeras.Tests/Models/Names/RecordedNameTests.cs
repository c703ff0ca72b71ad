using System.Reflection;
using System.Text.Json;
using NKeras.Core;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models.Names;

/// <summary>Automatic names, and which numbers are used up, as recorded in Keras.</summary>
[Collection(NamesCollection.Name)]
public sealed class RecordedNameTests
{
    private static readonly JsonElement[] s_records = [.. RecordedData.Records("names.jsonl.gz")];

    public static TheoryData<string> Scenarios => [.. s_records.Select(r => r.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void NamesAreThoseOfKeras(string scenario)
    {
        JsonElement record = s_records.Single(r => r.GetProperty("name").GetString() == scenario);
        string method = string.Concat(scenario.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        NameLog log = new();

        Utils.ClearSession();
        typeof(NameScenarios).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Action<NameLog>>()(log);

        Assert.Equal(string.Join('\n', record.GetProperty("lines").Deserialize<string[]>()!), string.Join('\n', log.Lines));
        Dictionary<string, int> counts = record.GetProperty("counts").Deserialize<Dictionary<string, int>>()!;
        string[] prefixes = [.. s_records.SelectMany(r => r.GetProperty("counts").EnumerateObject()).Select(p => p.Name).Distinct()];
        Assert.Equal(
            prefixes.Select(p => counts.TryGetValue(p, out int count) ? $"{p}_{count}" : p),
            prefixes.Select(Naming.AutoName));
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using NKeras.Conformance.Calls;
using NKeras.Layers;
using NKeras.Saving;
using NKeras.Saving.Files;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Saving;

/// <summary>Paths of variables, and where files keep them, are those that Keras gives the layers of recorded calls.</summary>
public sealed partial class RecordedWeightPathTests
{
    private static readonly Dictionary<string, JsonElement> s_paths = RecordedData.Records("weight_paths.jsonl.gz").ToDictionary(r => r.GetProperty("id").GetString()!);

    private static readonly Lazy<ILookup<string, CallRecord>> s_records = new(() =>
        Recordings.Read(Recordings.OwnCalls, "layer").Where(r => s_paths.ContainsKey(r.Id)).ToLookup(r => r.Target));

    public static TheoryData<string> Targets => new(s_records.Value.Select(g => g.Key));

    [Theory]
    [MemberData(nameof(Targets))]
    public void AreThoseOfKeras(string target)
    {
        foreach (CallRecord record in s_records.Value[target])
        {
            Layer layer = LayerCall.Build(record);
            JsonElement recorded = s_paths[record.Id];
            Assert.Equal(Read(recorded, "files").Order(StringComparer.Ordinal), WeightPaths.Of(layer).Select(p => p.Path).Order(StringComparer.Ordinal));
            List<string> groups = [];
            StateWalk.Run(layer, (_, path) =>
            {
                groups.Add(StateWalk.Join(path, "vars"));
                return true;
            });
            Assert.Equal(Read(recorded, "groups").Order(StringComparer.Ordinal), groups.Order(StringComparer.Ordinal));
            Assert.Equal(Read(recorded, "variables").Select(WithoutNumbers), layer.Variables.Select(v => WithoutNumbers(v.Path)));
        }
    }

    private static IEnumerable<string> Read(JsonElement record, string key) => record.GetProperty(key).EnumerateArray().Select(p => p.GetString()!);

    /// <summary>The numbers of automatic names depend on what was made before.</summary>
    private static string WithoutNumbers(string path) => Number().Replace(path, "");

    [GeneratedRegex(@"_\d+(?=/|$)")]
    private static partial Regex Number();
}

using System.Text.Json;

namespace NKeras.Tests.Recorded;

/// <summary>The recorded calls of a file, for theories: a case is the target and the record's id.</summary>
internal sealed class RecordedCalls(string file)
{
    private readonly Dictionary<string, JsonElement> _records = RecordedData.Records(file).ToDictionary(r => r.GetProperty("id").GetString()!);

    /// <summary>Target and id of each call.</summary>
    public TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach ((string id, JsonElement record) in _records) cases.Add(record.GetProperty("target").GetString()!, id);
            return cases;
        }
    }

    /// <summary>All records by id.</summary>
    public IReadOnlyDictionary<string, JsonElement> All => _records;

    /// <summary>The record with an id.</summary>
    public JsonElement this[string id] => _records[id];
}

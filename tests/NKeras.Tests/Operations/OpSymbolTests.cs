using NKeras.Conformance.Calls;

namespace NKeras.Tests.Operations;

/// <summary>What functions give for symbolic tensors, as recorded of Keras (<c>make_symbolic.py</c>).</summary>
public class OpSymbolTests
{
    private static readonly ILookup<string, CallRecord> s_records = Recordings.Read(Recordings.OwnCalls, "symbolic").ToLookup(r => r.Target);

    public static TheoryData<string> Targets => [.. s_records.Select(r => r.Key)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void ShapesAndTypesAreKeras(string target)
    {
        CallReplay replay = new(Departures.Read());
        CallResult[] results = [.. s_records[target].Select(replay.Run)];
        // Functions that are missing are a matter of the test of the API.
        Assert.Empty(results.Where(r => r.Outcome == Outcome.Failed).Select(r => $"{r.Record.Id} {r.Record.Json.GetProperty("args")} {r.Record.Json.GetProperty("kwargs")}: {r.Message}"));
    }
}

using NKeras.Conformance.Calls;

namespace NKeras.Tests.Conformance;

/// <summary>Every recorded call of Keras that the runner replays gives what was recorded, departures on purpose aside.</summary>
public sealed class RecordedCallTests
{
    /// <summary>The kinds of which everything recorded is to pass; of calls that raise, those of functions, layers, losses, metrics and optimizers.</summary>
    private static readonly string[] s_kinds = ["function", "raises", "symbolic", "step", "layer", "initializer", "regularizer", "constraint", "schedule", "optimizer", "loss", "metric"];

    private static readonly Lazy<ILookup<(string Kind, string Target), CallRecord>> s_records =
        new(() => s_kinds.SelectMany(k => Recordings.Read(Recordings.OwnCalls, k)).Where(IsOfLayersOrFunctions).ToLookup(r => (r.Kind, r.Target)));

    private static readonly string[] s_modules = ["keras.layers.", "keras.losses.", "keras.metrics.", "keras.optimizers."];

    private static bool IsOfLayersOrFunctions(CallRecord record) =>
        record.Kind != "raises" || record.On == "function" || record.On == "layer" || s_modules.Any(m => record.Target.StartsWith(m, StringComparison.Ordinal));

    private static readonly CallReplay s_replay = new(Departures.Read());

    public static TheoryData<string, string> Targets
    {
        get
        {
            TheoryData<string, string> targets = [];
            foreach ((string kind, string target) in s_records.Value.Select(g => g.Key)) targets.Add(kind, target);
            return targets;
        }
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void GiveWhatKerasGives(string kind, string target)
    {
        CallResult[] results = [.. s_records.Value[(kind, target)].Select(s_replay.Run)];
        Assert.Empty(results.Where(r => r.Outcome is Outcome.Failed or Outcome.Missing).Select(r => $"{r.Record.Id}: {r.Message}"));
    }

    [Fact]
    public void DeparturesAreFewAndNeverAboutValuesThatCouldBeWrong()
    {
        CallResult[] results = [.. s_records.Value.SelectMany(g => g).Where(r => r.Kind == "function").Select(s_replay.Run)];
        Assert.InRange(results.Count(r => r.Outcome == Outcome.Departed), 0, results.Length / 100);
    }

    [Fact]
    public void EveryDepartureExplainsARecord()
    {
        CallResult[] departed = [.. s_records.Value.SelectMany(g => g).Select(s_replay.Run).Where(r => r.Outcome == Outcome.Departed)];
        IEnumerable<Departure> rules = Departures.Read().Rules.Where(rule => rule.Targets.Any(t => s_records.Value.Contains((rule.Kind, t))));
        Assert.Empty(rules.Where(rule => !departed.Any(r => r.Message.Contains(rule.Reason, StringComparison.Ordinal))).Select(r => r.Reason));
    }
}

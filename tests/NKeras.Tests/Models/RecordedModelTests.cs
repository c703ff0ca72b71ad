using NKeras.Conformance.Calls;
using NKeras.Conformance.Models;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models;

/// <summary>Whole models of Keras: written by hand, with the configurations, summaries and names recorded; read from their configurations, with everything that was recorded.</summary>
[Collection(NamesCollection.Name)]
public sealed class RecordedModelTests
{
    public static TheoryData<string> Names => [.. RecordedModels.Names];

    [Fact]
    public void EveryRecordedModelIsWrittenByHand() => Assert.Equal(RecordedModel.ReadAll(RecordedModel.OwnModels).Select(m => m.Name), RecordedModels.Names.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void ModelsWrittenByHandAreTheRecordedOnes(string name)
    {
        RecordedModel recorded = RecordedModels.Record(name);
        LoadedModel written = new(recorded, RecordedModels.Build(name), [.. recorded.Weights.Select(w => w.Value)]);
        AssertPassed(ModelReplay.BeforeTraining(recorded, written));
        Assert.Equal(recorded.Weights.Select(w => w.Path), written.Variables.Select(v => v.Path));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ModelsReadFromConfigurationsLearnAsRecorded(string name) => AssertPassed(ModelReplay.Run(RecordedModels.Record(name)));

    private static void AssertPassed(IEnumerable<ModelCheck> checks)
    {
        ModelCheck[] made = [.. checks];
        Assert.NotEmpty(made);
        Assert.Empty(made.Where(c => c.Outcome != Outcome.Passed && c.Check != "compile_config").Select(c => $"{c.Check}: {string.Join("; ", c.Messages)}"));
    }
}

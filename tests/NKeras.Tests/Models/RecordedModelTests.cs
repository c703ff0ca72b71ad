using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Models;

/// <summary>Configurations, summaries and names of whole models, as Keras was recorded to write them.</summary>
[Collection(NamesCollection.Name)]
public sealed class RecordedModelTests
{
    public static TheoryData<string> All => [.. RecordedModels.All];

    public static TheoryData<string> Written => [.. RecordedModels.Written];

    [Theory]
    [MemberData(nameof(All))]
    public void ModelIsWrittenAsSoonAsItsClassesExist(string name)
    {
        string[] missing = [.. RecordedModels.Missing(JsonNode.Parse(RecordedModels.Json(name))).Distinct()];
        Assert.True(
            missing.Length > 0 || RecordedModels.Written.Contains(name),
            $"All classes of the recorded model '{name}' exist by now: write it by hand in {nameof(RecordedModels)}, compiled as its configuration says.");
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void ConfigurationIsTheRecordedOne(string name) => CheckJson(name, RecordedModels.Build(name));

    [Theory]
    [MemberData(nameof(Written))]
    public void SummariesAreTheRecordedOnes(string name) => CheckSummaries(name, RecordedModels.Build(name));

    [Theory]
    [MemberData(nameof(Written))]
    public void VariablesHaveTheRecordedPaths(string name) => CheckPaths(name, RecordedModels.Build(name));

    [Theory]
    [MemberData(nameof(Written))]
    public void ModelReadFromTheRecordedConfigurationIsTheSame(string name)
    {
        Utils.ClearSession();
        Model model = Model.FromJson(RecordedModels.Json(name));
        CheckJson(name, model);
        CheckSummaries(name, model);
        // Keras: builds a layer that is read before it adds it to its Sequential or Bidirectional, whose name the paths then lack.
        string[] nested = [.. model.Layers.Prepend(model).Where(l => l is Sequential or Bidirectional).Select(l => $"{l.Name}/")];
        CheckPaths(name, model, path => nested.Aggregate(path, (p, prefix) => p.StartsWith(prefix, StringComparison.Ordinal) ? p[prefix.Length..] : p));
    }

    private static void CheckJson(string name, Model model) =>
        JsonComparison.AssertEqual(JsonComparison.WithoutBackend(JsonNode.Parse(RecordedModels.Json(name))!), JsonNode.Parse(model.ToJson()));

    private static void CheckSummaries(string name, Model model)
    {
        Assert.Equal(RecordedData.Text($"{name}.summary.txt"), Summary(false) + "\n");
        Assert.Equal(RecordedData.Text($"{name}.summary_nested.txt"), Summary(true) + "\n");

        string Summary(bool nested)
        {
            string text = "";
            model.Summary(lineLength: 96, printFn: t => text = t, expandNested: nested, showTrainable: nested);
            return text;
        }
    }

    private static void CheckPaths(string name, Model model, Func<string, string>? map = null)
    {
        JsonElement weights = RecordedModels.Record(name).GetProperty("weights");
        Assert.Equal(
            weights.EnumerateArray().Select(w => $"{(map ?? (p => p))(w.GetProperty("path").GetString()!)} {w.GetProperty("trainable").GetBoolean()}"),
            model.Weights.Select(w => $"{(map ?? (p => p))(w.Path)} {w.Trainable}"));
    }
}

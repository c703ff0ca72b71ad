using System.Text.Json.Nodes;
using NKeras.Conformance.Calls;
using NKeras.Conformance.Comparison;

namespace NKeras.Conformance.Models;

/// <summary>Replays whole recorded models.</summary>
internal static class ModelReplay
{
    /// <summary>What is compared before training.</summary>
    private static readonly (string Name, Func<RecordedModel, LoadedModel, IEnumerable<Difference>?> Compare)[] s_checks =
    [
        ("config", (recorded, loaded) => JsonComparison.Compare(JsonComparison.WithoutBackend(JsonNode.Parse(recorded.Config)!), JsonNode.Parse(loaded.Model.ToJson()))),
        ("summary", (recorded, loaded) => CompareSummary(recorded, loaded, nested: false)),
        ("summary_nested", (recorded, loaded) => CompareSummary(recorded, loaded, nested: true)),
        ("weights", (recorded, loaded) => ComparePaths(recorded.Weights, loaded)),
        ("compile_config", CompareCompiling),
        ("predict_initial", (recorded, loaded) => ResultComparison.Compare(recorded.Value("predict_initial"), loaded.Predict(), FitComparison.Untrained, "predict_initial")),
        ("evaluate_initial", (recorded, loaded) => FitComparison.CompareScores(recorded, loaded.Evaluate())),
    ];

    /// <summary>Makes the model, and compares all that was recorded of it.</summary>
    public static IEnumerable<ModelCheck> Run(RecordedModel recorded)
    {
        LoadedModel loaded;
        try
        {
            loaded = LoadedModel.Read(recorded);
        }
        catch (Exception e)
        {
            return [new(recorded.Name, "model", Outcome.Failed, [Describe(e)])];
        }

        return BeforeTraining(recorded, loaded).Concat(ModelFiles.Run(recorded)).Concat(FitReplay.Run(recorded));
    }

    /// <summary>Compares what was recorded before training.</summary>
    public static IEnumerable<ModelCheck> BeforeTraining(RecordedModel recorded, LoadedModel loaded) => s_checks.Select(c => Check(recorded.Name, c.Name, () => c.Compare(recorded, loaded)));

    /// <summary>What came of a comparison: skipped where it gives null, since nothing was recorded.</summary>
    public static ModelCheck Check(string model, string check, Func<IEnumerable<Difference>?> compare)
    {
        try
        {
            if (compare() is not { } differences) return new(model, check, Outcome.Departed, ["not recorded"]);
            string[] messages = [.. differences.Select(d => d.Message)];
            return new(model, check, messages.Length == 0 ? Outcome.Passed : Outcome.Failed, messages);
        }
        catch (Exception e)
        {
            return new(model, check, Outcome.Failed, [Describe(e)]);
        }
    }

    private static IEnumerable<Difference>? CompareSummary(RecordedModel recorded, LoadedModel loaded, bool nested) =>
        recorded.Summary(nested) is not { } expected ? null : SummaryComparison.Compare(expected, loaded.Model, nested) is { } difference ? [difference] : [];

    /// <summary>Compiles the model as its files say, and writes that again.</summary>
    private static List<Difference>? CompareCompiling(RecordedModel recorded, LoadedModel loaded)
    {
        List<Difference>? differences = null;
        Model model = Model.FromJson(recorded.Config);
        foreach (string file in new[] { "initial.keras", "trained.keras" })
        {
            if (recorded.CompileConfig(file) is not { } config) continue;
            differences ??= [];
            model.CompileFromConfig(config);
            JsonObject written = model.GetCompileConfig();
            foreach ((string key, JsonNode? value) in (JsonObject)JsonComparison.WithoutBackend(config)) differences.AddRange(JsonComparison.Compare(value, written[key], $"{file} {key}"));
        }

        return differences;
    }

    /// <summary>Order, paths, shapes, types and trainability of the variables.</summary>
    // Keras: a layer that is read from a configuration is built before it becomes part of its Sequential or Bidirectional, whose name its paths then lack.
    public static IEnumerable<Difference> ComparePaths(IReadOnlyList<RecordedVariable> recorded, LoadedModel loaded)
    {
        HashSet<string> containers = [.. loaded.Model.AllSubLayers.Prepend(loaded.Model).Where(l => l.AllSubLayers.Any()).Select(l => l.Name)];
        foreach ((RecordedVariable expected, Variable variable) in recorded.Zip(loaded.Variables))
        {
            if (Without(expected.Path) != Without(variable.Path)) yield return new(DifferenceKind.Structure, $"weight '{variable.Path}' stands where Keras has '{expected.Path}'");
            if (expected.Value.Spec != variable.Value.Spec) yield return new(DifferenceKind.Shape, $"weight '{variable.Path}' is {variable.Value.Spec}, Keras's {expected.Value.Spec}");
            if (expected.Trainable is { } trainable && trainable != variable.Trainable) yield return new(DifferenceKind.Structure, $"weight '{variable.Path}' is {(trainable ? "not " : "")}trainable; in Keras it is{(trainable ? "" : " not")}");
        }

        string Without(string path) => string.Join('/', path.Split('/').Where(n => !containers.Contains(n)));
    }

    /// <summary>An exception, in a line.</summary>
    public static string Describe(Exception e) => $"throws {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";
}

using System.Text.Json.Nodes;
using NKeras.Conformance.Models;
using NKeras.Core;
using NKeras.Saving;

namespace NKeras.Conformance.Files;

/// <summary>Checks files with classes that are not Keras's own: they are refused by name, and load once something is registered under it.</summary>
internal static class CustomFile
{
    /// <summary>Tries to load a file before anything is registered.</summary>
    /// <returns>What became of it, in words.</returns>
    public static string RefusalOf(RecordedFile file)
    {
        ModelFileException refusal = Refusal.Of(file);
        return file.Custom.Any(c => refusal.Message.Contains(Plain(c), StringComparison.Ordinal))
            ? $"refused: {refusal.Message.ReplaceLineEndings(" ")}"
            : throw new DiffersException($"the refusal names none of {string.Join(", ", file.Custom)}: {refusal.Message}");
    }

    /// <summary>Loads a file with stand-ins.</summary>
    /// <returns>What became of it, in words.</returns>
    public static string Check(RecordedFile file)
    {
        FileContent content = FileContent.Read(file.Path);
        JsonNode config = content.Config ?? throw new DiffersException("has no configuration");
        foreach (string custom in file.Custom) Register(custom, config, content);
        Model model;
        try
        {
            model = Model.Load(file.Path);
        }
        catch (Exception e) when (e is ModelFileException or ArgumentException && MissingClass.In(file, e) == null)
        {
            throw new DiffersException($"does not load with stand-ins for {string.Join(", ", file.Custom)}: {ModelReplay.Describe(e)}");
        }

        WeightsFile.CheckLoaded(model, [.. content.Weights]);
        return $"with stand-ins all {model.Weights.Count} weights load";
    }

    private static void Register(string custom, JsonNode config, FileContent content)
    {
        string package = custom.Contains('>', StringComparison.Ordinal) ? custom[..custom.LastIndexOf('>')] : "Custom", name = Plain(custom);
        bool isLegacy = content.Arrays.Any(a => a.Path.StartsWith("model_weights/", StringComparison.Ordinal));
        IReadOnlyList<CustomUse> uses = CustomUse.Find(config, custom);
        foreach (IGrouping<(string Role, bool IsFunction), CustomUse> use in uses.GroupBy(u => (u.Role, u.IsFunction)))
        {
            switch (use.Key)
            {
                case ("activation" or "recurrent_activation", true):
                    Utils.RegisterKerasSerializable((TensorFunction)(x => x), package, name);
                    break;
                case (_, true):
                    Utils.RegisterKerasSerializable(LossFunctions.MeanSquaredError, package, name);
                    break;
                case ("loss", false):
                    Utils.RegisterKerasSerializable<StandInLoss>(package, name, _ => new StandInLoss());
                    break;
                case ("metrics" or "weighted_metrics", false):
                    Utils.RegisterKerasSerializable<StandInMetric>(package, name, _ => new StandInMetric());
                    break;
                case ("", false):
                    Utils.RegisterKerasSerializable<StandInModel>(package, name, c => new StandInModel(StandInWeights.At("", content.Weights), NameIn(c)));
                    break;
                default:
                    Queue<string> paths = new(StandInWeights.PathsOf(Naming.ToSnakeCase(name), content.Weights));
                    Utils.RegisterKerasSerializable<StandInLayer>(package, name, c => new StandInLayer(
                        isLegacy ? StandInWeights.OfLegacyLayer(NameIn(c) ?? "", content.Weights) : paths.TryDequeue(out string? path) ? StandInWeights.At(path, content.Weights) : new(Naming.ToSnakeCase(name), [], []),
                        NameIn(c),
                        uses.FirstOrDefault(u => u.Name == NameIn(c))?.Result));
                    break;
            }
        }
    }

    private static string? NameIn(JsonObject config) => config["name"]?.GetValue<string>();

    private static string Plain(string custom) => custom[(custom.LastIndexOf('>') + 1)..];
}

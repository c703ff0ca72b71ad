using System.Text;
using NKeras.Hdf5;
using NKeras.Layers;
using NKeras.Saving.Files;

namespace NKeras.Saving.Legacy;

/// <summary>What Keras 3 writes into a legacy file of a model.</summary>
internal sealed class LegacyWriter
{
    /// <summary>How many bytes HDF5 allows an attribute to have; longer lists are cut into parts.</summary>
    private const int MostBytes = 64512;

    /// <summary>The least that a text takes in an attribute, wherever its letters are.</summary>
    private const int BytesOfText = 16;

    private const string Backend = "nkeras";

    private readonly HashSet<string> _paths = [];

    /// <summary>Gathers what is to be written; weights are referred to.</summary>
    public LegacyWriter(Model model, bool includeOptimizer)
    {
        Content.SetAttribute("keras_version", ModelWriter.KerasVersion);
        Content.SetAttribute("backend", Backend);
        Content.SetAttribute("model_config", PythonJson.Write(LegacyConfig.Of(model)));
        if (includeOptimizer && LegacyConfig.TrainingOf(model) is { } training) Content.SetAttribute("training_config", PythonJson.Write(training));
        AddWeights(model);
        if (includeOptimizer && model.OptimizerOrNull is { Variables: { Count: > 0 } variables }) AddArrays("optimizer_weights", variables);
    }

    /// <summary>The file's content.</summary>
    public Hdf5Content Content { get; } = new();

    private void AddWeights(Model model)
    {
        const string Root = "model_weights";
        SetTexts(Root, "layer_names", [.. model.Layers.Select(l => l.Name)]);
        Content.Group(Root).SetAttribute("backend", Backend);
        Content.Group(Root).SetAttribute("keras_version", ModelWriter.KerasVersion);
        foreach (Layer layer in model.Layers) AddArrays($"{Root}/{layer.Name}", LegacyWeights.WeightsOf(layer));
        AddArrays($"{Root}/top_level_model_weights", [.. model.OwnWeights]);
    }

    private void AddArrays(string group, IReadOnlyList<Variable> variables)
    {
        string[] names = [.. variables.Select(v => Unique(group, v.Path))];
        SetTexts(group, "weight_names", names);
        for (int i = 0; i < names.Length; i++) DatasetTensors.Add(Content, $"{group}/{names[i]}", variables[i].Cell.Snapshot);
    }

    /// <summary>A path of its own, of which no other's is the beginning. What reads the file goes by the list of names.</summary>
    // Keras: fails where two weights of a layer have one path.
    private string Unique(string group, string path)
    {
        string name = path;
        for (int i = 1; IsTaken($"{group}/{name}"); i++) name = $"{path}_{i}";
        _paths.Add($"{group}/{name}");
        return name;
    }

    private bool IsTaken(string path) =>
        _paths.Contains(path) || _paths.Any(p => p.StartsWith($"{path}/", StringComparison.Ordinal)) || Enumerable.Range(0, path.Length).Any(i => path[i] == '/' && _paths.Contains(path[..i]));

    private void SetTexts(string group, string name, string[] texts)
    {
        int longest = texts.Length == 0 ? 0 : Math.Max(BytesOfText, texts.Max(Encoding.UTF8.GetByteCount));
        int parts = Math.Max(1, (int)Math.Min(texts.Length, (((long)longest * texts.Length) + MostBytes - 1) / MostBytes));
        while (parts < texts.Length && (long)longest * ((texts.Length + parts - 1) / parts) > MostBytes) parts++;
        Hdf5Content target = Content.Group(group);
        if (parts == 1)
        {
            target.SetAttribute(name, texts);
            return;
        }

        // As evenly as can be, the longer parts in front.
        for (int part = 0, next = 0; part < parts; part++)
        {
            int count = (texts.Length / parts) + (part < texts.Length % parts ? 1 : 0);
            target.SetAttribute($"{name}{part}", texts[next..(next + count)]);
            next += count;
        }
    }
}

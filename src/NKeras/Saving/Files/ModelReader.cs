using System.Text;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Layers.Preprocessing;
using NKeras.Npy;
using NKeras.Saving.Older;

namespace NKeras.Saving.Files;

/// <summary>Makes a model from its parts, as Keras 3 and Keras 2.12 to 2.15 save them.</summary>
internal sealed class ModelReader(ModelParts parts, LoadAttempt attempt)
{
    /// <summary>The model, or another layer that was saved by itself, with its weights and, unless left out, what it was compiled with.</summary>
    public T Read<T>(bool compile)
        where T : Layer
    {
        JsonObject? metadata = parts.Contains(ModelParts.Metadata) ? ReadJson(ModelParts.Metadata) : null;
        if (metadata?["keras_version"] is JsonValue version && version.TryGetValue(out string? text))
        {
            attempt.KerasVersion = text;
            Reading.Current!.KerasVersion = KerasVersion.Parse(text);
        }

        JsonObject config = ReadJson(ModelParts.Config);
        if (!compile) config["compile_config"] = null;
        Reading.Current!.HasVocabularies = parts.Names.Any(n => n.EndsWith($"/{VocabularyFile.AssetName}", StringComparison.Ordinal));
        T model = KerasSerializer.Deserialize<T>(config);
        LoadWeights(model, skipMismatch: false, withAssets: true, skipOptimizer: !compile || config["compile_config"]?["optimizer"] is null);
        if (model is Model trained && metadata?[ModelParts.TrainingState] is JsonObject states) BadConfig.Within(ModelParts.Metadata, () => RandomStates.Restore(trained, states));
        return model;
    }

    /// <summary>Gives a model the parts' variables.</summary>
    public void LoadWeights(Layer model, bool skipMismatch, bool withAssets = false, bool skipOptimizer = false)
    {
        using VariableSource source = OpenWeights();
        StateLoader.Load(model, source, withAssets ? parts.ReadAssets() : null, skipMismatch, skipOptimizer);
    }

    private VariableSource OpenWeights()
    {
        if (parts.Contains(ModelParts.Weights)) return new Hdf5Variables(attempt.OpenHdf5(parts.Open(ModelParts.Weights)));
        if (parts.Contains(ModelParts.NumpyWeights)) return new NpzVariables(new NpzFile(parts.Open(ModelParts.NumpyWeights), ModelParts.NumpyWeights, attempt.Policy));
        throw new InvalidDataException($"There are no weights: neither '{ModelParts.Weights}' nor '{ModelParts.NumpyWeights}'.");
    }

    private JsonObject ReadJson(string name) => parts.Contains(name)
        ? BadConfig.Within(name, () => PythonJson.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(parts.ReadAll(name, attempt.Policy.MaxConfigBytes))))
        : throw new InvalidDataException($"There is no '{name}', so this is not a model that Keras saved.");
}

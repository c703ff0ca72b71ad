using System.Text.Json.Nodes;
using NKeras.Hdf5;
using NKeras.Saving.Older;

namespace NKeras.Saving.Legacy;

/// <summary>HDF5 files of whole models or weights as Keras 1 and 2 wrote them, and Keras 3 still does under the name <c>.h5</c>.</summary>
internal static class LegacyModelFile
{
    private const string WeightsGroup = "model_weights";

    /// <summary>The version of Keras that wrote a file; null if it does not say.</summary>
    public static string? VersionOf(Hdf5File file) =>
        LegacyGroup.TextOf(file.Root, "keras_version") ?? (file.Root.TryGet(WeightsGroup, out Hdf5Object? weights) ? LegacyGroup.TextOf(weights, "keras_version") : null);

    /// <summary>Whether a file holds a whole model.</summary>
    public static bool Is(Hdf5File file) => file.Root.Attributes.ContainsKey("model_config");

    /// <summary>The group with the weights of layers; null if the file is no such file.</summary>
    public static Hdf5Group? WeightsIn(Hdf5File file) =>
        LegacyGroup.HasLayers(file.Root) ? file.Root : file.Root.TryGet(WeightsGroup, out Hdf5Object? weights) && weights is Hdf5Group group && LegacyGroup.HasLayers(group) ? group : null;

    /// <summary>The model in a file, with its weights and, unless left out, what it was compiled with.</summary>
    /// <exception cref="ArgumentException">The file's content is not valid, or refused.</exception>
    /// <exception cref="Hdf5Exception">The file is damaged.</exception>
    public static Model Load(Hdf5File file, bool compile) => Reading.Run(() =>
    {
        Reading.Current!.KerasVersion = VersionOf(file) is { } text ? KerasVersion.Parse(text) : KerasVersion.First;
        JsonObject config = LegacyJson.Read(LegacyGroup.TextOf(file.Root, "model_config") ?? throw new ArgumentException("The attribute 'model_config' is no text."));
        Model model = KerasSerializer.Deserialize<Model>(config);
        if (WeightsIn(file) is { } group) new LegacyWeights(group, model).LoadOwn();
        if (compile && LegacyGroup.TextOf(file.Root, "training_config") is { } training) LegacyTraining.Restore(model, training, file);
        return model;
    });

    /// <summary>Sets a model's weights to those of a file's group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="model">The model.</param>
    /// <param name="skipMismatch">Whether what does not fit stays as it is, with a warning.</param>
    /// <param name="byName">Whether layers are found by their names, rather than by their order.</param>
    /// <exception cref="ArgumentException">The weights do not fit the model. Nothing is changed then.</exception>
    public static void LoadWeights(Hdf5Group group, Model model, bool skipMismatch, bool byName) => Reading.Run<object?>(() =>
    {
        new LegacyWeights(group, model, skipMismatch).Load(byName);
        return null;
    });

    /// <summary>What a file of a model is to have.</summary>
    /// <exception cref="ArgumentException">The model has classes or functions of the user's own that are not registered.</exception>
    public static Hdf5Content Content(Model model, bool includeOptimizer) => new LegacyWriter(model, includeOptimizer).Content;
}

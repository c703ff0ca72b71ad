using NKeras.Hdf5;

namespace NKeras.Saving.Legacy;

/// <summary>HDF5 files of whole models or weights as Keras 1 and 2 wrote them, and Keras 3 still does under the name <c>.h5</c>.</summary>
internal static class LegacyModelFile
{
    /// <summary>The version of Keras that wrote a file; null if it does not say.</summary>
    public static string? VersionOf(Hdf5File file) => VersionOf(file.Root) ?? (file.Root.TryGet("model_weights", out Hdf5Object? weights) ? VersionOf(weights) : null);

    /// <summary>Whether a file holds a whole model.</summary>
    public static bool Is(Hdf5File file) => file.Root.Attributes.ContainsKey("model_config");

    /// <summary>The group with the weights of layers; null if the file is no such file.</summary>
    public static Hdf5Group? WeightsIn(Hdf5File file) => HasLayers(file.Root) ? file.Root : file.Root.TryGet("model_weights", out Hdf5Object? weights) && weights is Hdf5Group group ? group : null;

    public static Model Load(Hdf5File file, bool compile) => throw new NotSupportedException($"{file} {compile}");

    public static void LoadWeights(Hdf5Group group, Model model, bool skipMismatch, bool byName) => throw new NotSupportedException($"{group} {model} {skipMismatch} {byName}");

    public static Hdf5Content Content(Model model, bool includeOptimizer) => throw new NotSupportedException($"{model} {includeOptimizer}");

    private static bool HasLayers(Hdf5Group group) => group.Attributes.ContainsKey("layer_names") || group.Attributes.ContainsKey("layer_names0");

    private static string? VersionOf(Hdf5Object item) => item.Attributes.TryGetValue("keras_version", out Hdf5Attribute? version) ? version.ReadTexts().FirstOrDefault() : null;
}

using NKeras.Hdf5;

namespace NKeras.Saving.Legacy;

/// <summary>The arrays of one layer in a legacy file.</summary>
/// <param name="Name">The layer's name there.</param>
/// <param name="Arrays">The arrays, in order.</param>
internal sealed record LegacyGroup(string Name, IReadOnlyList<LegacyArray> Arrays)
{
    private const string TopLevel = "top_level_model_weights";

    /// <summary>What the states of random generators, which are no weights, were called in TensorFlow 2.</summary>
    private const string GeneratorState = "StateVar:0";

    /// <summary>Whether a group lists layers with their weights.</summary>
    public static bool HasLayers(Hdf5Group group) => HasTexts(group, "layer_names") || group.Attributes.ContainsKey("nb_layers");

    /// <summary>The layers that have weights, in order.</summary>
    /// <exception cref="ArgumentException">What the group lists is not there.</exception>
    public static IReadOnlyList<LegacyGroup> AllIn(Hdf5Group group) => [.. (HasTexts(group, "layer_names") ? Named(group) : Numbered(group)).Where(g => g.Arrays.Count > 0)];

    /// <summary>The model's own weights, beside those of its layers.</summary>
    public static LegacyGroup? OwnIn(Hdf5Group group) => group.TryGet(TopLevel, out Hdf5Object? own) && own is Hdf5Group found ? Read(found, TopLevel) : null;

    /// <summary>An attribute that is a text; null if there is none.</summary>
    public static string? TextOf(Hdf5Object item, string name) =>
        item.Attributes.TryGetValue(name, out Hdf5Attribute? attribute) && attribute.Type.Class == Hdf5TypeClass.String && attribute.ReadTexts() is [var text, ..] ? text : null;

    /// <summary>The texts of an attribute, which is cut into numbered parts where HDF5 would not take it as a whole.</summary>
    public static IReadOnlyList<string> Texts(Hdf5Object item, string name)
    {
        if (item.Attributes.TryGetValue(name, out Hdf5Attribute? whole)) return TextsOf(whole);
        List<string> texts = [];
        for (int part = 0; item.Attributes.TryGetValue($"{name}{part}", out Hdf5Attribute? attribute); part++) texts.AddRange(TextsOf(attribute));
        return texts;
    }

    /// <summary>The array at a path from a group.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Hdf5Dataset Dataset(Hdf5Group group, string path, string where) => path.Length > 0 && group.TryGet(path, out Hdf5Object? item) && item is Hdf5Dataset dataset
        ? dataset
        : throw new ArgumentException($"{where}: the file lists '{BadConfig.Excerpt(path)}', which it does not have.");

    private static bool HasTexts(Hdf5Object item, string name) => item.Attributes.ContainsKey(name) || item.Attributes.ContainsKey($"{name}0");

    private static IEnumerable<LegacyGroup> Named(Hdf5Group group)
    {
        foreach (string name in Texts(group, "layer_names"))
        {
            yield return name.Length > 0 && group.TryGet(name, out Hdf5Object? item) && item is Hdf5Group layer
                ? Read(layer, name)
                : throw new ArgumentException($"The file lists weights of layer '{BadConfig.Excerpt(name)}', which it does not have.");
        }
    }

    private static LegacyGroup Read(Hdf5Group layer, string name) =>
        new(name, [.. Texts(layer, "weight_names").Where(w => !w.EndsWith(GeneratorState, StringComparison.Ordinal)).Select(w => new LegacyArray(Dataset(layer, w, $"Layer '{BadConfig.Excerpt(name)}'")))]);

    /// <summary>Before Keras 1.1, layers and their weights had numbers only.</summary>
    private static IEnumerable<LegacyGroup> Numbered(Hdf5Group group)
    {
        for (int layer = 0; group.TryGet($"layer_{layer}", out Hdf5Object? item) && item is Hdf5Group found; layer++)
        {
            List<LegacyArray> arrays = [];
            for (int weight = 0; found.TryGet($"param_{weight}", out Hdf5Object? array) && array is Hdf5Dataset dataset; weight++) arrays.Add(new LegacyArray(dataset));
            yield return new LegacyGroup($"layer_{layer}", arrays);
        }
    }

    /// <summary>A list without texts has no texts' type.</summary>
    private static string[] TextsOf(Hdf5Attribute attribute) => attribute.Type.Class == Hdf5TypeClass.String ? attribute.ReadTexts() : [];
}

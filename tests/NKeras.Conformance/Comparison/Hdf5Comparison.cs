using System.Text.Json.Nodes;
using NKeras.Hdf5;

namespace NKeras.Conformance.Comparison;

/// <summary>Compares HDF5 files: groups, arrays with types, shapes and bytes, attributes with types, shapes and values.</summary>
internal static class Hdf5Comparison
{
    private const string WeightNamesAttribute = "weight_names";

    /// <summary>Attributes that are JSON: keys have no order, and numbers several spellings.</summary>
    private static readonly string[] s_json = ["model_config", "training_config"];

    /// <summary>Attributes that tell what wrote the file rather than what is in it.</summary>
    private static readonly string[] s_origin = ["backend"];

    /// <summary>All differences between two groups and what is in them.</summary>
    /// <param name="recorded">Keras's.</param>
    /// <param name="actual">Ours.</param>
    public static IEnumerable<Difference> Compare(Hdf5Group recorded, Hdf5Group actual)
    {
        if (WeightNames(recorded) is { } expectedNames && WeightNames(actual) is { } actualNames && !expectedNames.SequenceEqual(actualNames))
        {
            foreach (Difference difference in CompareNamedWeights(recorded, expectedNames, actual, actualNames)) yield return difference;
            yield break;
        }

        foreach (Difference difference in CompareAttributes(recorded, actual)) yield return difference;
        foreach (string name in recorded.Names.Except(actual.Names)) yield return Structure($"there is no '{name}' in '{recorded.Path}'");
        foreach (string name in actual.Names.Except(recorded.Names)) yield return Structure($"there is a '{name}' in '{recorded.Path}', which Keras's lacks");
        foreach (string name in recorded.Names.Intersect(actual.Names))
        {
            IEnumerable<Difference> differences = (recorded[name], actual[name]) switch
            {
                (Hdf5Group r, Hdf5Group a) => Compare(r, a),
                (Hdf5Dataset r, Hdf5Dataset a) => CompareAttributes(r, a).Concat(CompareArrays(r, a)),
                (var r, _) => [Structure($"'{r.Path}' is no {(r is Hdf5Group ? "group" : "array")}")],
            };
            foreach (Difference difference in differences) yield return difference;
        }
    }

    /// <summary>
    /// Compares what a legacy file keeps of a layer whose weights have other names. Keras: names of weights in a layer inside a wrapper begin with the
    /// model's and the wrapper's, but not once the model was loaded: then the layer is built before it is part of them.
    /// </summary>
    private static IEnumerable<Difference> CompareNamedWeights(Hdf5Group recorded, string[] expectedNames, Hdf5Group actual, string[] actualNames)
    {
        if (expectedNames.Length != actualNames.Length || !expectedNames.Zip(actualNames).All(n => n.First == n.Second || n.First.EndsWith($"/{n.Second}", StringComparison.Ordinal)))
            return [new(DifferenceKind.Value, $"attribute '{WeightNamesAttribute}' of '{recorded.Path}' is {string.Join(", ", actualNames)}, Keras's {string.Join(", ", expectedNames)}")];
        return expectedNames.Zip(actualNames).SelectMany(n => CompareArrays((Hdf5Dataset)recorded[n.First], (Hdf5Dataset)actual[n.Second]));
    }

    private static string[]? WeightNames(Hdf5Group group) =>
        group.Attributes.TryGetValue(WeightNamesAttribute, out Hdf5Attribute? names) && names.Type.Class == Hdf5TypeClass.String ? names.ReadTexts() : null;

    private static IEnumerable<Difference> CompareArrays(Hdf5Dataset recorded, Hdf5Dataset actual)
    {
        if (recorded.Type != actual.Type) yield return new(DifferenceKind.DType, $"'{recorded.Path}' is of {actual.Type}, Keras's of {recorded.Type}");
        else if (!SameShape(recorded.Shape, actual.Shape)) yield return new(DifferenceKind.Shape, $"'{recorded.Path}' has shape {ShapeText(actual.Shape)}, Keras's {ShapeText(recorded.Shape)}");
        else if (!Bytes(recorded).AsSpan().SequenceEqual(Bytes(actual))) yield return new(DifferenceKind.Value, $"'{recorded.Path}' has other values");
    }

    private static IEnumerable<Difference> CompareAttributes(Hdf5Object recorded, Hdf5Object actual)
    {
        foreach (string name in recorded.Attributes.Keys.Except(actual.Attributes.Keys)) yield return Structure($"'{recorded.Path}' has no attribute '{name}'");
        foreach (string name in actual.Attributes.Keys.Except(recorded.Attributes.Keys)) yield return Structure($"'{recorded.Path}' has an attribute '{name}', which Keras's lacks");
        foreach (string name in recorded.Attributes.Keys.Intersect(actual.Attributes.Keys))
        {
            foreach (Difference difference in CompareAttribute(recorded.Attributes[name], actual.Attributes[name], $"attribute '{name}' of '{recorded.Path}'")) yield return difference;
        }
    }

    private static IEnumerable<Difference> CompareAttribute(Hdf5Attribute recorded, Hdf5Attribute actual, string what)
    {
        if (recorded.Type != actual.Type) return [new(DifferenceKind.DType, $"{what} is of {actual.Type}, Keras's of {recorded.Type}")];
        if (!SameShape(recorded.Shape, actual.Shape)) return [new(DifferenceKind.Shape, $"{what} has shape {ShapeText(actual.Shape)}, Keras's {ShapeText(recorded.Shape)}")];
        if (s_origin.Contains(recorded.Name)) return [];
        if (recorded.Type.Class != Hdf5TypeClass.String) return recorded.ReadBytes().AsSpan().SequenceEqual(actual.ReadBytes()) ? [] : [new(DifferenceKind.Value, $"{what} has another value")];
        string[] expected = recorded.ReadTexts(), texts = actual.ReadTexts();
        if (s_json.Contains(recorded.Name)) return JsonComparison.Compare(JsonComparison.WithoutBackend(JsonNode.Parse(expected[0])!), JsonComparison.WithoutStepModules(JsonNode.Parse(texts[0])!), what);
        return expected.SequenceEqual(texts) ? [] : [new(DifferenceKind.Value, $"{what} is {string.Join(", ", texts)}, Keras's {string.Join(", ", expected)}")];
    }

    private static bool SameShape(IReadOnlyList<long>? a, IReadOnlyList<long>? b) => a == null ? b == null : b != null && a.SequenceEqual(b);

    private static string ShapeText(IReadOnlyList<long>? shape) => shape == null ? "none" : $"({string.Join(", ", shape)})";

    private static byte[] Bytes(Hdf5Dataset array)
    {
        byte[] bytes = new byte[array.Count * array.Type.Size];
        array.Read(bytes);
        return bytes;
    }

    private static Difference Structure(string message) => new(DifferenceKind.Structure, message);
}

using System.IO.Compression;
using System.Text.Json.Nodes;
using NKeras.Hdf5;

namespace NKeras.Conformance.Comparison;

/// <summary>Compares a model's file with one of Keras's: members, configurations, arrays, paths and attributes.</summary>
internal static class ModelFileComparison
{
    private const string Metadata = "metadata.json";

    /// <summary>All differences.</summary>
    /// <param name="recorded">Keras's file.</param>
    /// <param name="actual">Ours.</param>
    public static IEnumerable<Difference> Compare(string recorded, string actual)
    {
        using FileStream recordedFile = File.OpenRead(recorded), actualFile = File.OpenRead(actual);
        if (Hdf5File.IsHdf5(recordedFile)) return CompareHdf5(recordedFile, actualFile);
        using ZipArchive recordedZip = new(recordedFile), actualZip = new(actualFile);
        return [.. CompareArchives(recordedZip, actualZip)];
    }

    private static IEnumerable<Difference> CompareArchives(ZipArchive recorded, ZipArchive actual)
    {
        string[] names = [.. recorded.Entries.Select(e => e.FullName)], actualNames = [.. actual.Entries.Select(e => e.FullName)];
        if (!names.SequenceEqual(actualNames))
        {
            yield return new(DifferenceKind.Structure, $"the members are {string.Join(", ", actualNames)}; Keras's {string.Join(", ", names)}");
            yield break;
        }

        foreach (string name in names)
        {
            using MemoryStream expected = Content(recorded, name), given = Content(actual, name);
            IEnumerable<Difference> differences =
                name.EndsWith(".h5", StringComparison.Ordinal) ? CompareHdf5(expected, given)
                : name.EndsWith(".json", StringComparison.Ordinal) ? CompareJson(name, JsonNode.Parse(expected)!, JsonNode.Parse(given)!)
                : expected.ToArray().AsSpan().SequenceEqual(given.ToArray()) ? []
                : [new(DifferenceKind.Value, $"member {name} has another content")];
            foreach (Difference difference in differences) yield return difference;
        }
    }

    private static IEnumerable<Difference> CompareJson(string name, JsonNode recorded, JsonNode actual)
    {
        if (name == Metadata)
        {
            // When and by what it was written, and what Keras takes no notice of.
            foreach (string key in new[] { "date_saved", "keras_version", "nkeras" })
            {
                ((JsonObject)recorded).Remove(key);
                ((JsonObject)actual).Remove(key);
            }
        }

        // Keras: on the torch backend the optimizer of a model that was trained is not among what it is compiled with.
        if (recorded["compile_config"] is JsonObject compiled && !compiled.ContainsKey("optimizer")) (actual["compile_config"] as JsonObject)?.Remove("optimizer");
        return JsonComparison.Compare(JsonComparison.WithoutMarks(JsonComparison.WithoutBackend(recorded)), JsonComparison.WithoutMarks(actual), name);
    }

    private static List<Difference> CompareHdf5(Stream recorded, Stream actual)
    {
        using Hdf5File expected = Hdf5File.Open(recorded, leaveOpen: true), given = Hdf5File.Open(actual, leaveOpen: true);
        return [.. Hdf5Comparison.Compare(expected.Root, given.Root)];
    }

    private static MemoryStream Content(ZipArchive zip, string name)
    {
        MemoryStream content = new();
        using Stream member = zip.GetEntry(name)!.Open();
        member.CopyTo(content);
        content.Position = 0;
        return content;
    }
}

using System.IO.Compression;
using System.Text.Json.Nodes;
using NKeras.Hdf5;

namespace NKeras.Conformance.Files;

/// <summary>What is in a model's file, read without making a model: the configuration, and the arrays by path.</summary>
/// <param name="Config">The configuration; null if there is none.</param>
/// <param name="Arrays">The arrays, with <c>/</c> between the names of a path even where the file has back-slashes.</param>
internal sealed record FileContent(JsonNode? Config, IReadOnlyList<FileArray> Arrays)
{
    private const string ConfigName = "config.json", WeightsName = "model.weights.h5", ConfigAttribute = "model_config";

    /// <summary>The arrays of the model itself rather than of its optimizer.</summary>
    public IEnumerable<FileArray> Weights => Arrays.Where(a => !a.Path.Split('/').Any(n => n is "optimizer" or "optimizer_weights" or "seed_generator"));

    /// <summary>Reads a file.</summary>
    public static FileContent Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (Hdf5File.IsHdf5(stream)) return ReadHdf5(stream);
        using ZipArchive zip = new(stream);
        return new FileContent(ReadConfig(zip), ReadWeights(zip));
    }

    private static JsonNode? ReadConfig(ZipArchive zip)
    {
        using Stream? config = zip.GetEntry(ConfigName)?.Open();
        return config == null ? null : JsonNode.Parse(config);
    }

    private static IReadOnlyList<FileArray> ReadWeights(ZipArchive zip)
    {
        using Stream? weights = zip.GetEntry(WeightsName)?.Open();
        if (weights == null) return [];
        using MemoryStream content = new();
        weights.CopyTo(content);
        return ReadHdf5(content).Arrays;
    }

    private static FileContent ReadHdf5(Stream stream)
    {
        using Hdf5File file = Hdf5File.Open(stream, leaveOpen: true);
        JsonNode? config = file.Root.Attributes.TryGetValue(ConfigAttribute, out Hdf5Attribute? attribute) ? JsonNode.Parse(attribute.ReadTexts()[0]) : null;
        List<FileArray> arrays = [];
        Collect(file.Root, arrays);
        return new FileContent(config, arrays);
    }

    private static void Collect(Hdf5Group group, List<FileArray> arrays)
    {
        foreach (string name in group.Names)
        {
            Hdf5Object member = group[name];
            if (member is Hdf5Group inner) Collect(inner, arrays);
            else if (member is Hdf5Dataset array) arrays.Add(new FileArray(array.Path.Replace('\\', '/').Trim('/'), array.Type, [.. array.Shape ?? []], Bytes(array)));
        }
    }

    private static byte[] Bytes(Hdf5Dataset array)
    {
        if (array.Type.Class is Hdf5TypeClass.String or Hdf5TypeClass.Other) return [];
        byte[] bytes = new byte[array.Count * array.Type.Size];
        array.Read(bytes);
        return bytes;
    }
}

using System.Text;
using System.Text.Json.Nodes;
using NKeras.Hdf5;
using NKeras.Npy;
using NKeras.Saving;
using NKeras.Saving.Files;
using NKeras.Saving.Legacy;

namespace NKeras.Cli;

/// <summary>What is in a file of any of the formats, read without making a model of it.</summary>
internal sealed class Content
{
    private const string Unknown = "it is none of the files that NKeras reads: a .keras archive, an HDF5 file (.h5, .weights.h5), an .npz archive, or JSON.";

    /// <summary>The format, in words.</summary>
    public required string Kind { get; init; }

    /// <summary>The model's configuration; null if there is none.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Whether the arrays' names say too little of their places to copy them: by layers as Keras 2 had them, or parts in several files.</summary>
    public bool NeedsModel { get; init; }

    /// <summary>How the model is trained; null if the file does not say.</summary>
    public JsonObject? Training { get; init; }

    public string? KerasVersion { get; init; }

    public string? DateSaved { get; init; }

    /// <summary>The archive's members, or the folder's files, with their sizes; null where there are none.</summary>
    public IReadOnlyList<(string Name, long Bytes)>? Parts { get; init; }

    public required IReadOnlyList<ArrayEntry> Arrays { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="policy">What reading may take.</param>
    /// <param name="thorough">Whether the arrays' elements are read, too, to see whether they can be.</param>
    /// <exception cref="ModelFileException">It is damaged, or no file that NKeras knows.</exception>
    public static Content Of(string path, LoadPolicy policy, bool thorough = false) => LoadAttempt.Run(path, null, policy, attempt =>
    {
        string place = AtomicFolder.Find(path);
        if (Directory.Exists(place))
        {
            using FolderParts folder = new(place, policy);
            return OfParts(folder, "folder of a Keras 3 model", policy, thorough);
        }

        using FileStream stream = attempt.Open();
        if (SafeArchive.IsZip(stream))
        {
            SafeArchive archive = SafeArchive.Open(stream, policy);
            if (NpzFile.Is(archive)) return new Content { Kind = "NumPy archive", Arrays = [.. ArrayList.In(new NpzFile(archive, "the file"), thorough)] };
            using ArchiveParts parts = new(archive);
            return OfParts(parts, "Keras 3 archive", policy, thorough);
        }

        if (!Hdf5File.IsHdf5(stream)) return OfJson(path, stream, policy, thorough);
        using Hdf5File file = Hdf5File.Open(stream, policy.Hdf5, leaveOpen: true);
        return OfHdf5(file, thorough);
    });

    private static Content OfParts(ModelParts parts, string kind, LoadPolicy policy, bool thorough)
    {
        JsonObject config = Json(parts, ModelParts.Config, policy) ?? throw new InvalidDataException($"there is no '{ModelParts.Config}' in it, so it is not a model that Keras saved.");
        JsonObject? metadata = Json(parts, ModelParts.Metadata, policy);
        return new Content
        {
            Kind = kind,
            Config = config,
            Training = config["compile_config"] as JsonObject,
            KerasVersion = Text(metadata?["keras_version"]),
            DateSaved = Text(metadata?["date_saved"]),
            Parts = [.. parts.Names.Select(name => (name, SizeOf(parts, name)))],
            Arrays = Weights(parts, policy, thorough),
        };
    }

    private static Content OfHdf5(Hdf5File file, bool thorough)
    {
        bool isLegacy = LegacyModelFile.Is(file), isByLayer = !isLegacy && LegacyModelFile.WeightsIn(file) != null;
        string? training = isLegacy ? LegacyGroup.TextOf(file.Root, "training_config") : null;
        return new Content
        {
            Kind = isLegacy ? "HDF5 file of a model" : isByLayer ? "HDF5 file of weights, of Keras 2" : "HDF5 file of weights",
            NeedsModel = isByLayer,
            Config = isLegacy && LegacyGroup.TextOf(file.Root, "model_config") is { } config ? LegacyJson.Read(config) : null,
            Training = training == null ? null : LegacyJson.Read(training),
            KerasVersion = LegacyModelFile.VersionOf(file),
            Arrays = [.. ArrayList.In(file.Root, thorough)],
        };
    }

    private static Content OfJson(string path, Stream stream, LoadPolicy policy, bool thorough)
    {
        if (stream.Length > policy.MaxConfigBytes) throw new InvalidDataException(Unknown);
        stream.Position = 0;
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        if (!text.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8)) throw new InvalidDataException(Unknown);
        JsonObject json = PythonJson.Read(Utf8(text));
        if (!ShardedVariables.Is(json)) return new Content { Kind = "configuration", Config = json, Arrays = [] };
        using ShardedVariables shards = new(path, json, policy);
        return new Content
        {
            Kind = "list of files of weights",
            NeedsModel = true,
            Arrays = [.. shards.Files.SelectMany(s => ArrayList.In(s.File.Root, thorough).Select(a => a with { Path = $"{s.Name}/{a.Path}" }))],
        };
    }

    private static IReadOnlyList<ArrayEntry> Weights(ModelParts parts, LoadPolicy policy, bool thorough)
    {
        if (parts.Contains(ModelParts.Weights))
        {
            using Hdf5File file = Hdf5File.Open(parts.Open(ModelParts.Weights), policy.Hdf5);
            return [.. ArrayList.In(file.Root, thorough)];
        }

        if (!parts.Contains(ModelParts.NumpyWeights)) return [];
        using NpzFile arrays = new(parts.Open(ModelParts.NumpyWeights), ModelParts.NumpyWeights, policy);
        return [.. ArrayList.In(arrays, thorough)];
    }

    private static JsonObject? Json(ModelParts parts, string name, LoadPolicy policy) =>
        parts.Contains(name) ? BadConfig.Within(name, () => PythonJson.Read(Utf8(parts.ReadAll(name, policy.MaxConfigBytes)))) : null;

    private static string Utf8(byte[] text) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text);

    private static long SizeOf(ModelParts parts, string name)
    {
        using Stream stream = parts.Open(name);
        return stream.Length;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

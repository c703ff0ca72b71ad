using System.Text;
using System.Text.Json.Nodes;
using NKeras.Hdf5;
using NKeras.Layers;
using NKeras.Npy;
using NKeras.Saving.Legacy;

namespace NKeras.Saving.Files;

/// <summary>Saves and loads models and their weights. What a file is, its content tells, not its name: HDF5 under the name of an archive is common.</summary>
internal static class ModelFile
{
    private const double Gigabyte = 1 << 30;

    private static readonly string[] s_legacyEndings = [".h5", ".hdf5"];

    /// <summary>Saves a model: <c>.keras</c> as an archive, <c>.h5</c> and <c>.hdf5</c> as Keras 2 did, and into a folder if it is not to be zipped.</summary>
    public static void Save(Model model, string path, bool overwrite, bool zipped, bool includeOptimizer)
    {
        bool isArchive = path.EndsWith(".keras", StringComparison.Ordinal);
        if (!zipped && isArchive) throw new ArgumentException($"'{path}' is to be a folder (zipped is false), so its name must not end in '.keras'.", nameof(path));
        bool isLegacy = zipped && s_legacyEndings.Any(e => path.EndsWith(e, StringComparison.Ordinal));
        if (zipped && !isArchive && !isLegacy)
            throw new ArgumentException($"'{path}' says not what to save the model as: its name must end in '.keras', or in '.h5' for the format of Keras 2. For a folder, set zipped to false.", nameof(path));
        CheckOverwrite(path, overwrite);
        if (!model.Built) Core.Warnings.Write($"Model '{model.Name}' is saved before it is built, so it may have no weights yet. Build it first, or call it on some data.");
        if (isLegacy)
        {
            Hdf5Content content = LegacyModelFile.Content(model, includeOptimizer);
            AtomicFile.Write(path, content.Write);
            return;
        }

        ModelWriter writer = new(model, includeOptimizer);
        if (zipped) AtomicFile.Write(path, writer.ToArchive);
        else AtomicFolder.Write(path, writer.ToFolder);
    }

    /// <summary>Loads a model from a file or folder.</summary>
    public static Model Load(string path, CustomObjects? customObjects, bool compile, LoadPolicy? policy) => LoadAttempt.Run(path, customObjects, policy, attempt =>
    {
        string folder = AtomicFolder.Find(path);
        if (Directory.Exists(folder))
        {
            if (!FolderParts.Is(folder)) throw new InvalidDataException(NoModelIn(folder));
            return LoadParts(new FolderParts(folder, attempt.Policy), attempt, compile);
        }

        using FileStream stream = attempt.Open();
        return Load(stream, attempt, compile);
    });

    /// <summary>Loads a model from a stream.</summary>
    public static Model Load(Stream stream, CustomObjects? customObjects, bool compile, LoadPolicy? policy) => LoadAttempt.Run((stream as FileStream)?.Name, customObjects, policy, attempt =>
        Load(stream.CanSeek ? stream : Buffered(stream), attempt, compile));

    /// <summary>Saves a layer by itself, as an archive.</summary>
    public static void SaveLayer(Layer layer, string path, bool overwrite)
    {
        if (!path.EndsWith(".keras", StringComparison.Ordinal)) throw new ArgumentException($"The name of a file of a {layer.ClassName} must end in '.keras'; it is '{path}'.", nameof(path));
        CheckOverwrite(path, overwrite);
        AtomicFile.Write(path, new ModelWriter(layer, includeOptimizer: false).ToArchive);
    }

    /// <summary>Loads a layer that was saved by itself.</summary>
    public static T LoadLayer<T>(string path, CustomObjects? customObjects, LoadPolicy? policy)
        where T : Layer => LoadAttempt.Run(path, customObjects, policy, attempt =>
    {
        using FileStream stream = attempt.Open();
        if (!SafeArchive.IsZip(stream)) throw new InvalidDataException($"it is no .keras archive, which a {typeof(T).Name} is saved as.");
        using ArchiveParts parts = new(SafeArchive.Open(stream, attempt.Policy));
        return SharedObjects.Read(() => new ModelReader(parts, attempt).Read<T>(compile: false));
    });

    /// <summary>Saves a model's weights.</summary>
    public static void SaveWeights(Model model, string path, bool overwrite, double? maxShardSize)
    {
        if (!model.Built) throw new InvalidOperationException($"Model '{model.Name}' is not built, so it has no weights to save. Build it first, or call it on some data.");
        if (maxShardSize == null && !path.EndsWith(".weights.h5", StringComparison.Ordinal)) throw new ArgumentException($"The name of a file of weights must end in '.weights.h5'; it is '{path}'.", nameof(path));
        if (maxShardSize is not { } gigabytes)
        {
            CheckOverwrite(path, overwrite);
            Hdf5Content content = new SavedState(model).ToHdf5();
            AtomicFile.Write(path, content.Write);
            return;
        }

        if (!(gigabytes > 0)) throw new ArgumentOutOfRangeException(nameof(maxShardSize), maxShardSize, $"maxShardSize is {maxShardSize}; it must be a number of GiB greater than 0.");
        ShardWriter.Write(new SavedState(model), path, overwrite, gigabytes * Gigabyte);
    }

    /// <summary>Loads weights into a model.</summary>
    public static void LoadWeights(Model model, string path, bool skipMismatch, bool byName, LoadPolicy? policy) => LoadAttempt.Run<object?>(path, null, policy, attempt =>
    {
        if (!model.Built) throw new InvalidOperationException($"model '{model.Name}' is not built, so it has no weights yet. Build it first, or call it on some data.");
        string folder = AtomicFolder.Find(path);
        if (Directory.Exists(folder))
        {
            RequireLegacy(byName);
            if (!FolderParts.Is(folder)) throw new InvalidDataException(NoModelIn(folder));
            using FolderParts parts = new(folder, attempt.Policy);
            new ModelReader(parts, attempt).LoadWeights(model, skipMismatch);
            return null;
        }

        using FileStream stream = attempt.Open();
        LoadWeights(model, stream, path, attempt, skipMismatch, byName);
        return null;
    });

    private static Model Load(Stream stream, LoadAttempt attempt, bool compile)
    {
        if (SafeArchive.IsZip(stream))
        {
            SafeArchive archive = SafeArchive.Open(stream, attempt.Policy);
            return NpzFile.Is(archive) ? throw new InvalidDataException(WeightsOnly) : LoadParts(new ArchiveParts(archive), attempt, compile);
        }

        if (Hdf5File.IsHdf5(stream))
        {
            using Hdf5File file = attempt.OpenHdf5(stream, leaveOpen: true);
            attempt.KerasVersion = LegacyModelFile.VersionOf(file);
            return LegacyModelFile.Is(file)
                ? LegacyModelFile.Load(file, compile)
                : throw new InvalidDataException(WeightsOnly);
        }

        JsonObject json = ReadJson(stream, attempt) ?? throw new InvalidDataException(Unknown);
        if (ShardedVariables.Is(json)) throw new InvalidDataException(WeightsOnly);
        return KerasSerializer.Deserialize<Model>(json);
    }

    private static Model LoadParts(ModelParts parts, LoadAttempt attempt, bool compile)
    {
        using (parts) return SharedObjects.Read(() => new ModelReader(parts, attempt).Read<Model>(compile));
    }

    private static void LoadWeights(Model model, Stream stream, string path, LoadAttempt attempt, bool skipMismatch, bool byName)
    {
        if (SafeArchive.IsZip(stream))
        {
            RequireLegacy(byName);
            SafeArchive archive = SafeArchive.Open(stream, attempt.Policy);
            if (NpzFile.Is(archive))
            {
                using NpzVariables arrays = new(new NpzFile(archive, "the file"));
                NpzVariables.Load(model, arrays, skipMismatch);
                return;
            }

            using ArchiveParts parts = new(archive);
            new ModelReader(parts, attempt).LoadWeights(model, skipMismatch);
        }
        else if (Hdf5File.IsHdf5(stream))
        {
            using Hdf5File file = attempt.OpenHdf5(stream, leaveOpen: true);
            attempt.KerasVersion = LegacyModelFile.VersionOf(file);
            if (LegacyModelFile.WeightsIn(file) is { } legacy)
            {
                LegacyModelFile.LoadWeights(legacy, model, skipMismatch, byName);
                return;
            }

            RequireLegacy(byName);
            using Hdf5Variables source = new(file);
            StateLoader.Load(model, source, skipMismatch: skipMismatch);
        }
        else
        {
            RequireLegacy(byName);
            JsonObject json = ReadJson(stream, attempt) ?? throw new InvalidDataException(Unknown);
            using ShardedVariables source = new(path, json, attempt.Policy);
            StateLoader.Load(model, source, skipMismatch: skipMismatch);
        }
    }

    private const string WeightsOnly = "it holds weights and no model. Make the model first, then call LoadWeights.";

    private const string Unknown = "it is none of the files that NKeras reads: a .keras archive, an HDF5 file (.h5, .weights.h5), an .npz archive, or JSON.";

    private static string NoModelIn(string folder) => File.Exists(Path.Combine(folder, "saved_model.pb"))
        ? "it is a SavedModel of TensorFlow, which holds a program and not a Keras configuration. Load it in Python and save it as .keras."
        : $"the folder has no '{ModelParts.Config}', so it is not a model that Keras saved.";

    private static void CheckOverwrite(string path, bool overwrite)
    {
        // Keras: asks on the terminal.
        if (!overwrite && (File.Exists(path) || Directory.Exists(path))) throw new IOException($"'{path}' is there already, and overwrite is false.");
    }

    private static void RequireLegacy(bool byName)
    {
        if (byName) throw new ArgumentException("only the layers of legacy .h5 files can be found by name; this file's are found by their places in the model.");
    }

    /// <summary>The JSON object that a stream holds; null if it begins with something else.</summary>
    private static JsonObject? ReadJson(Stream stream, LoadAttempt attempt)
    {
        stream.Position = 0;
        byte[] first = new byte[Math.Min(64, stream.Length)];
        stream.ReadExactly(first);
        if (!Encoding.Latin1.GetString(first).TrimStart(' ', '\t', '\r', '\n').StartsWith('{')) return null;
        if (stream.Length > attempt.Policy.MaxConfigBytes) throw new InvalidDataException($"the JSON has {stream.Length} bytes; {attempt.Policy.MaxConfigBytes} are allowed.");
        byte[] content = new byte[stream.Length];
        stream.Position = 0;
        stream.ReadExactly(content);
        return PythonJson.Read(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content));
    }

    private static MemoryStream Buffered(Stream stream)
    {
        MemoryStream copy = new();
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            Reading.Current!.TakeBytes(count, "what the stream holds");
            if (copy.Length + count > Array.MaxLength) throw new InvalidDataException("a stream that cannot seek is read into memory, and this one does not fit.");
            copy.Write(buffer, 0, count);
        }

        copy.Position = 0;
        return copy;
    }
}

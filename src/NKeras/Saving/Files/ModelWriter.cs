using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using NKeras.Layers;

namespace NKeras.Saving.Files;

/// <summary>Writes the parts of a model as Keras 3 does: into an archive without compression, or into a folder.</summary>
internal sealed class ModelWriter
{
    /// <summary>The version of Keras whose files these are.</summary>
    public const string KerasVersion = "3.16.0";

    // Python's default, too: the same model gives the same bytes, but for the date within.
    private static readonly DateTimeOffset s_memberDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _config;
    private readonly string _metadata;
    private readonly SavedState _state;

    /// <summary>Gathers what is to be written.</summary>
    /// <param name="model">The model, or a layer that is saved by itself.</param>
    /// <param name="includeOptimizer">Whether the optimizer's state is written.</param>
    /// <exception cref="ArgumentException">A class or function of the user's own in it is not registered.</exception>
    public ModelWriter(Layer model, bool includeOptimizer)
    {
        _config = PythonJson.Write(SharedObjects.Write(() => KerasSerializer.Serialize(model))!);
        JsonObject metadata = new()
        {
            ["keras_version"] = KerasVersion,
            ["date_saved"] = DateTime.Now.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture),
        };
        // Keras: reads past what it does not know here.
        JsonObject own = includeOptimizer && model is Model trained ? RandomStates.Of(trained) : [];
        own["version"] = typeof(ModelWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        metadata[ModelParts.TrainingState] = own;
        _metadata = PythonJson.Write(metadata);
        _state = new SavedState(model, includeOptimizer);
    }

    /// <summary>Writes an archive.</summary>
    public void ToArchive(Stream stream)
    {
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        WriteAll((name, write) =>
        {
            ZipArchiveEntry member = archive.CreateEntry(name, CompressionLevel.NoCompression);
            member.LastWriteTime = s_memberDate;
            using Stream content = member.Open();
            write(content);
        });
    }

    /// <summary>Writes into a folder.</summary>
    public void ToFolder(string folder) => WriteAll((name, write) =>
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using FileStream content = new(path, FileMode.CreateNew, FileAccess.Write);
        write(content);
        content.Flush(flushToDisk: true);
    });

    private void WriteAll(Action<string, Action<Stream>> add)
    {
        add(ModelParts.Metadata, s => s.Write(Encoding.UTF8.GetBytes(_metadata)));
        add(ModelParts.Config, s => s.Write(Encoding.UTF8.GetBytes(_config)));
        add(ModelParts.Weights, _state.ToHdf5().Write);
        foreach ((string path, byte[] content) in _state.Assets) add(ModelParts.Assets + path, s => s.Write(content));
    }
}

using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>Loads files made to do harm, and looks whether they did any.</summary>
internal static class HostileFile
{
    /// <summary>Base64 of the marshalled code of <c>lambda x: open("nkeras-marker", "w").close() or x</c> of Python 3.11: what Keras stores for a lambda.</summary>
    public const string Code = "4wEAAAAAAAAAAAAAAAQAAAADAAAA80oAAACXAHQBAAAAAAAAAAAAAGQBZAKmAgAAqwIAAAAAAAAAAKABAAAAAAAAAAAAAAAAAAAAAAAAAACmAAAAqwAAAAAAAAAAAHABfABTACkDTvoNbmtlcmFzLW1hcmtlctoBdykC2gRvcGVu2gVjbG9zZSkB2gF4cwEAAAAg+gc8c3RkaW4++gg8bGFtYmRhPnIIAAAAAwAAAHMhAAAAgACNRJAfoBPRDCXUDCXXDCvSDCvRDC3UDC3QDDKwEYAA8wAAAAA=";

    /// <summary>What an attack would make in the current folder: code in Python's spelling, for a shell, or pickled.</summary>
    public const string Marker = "nkeras-marker";

    private const long MostBytes = 48 << 20;

    /// <summary>A policy that a file of some kilobytes has no reason to exceed.</summary>
    public static LoadPolicy Policy { get; } = new() { MaxMemoryBytes = 32 << 20, MaxTime = TimeSpan.FromMinutes(1) };

    /// <summary>The model that the files belong to.</summary>
    public static Sequential Small() => new([new Input(shape: [3]), new Dense(2, name: "dense")], name: "small");

    /// <summary>A file of make_hostile.py.</summary>
    public static byte[] Recorded(string name)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"hostile_{name}.h5.gz")!;
        using GZipStream inflated = new(resource, CompressionMode.Decompress);
        MemoryStream content = new();
        inflated.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>An archive of the small model.</summary>
    /// <param name="change">What is done to its configuration.</param>
    public static byte[] Archive(Action<JsonObject>? change = null) => ArchiveOf(Config(change));

    /// <summary>An archive with a configuration and the small model's weights.</summary>
    public static byte[] ArchiveOf(string config, string? metadata = null, byte[]? weights = null) => ZipBytes.Of(
        ("metadata.json", Encoding.UTF8.GetBytes(metadata ?? """{"keras_version": "3.16.0", "date_saved": "2026-01-01@00:00:00"}""")),
        ("config.json", Encoding.UTF8.GetBytes(config)),
        ("model.weights.h5", weights ?? Recorded("good")));

    /// <summary>The small model's configuration, changed.</summary>
    public static string Config(Action<JsonObject>? change = null)
    {
        JsonObject config = (JsonObject)JsonNode.Parse(Small().ToJson())!;
        change?.Invoke(config);
        return config.ToJsonString();
    }

    /// <summary>The small model's configuration with another layer in place of its own.</summary>
    public static string WithLayer(string layer) => Config(c => c["config"]!["layers"]![1] = JsonNode.Parse(layer));

    /// <summary>Loads a file as a model.</summary>
    public static string RefusedAsModel(byte[] file, params ReadOnlySpan<string> mentions) => Refused(file, "model.keras", path => Model.Load(path, policy: Policy), mentions);

    /// <summary>Loads a file's weights into the small model, which must stay as it is.</summary>
    public static string RefusedAsWeights(byte[] file, string name, params ReadOnlySpan<string> mentions)
    {
        Model model = Small();
        float[][] before = [.. model.GetWeights().Select(w => w.ToArray<float>())];
        string message = Refused(file, name, path => model.LoadWeights(path, policy: Policy), mentions);
        Assert.Equal(before, model.GetWeights().Select(w => w.ToArray<float>()));
        return message;
    }

    /// <summary>
    /// Loads a file, which is to be refused, with a message that mentions what it should. Files beside it that it could lead to are locked: to open one would be
    /// another error.
    /// </summary>
    public static string Refused(byte[] file, string name, Action<string> load, params ReadOnlySpan<string> mentions)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(name, file);
        foreach (string other in new[] { "other.h5", "other.bin" }) folder.Write(other, Recorded("good"));
        string[] files = folder.Files;
        using FileStream locked = new(folder["other.h5"], FileMode.Open, FileAccess.ReadWrite, FileShare.None), lockedToo = new(folder["other.bin"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        // What is compiled and read once is not the file's doing.
        Assert.ThrowsAny<Exception>(() => load(path));
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelFileException refusal = Assert.Throws<ModelFileException>(() => load(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.Equal(files, folder.Files);
        Assert.False(File.Exists(Marker), "The file's code was run.");
        Assert.Equal(path, refusal.FileName);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("being used", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(refusal.Message.Length, 10, 10_000);
        foreach (string mention in mentions) Assert.True(refusal.Message.Contains(mention, StringComparison.Ordinal), $"'{mention}' is not mentioned: {refusal.Message}");
        return refusal.Message;
    }
}

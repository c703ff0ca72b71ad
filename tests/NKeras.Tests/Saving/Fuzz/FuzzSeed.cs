using System.IO.Compression;
using System.Reflection;
using System.Text;
using NKeras.Layers;
using NKeras.Npy;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>A valid file, or several that belong together, of which the fuzzer makes damaged ones.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Files">The content of each file by its name.</param>
/// <param name="Load">Loads them from a folder.</param>
internal sealed record FuzzSeed(string Name, IReadOnlyDictionary<string, byte[]> Files, Action<string> Load)
{
    /// <summary>What loading damaged files of some kilobytes may take.</summary>
    public static LoadPolicy Policy { get; } = new()
    {
        MaxMemoryBytes = 64 << 20,
        MaxTime = TimeSpan.FromSeconds(20),
        MaxConfigBytes = 16 << 20,
        MaxCalls = 5000,
        MaxWork = 1e8,
        MaxObjects = 100_000,
    };

    /// <summary>One of each kind of file.</summary>
    public static IReadOnlyList<FuzzSeed> All()
    {
        List<FuzzSeed> seeds = [];
        foreach (string name in new[] { "graph.keras", "graph.h5", "chain.h5", "keras2_sequential.h5", "keras2_graph.h5", "keras1_sequential.h5", "graph.json", "chain.json" }) seeds.Add(OfModel(name, "model", Recorded(name)));
        Dictionary<string, byte[]> parts = [];
        using (ZipArchive archive = new(new MemoryStream(Recorded("chain.keras"))))
        {
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                MemoryStream content = new();
                using (Stream stream = entry.Open()) stream.CopyTo(content);
                parts[entry.FullName] = content.ToArray();
            }
        }

        seeds.Add(OfModel("deflated.keras", "model", ZipBytes.Of(parts.Select(p => new ZipMember(p.Key, p.Value) { Deflated = true }))));
        seeds.Add(new FuzzSeed("folder", parts, folder => Use(Model.Load(folder, policy: Policy))));
        Model graph = Model.FromJson(Encoding.UTF8.GetString(Recorded("graph.json"))), chain = Model.FromJson(Encoding.UTF8.GetString(Recorded("chain.json")));
        seeds.Add(OfWeights("graph.weights.h5", graph, Recorded("graph.weights.h5")));
        seeds.Add(OfWeights("graph.h5 as weights", graph, Recorded("graph.h5")));
        seeds.Add(OfWeights("keras2_graph.h5 by name", Keras2Graph(), Recorded("keras2_graph.h5"), byName: true));
        foreach (bool deflated in new[] { false, true })
        {
            MemoryStream arrays = new();
            NpzFile.Write(arrays, graph.Weights.Select((w, i) => ($"arr_{i}", w.Value)), deflated);
            seeds.Add(OfWeights(deflated ? "deflated.npz" : "stored.npz", graph, arrays.ToArray()));
        }

        using TemporaryFolder folder = new();
        chain.SaveWeights(folder["w.weights.json"], maxShardSize: 2e-7);
        seeds.Add(new FuzzSeed("shards", folder.Files.ToDictionary(f => f, f => File.ReadAllBytes(folder[f])), path => chain.LoadWeights(Path.Combine(path, "w.weights.json"), policy: Policy)));
        return seeds;
    }

    private static byte[] Recorded(string name)
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"seed_{name}.gz")!;
        using GZipStream inflated = new(resource, CompressionMode.Decompress);
        MemoryStream content = new();
        inflated.CopyTo(content);
        return content.ToArray();
    }

    private static FuzzSeed OfModel(string name, string file, byte[] content) =>
        new(name, new Dictionary<string, byte[]> { [file] = content }, folder => Use(Model.Load(Path.Combine(folder, file), policy: Policy)));

    private static FuzzSeed OfWeights(string name, Model model, byte[] content, bool byName = false) =>
        new(name, new Dictionary<string, byte[]> { ["weights"] = content }, folder => model.LoadWeights(Path.Combine(folder, "weights"), byName: byName, policy: Policy));

    private static Model Keras2Graph()
    {
        Input input = new(shape: [4], name: "in");
        return new Model(input, new Dense(2, name: "d2").Apply(new Dense(3, name: "d1").Apply(input)));
    }

    /// <summary>A model that was loaded is one: it can be described.</summary>
    private static void Use(Model model)
    {
        _ = model.ToJson();
        _ = model.CountParams();
    }
}

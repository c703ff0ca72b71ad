using System.Text;
using System.Text.Json.Nodes;
using NKeras.Hdf5;

namespace NKeras.Saving.Files;

/// <summary>The state in several files, and a <c>.weights.json</c> that says which object is in which: files beside it, by plain names.</summary>
internal sealed class ShardedVariables : VariableSource
{
    private const int MostShards = 10_000;

    private readonly string _folder;
    private readonly LoadPolicy _policy;
    private readonly Dictionary<string, string[]> _shards = [];
    private readonly Dictionary<string, Hdf5File> _open = [];

    /// <summary>Reads the list.</summary>
    /// <param name="path">The <c>.weights.json</c> file.</param>
    /// <param name="json">Its content.</param>
    /// <param name="policy">What reading may take.</param>
    /// <exception cref="ArgumentException">It is no such list, or names a file that is not beside it.</exception>
    public ShardedVariables(string path, JsonObject json, LoadPolicy policy)
    {
        (_folder, _policy) = (Path.GetDirectoryName(Path.GetFullPath(path))!, policy);
        JsonObject map = json["weight_map"] as JsonObject ?? throw ConfigReader.Expected("an object 'weight_map' that tells the files of the weights", json["weight_map"]);
        foreach ((string place, JsonNode? files) in map) _shards[place.TrimStart('/')] = [.. (files is JsonArray several ? several : (IEnumerable<JsonNode?>)[files]).Select(f => Checked(ConfigReader.Text(f)))];
        int count = _shards.Values.SelectMany(s => s).Distinct().Count();
        if (count > MostShards) throw new ArgumentException($"The weights are in {count} files; there can be {MostShards}.");
    }

    /// <summary>The files, opened one after the other.</summary>
    public IEnumerable<(string Name, Hdf5File File)> Files => _shards.Values.SelectMany(s => s).Distinct().Select(name => (name, Open(name)));

    /// <summary>Whether JSON is such a list.</summary>
    public static bool Is(JsonObject json) => json.ContainsKey("weight_map");

    /// <summary>The list that belongs to shards.</summary>
    public static string List(IReadOnlyDictionary<string, List<string>> shards, double bytes) => PythonJson.Write(
        new JsonObject
        {
            ["metadata"] = new JsonObject { ["total_size"] = bytes },
            ["weight_map"] = new JsonObject(shards.Select(s => KeyValuePair.Create($"/{s.Key}", (JsonNode?)new JsonArray([.. s.Value.Select(n => (JsonNode?)n)])))),
        },
        indented: true);

    /// <summary>The files that a list names, as far as it can be read: what is replaced when it is.</summary>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        try
        {
            JsonObject map = PythonJson.Read(Encoding.UTF8.GetString(File.ReadAllBytes(path)))["weight_map"] as JsonObject ?? [];
            return [.. map.SelectMany(p => p.Value is JsonArray several ? several : (IEnumerable<JsonNode?>)[p.Value]).Select(f => Checked(ConfigReader.Text(f))).Distinct().Take(MostShards)];
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public override bool Has(string path) => _shards.Keys.Any(k => k == path || k.StartsWith($"{path}/", StringComparison.Ordinal));

    public override StoredVariables Get(string path)
    {
        string place = StateWalk.Join(path, "vars");
        Dictionary<string, StoredArray> arrays = [];
        foreach (string file in _shards.GetValueOrDefault(place) ?? [])
        {
            StoredVariables part = new Hdf5Variables(Open(file)).Get(path);
            foreach (string key in part.Keys)
            {
                if (!arrays.TryAdd(key, part.Array(key))) throw new ArgumentException($"Variable '{BadConfig.Excerpt(key)}' at '{place}' is in two of the files of the weights.");
            }
        }

        return new StoredVariables(place, arrays);
    }

    public override void Dispose()
    {
        foreach (Hdf5File file in _open.Values) file.Dispose();
    }

    private static string Checked(string name) => name.Length > 0 && name.EndsWith(".h5", StringComparison.Ordinal) && name.AsSpan().IndexOfAny("/\\:\0") < 0
        ? name
        : throw new ArgumentException($"The weights are said to be in '{BadConfig.Excerpt(name)}'; they can only be in .h5 files beside the list, named without a folder.");

    private Hdf5File Open(string name)
    {
        if (_open.TryGetValue(name, out Hdf5File? open)) return open;
        string path = Path.Combine(_folder, name);
        Stream stream = PlainFile.Open(path, name);
        try
        {
            return _open[name] = Hdf5File.Open(new WindowStream(stream, 0, stream.Length, Reading.Current!, leaveOpen: false), _policy.Hdf5);
        }
        catch (Hdf5Exception e)
        {
            throw new InvalidDataException($"'{BadConfig.Excerpt(name)}', which holds some of the weights: {e.Message}", e);
        }
    }
}

using NKeras.Hdf5;

namespace NKeras.Saving.Files;

/// <summary>The state in a <c>.weights.h5</c> file: a group for each object, with its variables in a group <c>vars</c> in it.</summary>
internal sealed class Hdf5Variables : VariableSource
{
    private readonly Hdf5File _file;
    private readonly Dictionary<string, string> _spellings = [];

    /// <summary>Takes a file over.</summary>
    public Hdf5Variables(Hdf5File file)
    {
        _file = file;
        // Keras 2 on Windows: paths are single names with back-slashes.
        foreach (string name in file.Root.Names.Where(n => n.Contains('\\'))) _spellings.TryAdd(name.Replace('\\', '/'), name);
        IsOlder = file.Root.TryGet(StateWalk.OlderLayers, out _) || _spellings.Keys.Any(n => n.StartsWith($"{StateWalk.OlderLayers}/", StringComparison.Ordinal));
    }

    public override bool IsOlder { get; }

    public override bool Has(string path) => Find(path) != null;

    public override StoredVariables Get(string path)
    {
        Hdf5Group? group = Variables(path);
        Dictionary<string, StoredArray> arrays = [];
        foreach (string name in group?.Names ?? [])
        {
            if (group![name] is Hdf5Dataset dataset) arrays.Add(name, new Hdf5Array(dataset));
        }

        return new StoredVariables(StateWalk.Join(path, "vars"), arrays);
    }

    public override void Dispose() => _file.Dispose();

    private Hdf5Group? Variables(string path) => Find(StateWalk.Join(path, "vars")) ?? (_spellings.TryGetValue(path, out string? spelling) && _file.Root[spelling] is Hdf5Group odd && odd.TryGet("vars", out Hdf5Object? inner) ? inner as Hdf5Group : null);

    private Hdf5Group? Find(string path) => _file.Root.TryGet(path, out Hdf5Object? found) ? found as Hdf5Group : null;
}

using NKeras.Hdf5;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace NKeras.Saving.Files;

/// <summary>The state of a model as its files keep it. Tensors are referred to, not copied.</summary>
internal sealed class SavedState
{
    private readonly List<(string Path, string Name, OrderedDictionary<string, Tensor> Variables)> _objects = [];

    /// <summary>Gathers a model's state.</summary>
    /// <param name="model">The model, or a layer that is saved by itself.</param>
    /// <param name="includeOptimizer">Whether its optimizer's state belongs to it.</param>
    public SavedState(Layer model, bool includeOptimizer = true) => StateWalk.Run(model, (owner, path) =>
    {
        if (owner is Optimizer && !includeOptimizer) return true;
        OrderedDictionary<string, Tensor> variables = [];
        string name = Save(owner, variables);
        _objects.Add((path, name, variables));
        if (owner is Layer layer)
        {
            Dictionary<string, byte[]> assets = [];
            layer.SaveAssets(assets);
            foreach ((string file, byte[] content) in assets) Assets.Add((StateWalk.Join(path, CheckedName(layer, file)), content));
        }

        return true;
    });

    /// <summary>Files of layers, with their paths in an archive's <c>assets</c>.</summary>
    public List<(string Path, byte[] Content)> Assets { get; } = [];

    /// <summary>All variables as they are kept.</summary>
    public IEnumerable<Tensor> Tensors => _objects.SelectMany(o => o.Variables.Values);

    /// <summary>All of it as one file.</summary>
    public Hdf5Content ToHdf5()
    {
        Hdf5Content content = new();
        foreach ((string path, string name, OrderedDictionary<string, Tensor> variables) in _objects)
        {
            string group = StateWalk.Join(path, "vars");
            content.Group(group).SetAttribute("name", name);
            foreach ((string key, Tensor value) in variables) DatasetTensors.Add(content, $"{group}/{key}", value);
        }

        return content;
    }

    /// <summary>The same arrays by the paths that <see cref="ToHdf5"/> gives them.</summary>
    public IEnumerable<(string Path, Tensor Value)> ToArrays() => _objects.SelectMany(o => o.Variables.Select(v => ($"{StateWalk.Join(o.Path, "vars")}/{v.Key}", v.Value)));

    /// <summary>The same in files of a size each.</summary>
    /// <param name="mostBytes">How many bytes the variables of a file may take.</param>
    /// <param name="fileName">Gives the name of a file by its number.</param>
    /// <param name="where">Gets the files in which each place's variables are.</param>
    /// <param name="bytes">Gets the bytes of all.</param>
    /// <exception cref="ArgumentException">One variable alone takes more.</exception>
    public IReadOnlyList<(string Name, Hdf5Content Content)> ToShards(double mostBytes, Func<int, string> fileName, out OrderedDictionary<string, List<string>> where, out double bytes)
    {
        List<(string Name, Hdf5Content Content)> shards = [(fileName(0), new Hdf5Content())];
        (where, bytes) = ([], 0);
        double taken = 0;
        foreach ((string path, string name, OrderedDictionary<string, Tensor> variables) in _objects)
        {
            string group = StateWalk.Join(path, "vars");
            shards[^1].Content.Group(group).SetAttribute("name", name);
            foreach ((string key, Tensor value) in variables)
            {
                double size = value.Spec.ByteLength;
                if (size > mostBytes)
                    throw new ArgumentException($"Variable '{key}' at '{group}' takes {size:N0} bytes, more than the {mostBytes:N0} of maxShardSize. Choose a larger one.");
                taken += size;
                bytes += size;
                if (taken > mostBytes)
                {
                    shards.Add((fileName(shards.Count), new Hdf5Content()));
                    taken = size;
                }

                DatasetTensors.Add(shards[^1].Content, $"{group}/{key}", value);
                List<string> files = where.TryGetValue(group, out List<string>? known) ? known : where[group] = [];
                if (!files.Contains(shards[^1].Name)) files.Add(shards[^1].Name);
            }
        }

        return shards;
    }

    /// <summary>Puts an object's own variables into a store, and gives its name.</summary>
    private static string Save(object owner, OrderedDictionary<string, Tensor> store)
    {
        switch (owner)
        {
            case Layer layer:
                layer.SaveOwnVariables(store);
                return layer.Name;
            case Optimizer optimizer:
                SaveAll(optimizer.Variables);
                return optimizer.Name;
            default:
                SaveAll(((Metric)owner).Variables);
                return ((Metric)owner).Name;
        }

        void SaveAll(IReadOnlyList<Variable> variables)
        {
            foreach (Variable variable in variables) store[$"{store.Count}"] = variable.Cell.Snapshot;
        }
    }

    private static string CheckedName(Layer layer, string file) => file.Length > 0 && file.AsSpan().IndexOfAny("/\\:\0") < 0 && file is not ("." or "..")
        ? file
        : throw new ArgumentException($"Layer '{layer.Name}' saves an asset named '{file}'; its name must be that of a file, without a folder.");
}

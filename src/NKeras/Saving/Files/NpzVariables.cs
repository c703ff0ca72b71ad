using System.Globalization;
using NKeras.Npy;

namespace NKeras.Saving.Files;

/// <summary>
/// The state in NumPy's arrays. Their names are those of a <c>.weights.h5</c> file (<c>layers/dense/vars/0</c>), the weights' paths (<c>dense/kernel</c>), or
/// <c>arr_0</c>, <c>arr_1</c>, ... in the order of the model's weights, as <c>numpy.savez(file, *model.get_weights())</c> writes them.
/// </summary>
/// <remarks>Keras itself packs such files with pickles, which neither it nor we read.</remarks>
internal sealed class NpzVariables : VariableSource
{
    private const string Vars = "vars", Numbered = "arr_";

    private readonly NpzFile _file;
    private readonly OrderedDictionary<string, NpzArray> _arrays = [];
    private readonly Dictionary<string, Dictionary<string, StoredArray>> _places = [];

    /// <summary>Takes a file over. Nothing but the arrays' headers is read.</summary>
    /// <exception cref="InvalidDataException">Something in it is no array of numbers.</exception>
    public NpzVariables(NpzFile file)
    {
        _file = file;
        foreach (string name in file.Names)
        {
            NpzArray array = new(file, name, file.HeaderOf(name));
            _arrays.Add(name, array);
            int end = Math.Max(0, name.LastIndexOf('/'));
            if (!_places.TryGetValue(name[..end], out Dictionary<string, StoredArray>? place)) _places.Add(name[..end], place = []);
            place.TryAdd(name[end..].TrimStart('/'), array);
        }
    }

    /// <summary>Loads what a file holds into a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="source">The file.</param>
    /// <param name="skipMismatch">Whether what does not fit stays as it is, with a warning.</param>
    /// <exception cref="ArgumentException">Something does not fit.</exception>
    public static void Load(Model model, NpzVariables source, bool skipMismatch)
    {
        if (source.HasPlaces) StateLoader.Load(model, source, skipMismatch: skipMismatch);
        else source.LoadWeights(model, skipMismatch);
    }

    public override bool Has(string path) => _arrays.Keys.Any(name => name == path || name.StartsWith($"{path}/", StringComparison.Ordinal));

    public override StoredVariables Get(string path)
    {
        string place = StateWalk.Join(path, Vars);
        return new StoredVariables(place, _places.GetValueOrDefault(place) ?? []);
    }

    public override void Dispose() => _file.Dispose();

    /// <summary>Whether the arrays' names say of which object they are.</summary>
    private bool HasPlaces => _places.Keys.Any(place => place == Vars || place.EndsWith($"/{Vars}", StringComparison.Ordinal));

    private void LoadWeights(Model model, bool skipMismatch)
    {
        IReadOnlyList<Variable> weights = model.Weights;
        List<(Variable Weight, NpzArray Array)> pairs = [];
        List<string> failures = [];
        bool inOrder = Enumerable.Range(0, _arrays.Count).All(i => _arrays.ContainsKey(Number(i)));
        if (inOrder && _arrays.Count != weights.Count) failures.Add($"The model has {weights.Count} weights; the file has {_arrays.Count} arrays.");
        for (int i = 0; i < weights.Count; i++)
        {
            string name = inOrder ? Number(i) : NameFor(weights[i], model);
            if (!_arrays.TryGetValue(name, out NpzArray? array)) failures.Add($"The file has no array '{name}' for weight '{weights[i].Path}'; it has {BadConfig.List(_arrays.Keys)}.");
            else if (!array.HasShape(weights[i].Shape)) failures.Add($"Weight '{weights[i].Path}' has shape {weights[i].Shape}; the file's array '{name}' has shape {array.ShapeText}.");
            else pairs.Add((weights[i], array));
        }

        // All are looked at before any is changed.
        if (failures.Count > 0 && !skipMismatch) throw new ArgumentException(failures.Count == 1 ? failures[0] : $"{failures[0]} {failures.Count - 1} others do not fit either.");
        foreach ((Variable weight, NpzArray array) in pairs) array.AssignTo(weight);
        if (failures.Count > 0) Core.Warnings.Write($"Not all of the file was loaded. {failures[0]}");
    }

    // Within a Sequential a path begins with the model's name, which another model of the same layers need not have.
    private string NameFor(Variable weight, Model model) => !_arrays.ContainsKey(weight.Path) && weight.Path.StartsWith($"{model.Name}/", StringComparison.Ordinal)
        ? weight.Path[(model.Name.Length + 1)..]
        : weight.Path;

    private static string Number(int i) => string.Create(CultureInfo.InvariantCulture, $"{Numbered}{i}");
}

using NKeras.Hdf5;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace NKeras.Saving.Files;

/// <summary>Gives a model the state that a file keeps. What does not fit is gathered, so that one error tells all of it.</summary>
internal sealed class StateLoader
{
    private const int MostNamed = 10;

    private readonly VariableSource _source;
    private readonly StoredAssets? _assets;
    private readonly bool _skipOptimizer;
    private readonly OrderedDictionary<object, string> _failures = new(ReferenceEqualityComparer.Instance as IEqualityComparer<object>);
    private readonly HashSet<object> _absent = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Optimizer, Model> _trained = new(ReferenceEqualityComparer.Instance);

    private StateLoader(VariableSource source, StoredAssets? assets, bool skipOptimizer) => (_source, _assets, _skipOptimizer) = (source, assets, skipOptimizer);

    /// <summary>Loads the state of a model and all that is inside it.</summary>
    /// <param name="model">The model, or a layer that was saved by itself.</param>
    /// <param name="source">The variables.</param>
    /// <param name="assets">The layers' files; null to leave them as they are.</param>
    /// <param name="skipMismatch">Whether what does not fit stays as it is, with a warning.</param>
    /// <param name="skipOptimizer">Whether optimizers stay as they are.</param>
    /// <exception cref="ArgumentException">Something does not fit.</exception>
    public static void Load(Layer model, VariableSource source, StoredAssets? assets = null, bool skipMismatch = false, bool skipOptimizer = false)
    {
        StateLoader loader = new(source, assets, skipOptimizer);
        StateWalk.Run(model, loader.Visit, source.IsOlder);
        loader.Report(skipMismatch);
    }

    private bool Visit(object owner, string path)
    {
        Reading.Current?.AddCalls(1);
        try
        {
            StoredVariables store = _source.Get(path);
            if (owner is Optimizer optimizer) LoadOptimizer(optimizer, store);
            else if (owner is Metric metric) LoadMetric(metric, store);
            else LoadLayer((Layer)owner, store, path);
            _failures.Remove(owner);
            _absent.Remove(owner);
            return true;
        }
        catch (Exception e) when (e is Hdf5Exception or not (IOException or OutOfMemoryException))
        {
            if (IsInAbsentContainer(path)) _absent.Add(owner);
            else _failures[owner] = $"{Describe(owner)} at '{path}': {e.Message}";
            return false;
        }
    }

    private void LoadLayer(Layer layer, StoredVariables store, string path)
    {
        layer.LoadOwnVariables(store);
        if ((layer as Model)?.OptimizerOrNull is { } optimizer) _trained[optimizer] = (Model)layer;
        if (_assets != null) layer.LoadAssets(_assets.Of(path));
    }

    private void LoadOptimizer(Optimizer optimizer, StoredVariables store)
    {
        if (_skipOptimizer) return;
        // What it keeps for each weight is made by the first step of training, unless there is something to load.
        if (store.Count > optimizer.Variables.Count && _trained.TryGetValue(optimizer, out Model? model)) optimizer.Build(model.TrainableVariables);
        IReadOnlyList<Variable> variables = optimizer.Variables;
        if (store.Count == variables.Count) store.AssignTo(variables);
        // Keras 2: the learning rate, which comes second, is not in the file.
        else if (store.Count == variables.Count - 1 && store.Count > 0) LoadOlder(optimizer, store, [variables[0], .. variables.Skip(2)]);
        // Keras: warns, too; the model is whole without it.
        else Core.Warnings.Write($"The state of optimizer '{optimizer.Name}' is not loaded: it has {variables.Count} variables, the file has {store.Count}. It starts afresh.");
    }

    private static void LoadOlder(Optimizer optimizer, StoredVariables store, IReadOnlyList<Variable> variables)
    {
        try
        {
            store.AssignTo(variables);
        }
        catch (ArgumentException e)
        {
            Core.Warnings.Write($"The state of optimizer '{optimizer.Name}' is not loaded, it starts afresh: {e.Message}");
        }
    }

    private static void LoadMetric(Metric metric, StoredVariables store)
    {
        // Keras: does not save metrics that layers keep, so its files have nothing for them.
        if (store.Count == 0) return;
        if (store.Count != metric.Variables.Count) throw new ArgumentException($"the metric has {metric.Variables.Count} variables; the file has {store.Count}.");
        store.AssignTo(metric.Variables);
    }

    /// <summary>
    /// Whether an object is in a list within a list that the file does not have: versions of Keras before 3.14 did not save those.
    /// </summary>
    private bool IsInAbsentContainer(string path)
    {
        string[] steps = path.Split('/');
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].StartsWith("container", StringComparison.Ordinal) && !_source.Has(string.Join('/', steps[..(i + 1)]))) return true;
        }

        return false;
    }

    private void Report(bool skipMismatch)
    {
        if (_absent.Count > 0)
        {
            Core.Warnings.Write(
                $"The file has no state for {string.Join(", ", _absent.Take(MostNamed).Select(Describe))}, which are in lists within lists: older versions of Keras did not save those. They keep their first values.");
        }

        if (_failures.Count == 0) return;
        string more = _failures.Count > 1
            ? $" {_failures.Count} objects do not fit: {string.Join(", ", _failures.Keys.Take(MostNamed).Select(Describe))}{(_failures.Count > MostNamed ? ", …" : "")}."
            : "";
        string message = $"{_failures.GetAt(0).Value}{more}";
        if (!skipMismatch) throw new ArgumentException(message);
        Core.Warnings.Write($"Not all of the file was loaded. {message}");
    }

    private static string Describe(object owner) => owner switch
    {
        Layer layer => $"layer '{BadConfig.Excerpt(layer.Name)}'",
        Optimizer optimizer => $"optimizer '{BadConfig.Excerpt(optimizer.Name)}'",
        _ => $"metric '{BadConfig.Excerpt(((Metric)owner).Name)}'",
    };
}

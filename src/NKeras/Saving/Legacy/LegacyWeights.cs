using NKeras.Core;
using NKeras.Hdf5;
using NKeras.Layers;

namespace NKeras.Saving.Legacy;

/// <summary>Sets a model's weights to those of a legacy file. Layers are found as Keras finds them: by their order, or by their names.</summary>
/// <param name="group">The file's group with the layers.</param>
/// <param name="model">The model.</param>
/// <param name="skipMismatch">Whether what does not fit stays as it is, with a warning.</param>
internal sealed class LegacyWeights(Hdf5Group group, Model model, bool skipMismatch = false)
{
    private readonly IReadOnlyList<LegacyGroup> _groups = LegacyGroup.AllIn(group);
    private readonly List<(Variable Variable, LegacyArray Array)> _found = [];

    private LegacyOrigin Origin => field ??= LegacyOrigin.Of(group, _groups);

    /// <summary>A layer's weights in the order of legacy files: those that are trained, then the others.</summary>
    public static IReadOnlyList<Variable> WeightsOf(Layer layer) => [.. layer.TrainableWeights, .. layer.NonTrainableWeights];

    /// <summary>Loads the weights that belong to the model, which is of the same file.</summary>
    // Keras: goes by the order alone, which is another where a version of Keras orders layers otherwise.
    public void LoadOwn()
    {
        if (!model.Built && _groups.Count > 0) LegacyBuild.Build(model, _groups);
        HashSet<string> names = [.. _groups.Select(g => g.Name)];
        IReadOnlyList<Layer> layers = Weighted(model.Layers);
        if (names.Count == _groups.Count && names.SetEquals(layers.Select(l => l.Name))) MatchByName(layers);
        else MatchInOrder();
        MatchOwn();
        Assign();
    }

    /// <summary>Loads weights of any file.</summary>
    public void Load(bool byName)
    {
        if (byName) MatchByName(model.Layers);
        else MatchInOrder();
        MatchOwn();
        Assign();
    }

    private static IReadOnlyList<Layer> Weighted(IEnumerable<Layer> layers) => [.. layers.Where(l => l.Weights.Count > 0)];

    /// <summary>The layers of models within the model in the models' places: Keras 1 listed them so.</summary>
    private static IEnumerable<Layer> Flattened(Model outer) => outer.Layers.SelectMany(l => l is Model inner ? Flattened(inner) : [l]);

    private void MatchInOrder()
    {
        IReadOnlyList<Layer> layers = Weighted(model.Layers);
        if (layers.Count != _groups.Count && Weighted(Flattened(model).Distinct()) is { } flat && flat.Count == _groups.Count) layers = flat;
        if (layers.Count != _groups.Count)
        {
            throw new ArgumentException(
                $"Model '{model.Name}' has {layers.Count} layers with weights ({BadConfig.List(layers.Select(l => l.Name))}); the file has weights of {_groups.Count} ({BadConfig.List(_groups.Select(g => g.Name))}).");
        }

        for (int i = 0; i < layers.Count; i++) Match(layers[i], _groups[i]);
    }

    private void MatchByName(IEnumerable<Layer> layers)
    {
        ILookup<string, Layer> byName = layers.ToLookup(l => l.Name);
        foreach (LegacyGroup found in _groups)
        {
            foreach (Layer layer in byName[found.Name]) Match(layer, found);
        }
    }

    private void MatchOwn()
    {
        if (LegacyGroup.OwnIn(group) is not { } own) return;
        Match($"Model '{model.Name}'", [.. model.OwnWeights], own.Arrays);
    }

    private void Match(Layer layer, LegacyGroup from)
    {
        string where = $"Layer '{layer.Name}'{(from.Name == layer.Name ? "" : $", in the file '{BadConfig.Excerpt(from.Name)}'")}";
        Match(where, WeightsOf(layer), BadConfig.Within(where, () => LegacyConversions.Convert(layer, from.Arrays, Origin)));
    }

    private void Match(string where, IReadOnlyList<Variable> weights, IReadOnlyList<LegacyArray> arrays)
    {
        if (weights.Count != arrays.Count)
        {
            Mismatch($"{where} has {weights.Count} weights ({BadConfig.List(weights.Select(w => w.Name))}); the file has {arrays.Count} for it.");
            return;
        }

        for (int i = 0; i < weights.Count; i++)
        {
            if (arrays[i].Has(weights[i].Shape)) _found.Add((weights[i], arrays[i]));
            else Mismatch($"{where}: weight '{weights[i].Name}' has shape {weights[i].Shape}; the file's array '{BadConfig.Excerpt(arrays[i].Name)}' has shape {arrays[i].ShapeText}.");
        }
    }

    private void Mismatch(string message)
    {
        if (!skipMismatch) throw new ArgumentException(message);
        Warnings.Write($"{message} It is not loaded.");
    }

    private void Assign()
    {
        foreach ((Variable variable, LegacyArray array) in _found) array.AssignTo(variable);
    }
}

using System.Collections;
using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Optimizers;

namespace NKeras.Saving.Files;

/// <summary>
/// Goes through what holds state in a model, layers, optimizers and metrics, as Keras's files do: each has a path made of the names of Python's
/// attributes, such as <c>layers/multi_head_attention/query_dense</c>. A field of ours has the attribute's name in C#'s spelling, so few layers
/// have to say anything.
/// </summary>
internal sealed class StateWalk
{
    private readonly HashSet<object> _done = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<object> _open = new(ReferenceEqualityComparer.Instance);
    private readonly Func<object, string, bool> _visit;
    private readonly bool _isOlder;

    private StateWalk(Func<object, string, bool> visit, bool isOlder) => (_visit, _isOlder) = (visit, isOlder);

    /// <summary>What Keras 2.12 and 2.13 call a model's layers.</summary>
    public const string OlderLayers = "_layer_checkpoint_dependencies";

    /// <summary>Visits a layer and all that is inside it.</summary>
    /// <param name="root">The layer.</param>
    /// <param name="visit">
    /// Gets each object and its path, an outer one first, and tells whether that was its place. One for which it was not is visited again where it is
    /// met again, as is one with such inside.
    /// </param>
    /// <param name="isOlder">Whether paths are those of Keras 2.12 and 2.13.</param>
    public static void Run(Layer root, Func<object, string, bool> visit, bool isOlder = false) => new StateWalk(visit, isOlder).Visit(root, "");

    /// <summary>The names of two steps as one path.</summary>
    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";

    private bool Visit(object owner, string path)
    {
        if (_done.Contains(owner) || !_open.Add(owner)) return true;
        bool placed = _visit(owner, path);
        foreach ((string name, object? value) in Inside(owner)) placed &= VisitValue(value, Join(path, name));
        if (placed) _done.Add(owner);
        _open.Remove(owner);
        return placed;
    }

    /// <summary>What an object keeps, by the names of Python's attributes, in the order in which Keras goes through them.</summary>
    private IEnumerable<(string Name, object? Value)> Inside(object owner)
    {
        if (owner is LossScaleOptimizer scaling) return [("inner_optimizer", scaling.InnerOptimizer)];
        if (owner is not Layer outer) return [];
        IEnumerable<(string Name, object? Value)> attributes = InnerState.ByName(outer).Select(f => (outer.AttributeName(f.Key), f.Value));
        // A Sequential's own list has the input's layer, too, which has no place in a file.
        if (outer is Sequential) attributes = attributes.Where(a => a.Name != "layers");
        if ((outer as Model)?.OptimizerOrNull is { } optimizer) attributes = attributes.Append(("optimizer", optimizer));
        // Keras: what a functional model keeps of its layers comes first, then attributes by name, private ones last. The layers of a subclassed model
        // are an attribute among the others: an attribute before it in the alphabet has its own name in a path, a later one is a number in "layers".
        bool isSubclassed = outer is Model { GraphOrNull: null } and not Sequential;
        if (isSubclassed) attributes = attributes.Append(("layers", ((Model)outer).Layers));
        IEnumerable<(string Name, object? Value)> ordered = attributes.OrderBy(a => a.Name.StartsWith('_') ? 1 : 0).ThenBy(a => a.Name, StringComparer.Ordinal);
        return outer is Model model && !isSubclassed ? ordered.Prepend((_isOlder ? OlderLayers : "layers", model.Layers)) : ordered;
    }

    private bool VisitValue(object? value, string path) => value switch
    {
        Layer or Metric or Optimizer => Visit(value, path),
        IDictionary dictionary => VisitAll(dictionary.Values, path),
        ITuple tuple => VisitAll(Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), path),
        IEnumerable items and not string when InnerState.IsContainer(items.GetType()) => VisitAll(items.Cast<object?>().Select(InnerState.ValueOf), path),
        _ => true,
    };

    /// <summary>The members of a collection have the names of their classes, numbered where they repeat.</summary>
    private bool VisitAll(IEnumerable items, string path)
    {
        Dictionary<string, int> used = [];
        bool placed = true;
        foreach (object? item in items)
        {
            bool isState = item is Layer or Metric or Optimizer;
            if (!isState && item is not IEnumerable) continue;
            string name = isState ? Naming.ToSnakeCase(item is Layer layer ? layer.ClassName : item!.GetType().Name) : "container";
            int count = used[name] = used.TryGetValue(name, out int before) ? before + 1 : 0;
            placed &= VisitValue(item, Join(path, count == 0 ? name : $"{name}_{count}"));
            // They had layers with weights in the list twice.
            if (item is Layer { Weights.Count: > 0 } && path.EndsWith(OlderLayers, StringComparison.Ordinal)) used[name]++;
        }

        return placed;
    }
}

using System.Collections;
using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Layers;
using NKeras.Metrics;

namespace NKeras.Saving;

/// <summary>
/// Where Keras's files keep the weights of a layer and of those inside it: at paths made of the names of Python's attributes, such as
/// <c>query_dense/vars/0</c>. A field of ours has the attribute's name in C#'s spelling, so few layers have to say anything.
/// </summary>
internal static class WeightPaths
{
    /// <summary>The weights of a layer and those inside it with their paths, in the order in which Keras writes them.</summary>
    public static IReadOnlyList<(string Path, Variable Variable)> Of(Layer layer)
    {
        Walk walk = new();
        walk.Visit(layer, "");
        return walk.Found;
    }

    private sealed class Walk
    {
        private readonly HashSet<object> _visited = new(ReferenceEqualityComparer.Instance);

        public List<(string Path, Variable Variable)> Found { get; } = [];

        public void Visit(object owner, string path)
        {
            if (!_visited.Add(owner)) return;
            IEnumerable<Variable> own = owner switch { Layer layer => layer.FileVariables, Metric metric => metric.Variables, _ => [] };
            Found.AddRange(own.Select((v, i) => (Join(path, $"vars/{i}"), v)));
            if (owner is not Layer outer) return;
            // Keras: what a model keeps of its layers comes first, then attributes by name, private ones last.
            if (outer is Model { GraphOrNull: not null } or Sequential) VisitAll(((Model)outer).Layers, Join(path, "layers"));
            IEnumerable<KeyValuePair<string, object?>> attributes = InnerState.ByName(outer).Select(f => KeyValuePair.Create(outer.AttributeName(f.Key), f.Value));
            foreach ((string name, object? value) in attributes.OrderBy(a => a.Key.StartsWith('_') ? 1 : 0).ThenBy(a => a.Key, StringComparer.Ordinal)) VisitValue(value, Join(path, name));
        }

        private void VisitValue(object? value, string path)
        {
            if (value is Layer or Metric) Visit(value, path);
            else if (value is IDictionary dictionary) VisitAll(dictionary.Values, path);
            else if (value is ITuple tuple) VisitAll(Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), path);
            else if (value is IEnumerable items and not string && InnerState.IsContainer(items.GetType())) VisitAll(items.Cast<object?>().Select(InnerState.ValueOf), path);
        }

        /// <summary>The members of a collection have the names of their classes, numbered where they repeat.</summary>
        private void VisitAll(IEnumerable items, string path)
        {
            Dictionary<string, int> used = [];
            foreach (object? item in items)
            {
                bool isState = item is Layer or Metric;
                if (!isState && item is not IEnumerable) continue;
                string name = isState ? Naming.ToSnakeCase(item is Layer layer ? layer.ClassName : item!.GetType().Name) : "container";
                int count = used[name] = used.TryGetValue(name, out int before) ? before + 1 : 0;
                VisitValue(item, Join(path, count == 0 ? name : $"{name}_{count}"));
            }
        }

        private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";
    }
}

using NKeras.Layers;
using NKeras.Metrics;
using NKeras.Saving.Files;

namespace NKeras.Saving;

/// <summary>Where Keras's files keep the weights of a layer and of those inside it.</summary>
internal static class WeightPaths
{
    /// <summary>The weights with their paths, such as <c>query_dense/vars/0</c>, in the order in which Keras writes them.</summary>
    public static IReadOnlyList<(string Path, Variable Variable)> Of(Layer layer)
    {
        List<(string Path, Variable Variable)> found = [];
        StateWalk.Run(layer, (owner, path) =>
        {
            IReadOnlyList<Variable> own = owner switch { Layer inner => inner.FileVariables, Metric metric => metric.Variables, _ => [] };
            found.AddRange(own.Select((v, i) => (StateWalk.Join(path, $"vars/{i}"), v)));
            return true;
        });
        return found;
    }
}

using System.Collections.Frozen;

namespace NKeras.Tests.Layers.Checking;

/// <summary>All cases of all families, by name.</summary>
internal static class LayerCases
{
    public static FrozenDictionary<string, LayerCase> All { get; } = Find();

    private static FrozenDictionary<string, LayerCase> Find()
    {
        IEnumerable<LayerCase> cases = typeof(ILayerCases).Assembly.GetTypes()
            .Where(t => t.IsClass && typeof(ILayerCases).IsAssignableFrom(t))
            .SelectMany(t => ((ILayerCases)Activator.CreateInstance(t)!).Cases);
        return cases.ToFrozenDictionary(c => $"{c.Make().GetType().Name}, {c.Setting}");
    }
}

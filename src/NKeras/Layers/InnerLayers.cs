using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace NKeras.Layers;

/// <summary>Finds the layers that a layer keeps in its fields, alone or in collections, in order of declaration.</summary>
// Keras: notices when a layer is assigned to an attribute; C# has no such hook, so the fields are read instead.
internal static class InnerLayers
{
    /// <summary>What a trimmed application has to keep of a layer's class.</summary>
    public const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.AllFields;

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> s_fields = [];

    /// <summary>The layers that a layer's fields hold at present.</summary>
    public static IReadOnlyList<Layer> Of(Layer layer)
    {
        FieldInfo[] fields = s_fields.GetOrAdd(layer.GetType(), FieldsOf);
        return fields.Length == 0 ? [] : [.. fields.SelectMany(f => LayersIn(f.GetValue(layer))).Where(l => l != layer).Distinct()];
    }

    /// <summary>The fields that can hold layers, those of base classes first.</summary>
    private static FieldInfo[] FieldsOf(Type type)
    {
        List<Type> classes = [];
        for (Type? t = type; t != null && t != typeof(Layer); t = t.BaseType) classes.Insert(0, t);
        return
        [
            .. classes
                .SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(f => f.MetadataToken))
                .Where(f => typeof(Layer).IsAssignableFrom(f.FieldType) || typeof(IEnumerable<Layer>).IsAssignableFrom(f.FieldType) || typeof(IDictionary).IsAssignableFrom(f.FieldType)),
        ];
    }

    private static IEnumerable<Layer> LayersIn(object? value) => value switch
    {
        Layer layer => [layer],
        IEnumerable<Layer> layers => layers.Where(l => l != null),
        IDictionary dictionary => dictionary.Values.OfType<Layer>(),
        _ => [],
    };
}

using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using NKeras.Metrics;

namespace NKeras.Layers;

/// <summary>Finds what a layer keeps in its fields, alone or in lists and dictionaries: layers, variables, metrics, random generators.</summary>
// Keras: notices when a layer or variable is assigned to an attribute; C# has no such hook, so the fields are read instead.
internal static class InnerState
{
    /// <summary>What a trimmed application has to keep of a layer's class.</summary>
    public const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.AllFields
        | DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> s_fields = [];

    /// <summary>What a layer's fields hold at present, in order of declaration, those of base classes first.</summary>
    /// <typeparam name="T">What to look for.</typeparam>
    public static IReadOnlyList<T> Of<T>(Layer layer)
        where T : class
    {
        FieldInfo[] fields = s_fields.GetOrAdd(layer.GetType(), FieldsOf);
        return fields.Length == 0 ? [] : [.. fields.SelectMany(f => Within(f.GetValue(layer)).OfType<T>()).Where(found => found != (object)layer).Distinct()];
    }

    /// <summary>The fields that can hold state.</summary>
    private static FieldInfo[] FieldsOf(Type type)
    {
        List<Type> classes = [];
        for (Type? t = type; t != null && t != typeof(Layer) && t != typeof(Model); t = t.BaseType) classes.Insert(0, t);
        return
        [
            .. classes
                .SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(f => f.MetadataToken))
                .Where(f => IsState(f.FieldType) || ElementTypes(f.FieldType).Any(IsState)),
        ];
    }

    private static bool IsState(Type type) =>
        typeof(Layer).IsAssignableFrom(type) || typeof(Metric).IsAssignableFrom(type) || type == typeof(Variable) || type == typeof(SeedGenerator);

    /// <summary>What a collection's elements, or a dictionary's values, are declared as, however deep.</summary>
    private static IEnumerable<Type> ElementTypes(Type type) => type.GetInterfaces().Append(type)
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(i => i.GetGenericArguments()[0])
        .Where(element => element != type)
        .Select(element => element.IsGenericType && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? element.GetGenericArguments()[1] : element)
        .SelectMany(element => element.IsPrimitive || element == typeof(string) ? [element] : ElementTypes(element).Prepend(element));

    private static IEnumerable<object> Within(object? value) => value switch
    {
        null => [],
        Layer or Metric or Variable or SeedGenerator => [value],
        IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(Within),
        IEnumerable items and not string => items.Cast<object?>().SelectMany(item => item is null ? [] : Within(ValueOf(item))),
        _ => [],
    };

    /// <summary>The value of a dictionary's entry, where the dictionary is known by its generic interface only.</summary>
    private static object? ValueOf(object item) => item.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
        ? type.GetProperty("Value")!.GetValue(item)
        : item;
}

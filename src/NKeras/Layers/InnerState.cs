using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using NKeras.Metrics;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>Finds what a layer keeps in its fields, alone or in lists, dictionaries and tuples: layers, variables, metrics, random generators.</summary>
// Keras: notices when a layer or variable is assigned to an attribute; C# has no such hook, so the fields are read instead.
internal static class InnerState
{
    /// <summary>What a trimmed application has to keep of a layer's class.</summary>
    public const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.AllFields
        | DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> s_fields = [];
    private static readonly ConcurrentDictionary<Type, bool> s_containers = [];

    /// <summary>What a layer's fields hold at present, in order of declaration, those of base classes first.</summary>
    /// <typeparam name="T">What to look for.</typeparam>
    public static IReadOnlyList<T> Of<T>(Layer layer)
        where T : class => In<T>(layer);

    /// <summary>What a metric's fields hold at present.</summary>
    /// <typeparam name="T">What to look for.</typeparam>
    public static IReadOnlyList<T> Of<T>(Metric metric)
        where T : class => In<T>(metric);

    private static IReadOnlyList<T> In<T>(object owner)
        where T : class
    {
        FieldInfo[] fields = s_fields.GetOrAdd(owner.GetType(), FieldsOf);
        return fields.Length == 0 ? [] : [.. fields.SelectMany(f => Within(f.GetValue(owner)).OfType<T>()).Where(found => found != owner).Distinct()];
    }

    /// <summary>What each field that can hold state holds at present, by the name that Python's attribute would have.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> ByName(Layer layer) =>
        s_fields.GetOrAdd(layer.GetType(), FieldsOf).Select(f => KeyValuePair.Create(AttributeName(f), f.GetValue(layer)));

    /// <summary><c>_queryDense</c>, and the field behind <c>QueryDense</c>, is <c>query_dense</c>.</summary>
    private static string AttributeName(FieldInfo field)
    {
        // The compiler's names of fields behind properties and parameters of a class: <Name>k__BackingField, <name>P.
        string name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
        return ConfigNames.KeyOf(name.TrimStart('_'));
    }

    /// <summary>The fields that can hold state.</summary>
    private static FieldInfo[] FieldsOf(Type type)
    {
        List<Type> classes = [];
        for (Type? t = type; t != null && t != typeof(Layer) && t != typeof(Model) && t != typeof(Metric); t = t.BaseType) classes.Insert(0, t);
        return
        [
            .. classes
                .SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(f => f.MetadataToken))
                .Where(f => CanHold(f.FieldType)),
        ];
    }

    /// <summary>Whether a field of a type can hold state, as far as its declaration tells.</summary>
    private static bool CanHold(Type type)
    {
        if (IsState(type)) return true;
        if (type.IsArray) return CanHold(type.GetElementType()!);
        if (type.IsPrimitive || type.IsEnum || type == typeof(string) || typeof(Delegate).IsAssignableFrom(type)) return false;
        // A collection of numbers is passed over; one of objects, or without generic arguments, is looked into.
        if (type.IsGenericType) return type.GetGenericArguments().Any(CanHold);
        return type.IsInterface || type == typeof(object) || IsContainer(type);
    }

    private static bool IsState(Type type) =>
        typeof(Operation).IsAssignableFrom(type) || typeof(Metric).IsAssignableFrom(type) || type == typeof(Variable) || type == typeof(SeedGenerator);

    /// <summary>Whether a type is a finished collection. A sequence that is computed as it is read might make new layers every time.</summary>
    public static bool IsContainer(Type type) => s_containers.GetOrAdd(type, static t => typeof(ICollection).IsAssignableFrom(t) || typeof(ITuple).IsAssignableFrom(t)
        || t.GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(ICollection<>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>))));

    private static IEnumerable<object> Within(object? value) => value switch
    {
        null or string => [],
        Layer or Metric or Variable or SeedGenerator => [value],
        IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(Within),
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Within(tuple[i])),
        IEnumerable items when IsContainer(items.GetType()) => items.Cast<object?>().SelectMany(item => item is null ? [] : Within(ValueOf(item))),
        _ => [],
    };

    /// <summary>The value of a dictionary's entry, where the dictionary is known by its generic interface only.</summary>
    public static object? ValueOf(object? item) => item?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
        ? type.GetProperty("Value")!.GetValue(item)
        : item;
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Nodes;
using NKeras.Models;

namespace NKeras.Saving;

/// <summary>The types of the user's own that a configuration may name: those registered by a call or by attribute.</summary>
internal static class CustomTypes
{
    private static readonly ConcurrentDictionary<string, KerasType> s_byName = new();
    private static readonly ConcurrentDictionary<Type, KerasType> s_byType = new();
    private static readonly ConcurrentDictionary<Assembly, bool> s_scanned = new();

    /// <summary>Registers a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="package">What the name is qualified with.</param>
    /// <param name="name">The name; the type's if null.</param>
    /// <param name="fromConfig">Makes one from its configuration; by the constructor's parameters if null.</param>
    /// <exception cref="ArgumentException">The type is Keras's own, or the name is another type's.</exception>
    public static KerasType Register([DynamicallyAccessedMembers(AutoConfig.Needed)] Type type, string package, string? name, Func<JsonObject, object>? fromConfig)
    {
        name ??= type.Name;
        if (TypeTable.Find(type) != null) throw new ArgumentException($"{type.Name} is one of Keras's own classes; it needs no registration.", nameof(type));
        KerasType entry = Entry(type, $"{package}>{name}", fromConfig == null ? null : c => Call(fromConfig, type, c));
        if (s_byName.GetOrAdd(entry.RegisteredName!, entry).Type != type)
            throw new ArgumentException($"'{entry.RegisteredName}' is already registered for {s_byName[entry.RegisteredName!].Type.FullName}. Use another package or name.", nameof(name));
        s_byName[entry.RegisteredName!] = s_byType[type] = entry;
        return entry;
    }

    /// <summary>The entry of a type; null if it is not registered.</summary>
    public static KerasType? Find(Type type) => s_byType.TryGetValue(type, out KerasType? entry) ? entry
        : type.GetCustomAttribute<RegisterKerasSerializableAttribute>() is { } attribute ? Register(type, attribute)
        : null;

    /// <summary>Types that can be named while a scope is open on this thread, the innermost first.</summary>
    [field: ThreadStatic]
    public static ImmutableStack<IReadOnlyDictionary<string, Type>>? Scopes { get; set; }

    /// <summary>The entry under a registered name or, for classes written by Python, a class name; null if there is none.</summary>
    public static KerasType? Find(string? registeredName, string className)
    {
        foreach (IReadOnlyDictionary<string, Type> scope in Scopes ?? [])
        {
            if ((registeredName != null && scope.TryGetValue(registeredName, out Type? type)) || scope.TryGetValue(className, out type)) return Find(type) ?? Entry(type, null, null);
        }

        ScanAssemblies();
        // Legacy files have no other name than the class's, and put the registered one there.
        if (s_byName.TryGetValue(registeredName ?? className, out KerasType? entry)) return entry;
        return s_byName.TryGetValue($"Custom>{registeredName ?? className}", out entry) ? entry : null;
    }

    /// <summary>The type under a name, registered or of a scope; null if there is none.</summary>
    public static Type? TypeOf(string name)
    {
        foreach (IReadOnlyDictionary<string, Type> scope in Scopes ?? [])
        {
            if (scope.TryGetValue(name, out Type? type)) return type;
        }

        ScanAssemblies();
        return s_byName.GetValueOrDefault(name)?.Type;
    }

    /// <summary>The registered names.</summary>
    public static IEnumerable<string> Names => s_byName.Keys;

    /// <summary>Whatever a function of the user's throws, the configuration did not suit it.</summary>
    private static object Call(Func<JsonObject, object> fromConfig, Type type, JsonObject config)
    {
        object? made;
        try
        {
            made = fromConfig(config);
        }
        catch (Exception e)
        {
            throw new ArgumentException($"The function registered for {type.Name} cannot make one from its configuration: {e.Message}", e);
        }

        return type.IsInstanceOfType(made) ? made : throw new ArgumentException($"The function registered for {type.Name} made {made?.GetType().Name ?? "null"}.");
    }

    /// <summary>Registers the classes with the attribute of all assemblies loaded so far that use this one.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A class that was trimmed away is not used by the application either.")]
    private static void ScanAssemblies()
    {
        string own = typeof(CustomTypes).Assembly.GetName().Name!;
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic && !s_scanned.ContainsKey(a)))
        {
            bool concerned = assembly.GetReferencedAssemblies().Any(r => r.Name == own);
            foreach (Type type in (concerned ? assembly.GetTypes() : []).Where(t => t.IsDefined(typeof(RegisterKerasSerializableAttribute), inherit: false)))
            {
                if (!s_byType.ContainsKey(type)) Register(type, type.GetCustomAttribute<RegisterKerasSerializableAttribute>()!);
            }

            s_scanned[assembly] = true;
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "Classes of layers and other objects with configurations keep their members (see Layer).")]
    private static KerasType Entry(Type type, string? registeredName, Func<JsonObject, object>? fromConfig) =>
        fromConfig != null ? new(type, null, type.Name, registeredName, fromConfig, ByConstructor: false)
        : FunctionalReader.CanMake(type) ? new(type, null, type.Name, registeredName, c => FunctionalReader.Read(type, c), ByConstructor: false)
        : new(type, null, type.Name, registeredName, c => AutoConfig.Create(type, c));

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "Classes of layers and other objects with configurations keep their members (see Layer).")]
    private static KerasType Register(Type type, RegisterKerasSerializableAttribute attribute) => Register(type, attribute.Package, attribute.Name, null);
}

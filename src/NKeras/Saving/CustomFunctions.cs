using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Saving;

/// <summary>Functions in configurations: Keras's activations by name, the user's own by the name they are registered under.</summary>
internal static class CustomFunctions
{
    private static readonly ConcurrentDictionary<string, Delegate> s_byName = new();

    /// <summary>Functions that can be named while a scope is open on this thread, the innermost first.</summary>
    [field: ThreadStatic]
    public static ImmutableStack<IReadOnlyDictionary<string, Delegate>>? Scopes { get; set; }

    /// <summary>Registers a function.</summary>
    public static void Register(Delegate function, string package, string name) => s_byName[$"{package}>{name}"] = function;

    /// <summary>An activation's form.</summary>
    /// <exception cref="ArgumentException">It is the user's own and not registered.</exception>
    public static JsonNode Serialize(ActivationFunction activation) =>
        activation.IsKeras ? activation.Name : activation.Layer is { } layer ? KerasSerializer.Serialize(layer)! : FormOf(activation.Function, $"Activation '{activation.Name}'");

    /// <summary>The form of a function of the user's own.</summary>
    /// <param name="function">The function.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="ArgumentException">It is not registered.</exception>
    public static JsonObject FormOf(Delegate function, string what)
    {
        string name = NameOf(function) ?? ComparisonFunctions.KerasName(function) ?? throw new ArgumentException(
            $"{what} is a function of your own, which a configuration cannot hold. Register it: Utils.RegisterKerasSerializable(function, package, name).");
        return new JsonObject { ["module"] = "builtins", ["class_name"] = "function", ["config"] = name, ["registered_name"] = "function" };
    }

    /// <summary>The name that a function is registered under, or has in a scope; null if it has none.</summary>
    public static string? NameOf(Delegate function) =>
        (Scopes ?? []).SelectMany(s => s).Concat(s_byName).FirstOrDefault(e => e.Value.Equals(function)).Key;

    /// <summary>The function under a name, of a scope or registered; null if there is none.</summary>
    public static Delegate? Find(string name) =>
        (Scopes ?? []).Select(s => s.GetValueOrDefault(name)).FirstOrDefault(f => f != null) ?? s_byName.GetValueOrDefault(name) ?? s_byName.GetValueOrDefault($"Custom>{name}");

    /// <summary>The function under a name.</summary>
    /// <exception cref="ArgumentException">There is none, or it is of another type.</exception>
    public static Delegate Deserialize(string name, params ReadOnlySpan<Type> types)
    {
        Delegate function = Find(name) ?? throw new ArgumentException($"Unknown function '{BadConfig.Excerpt(name)}'. Register your own with Utils.RegisterKerasSerializable(function, package, name).");
        return types.Contains(function.GetType())
            ? function
            : throw new ArgumentException($"The function '{BadConfig.Excerpt(name)}' is a {function.GetType().Name}, which does not fit here: it is to be a {types[0].Name}.");
    }

    /// <summary>The activation under a name; Keras's own names come first.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ActivationFunction Activation(string name)
    {
        if (ActivationNames.Contains(name)) return ActivationNames.Get(name);
        TensorFunction function = (TensorFunction)Deserialize(name, typeof(TensorFunction));
        return new ActivationFunction(function, NameOf(function) ?? name);
    }
}

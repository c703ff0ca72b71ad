using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Saving;

/// <summary>Activation functions in configurations: Keras's by name, the user's own by the name they are registered under.</summary>
internal static class CustomFunctions
{
    private static readonly ConcurrentDictionary<string, ActivationFunction> s_byName = new();

    /// <summary>Registers a function.</summary>
    public static void Register(TensorFunction function, string package, string name) => s_byName[$"{package}>{name}"] = new ActivationFunction(function, $"{package}>{name}");

    /// <summary>A function's form.</summary>
    /// <exception cref="ArgumentException">It is the user's own and not registered.</exception>
    public static JsonNode Serialize(ActivationFunction activation)
    {
        if (activation.IsKeras) return activation.Name;
        string name = NameOf(activation.Function) ?? throw new ArgumentException(
            $"Activation '{activation.Name}' is a function of your own, which a configuration cannot hold. Register it: Utils.RegisterKerasSerializable(function, package, name).");
        return new JsonObject { ["module"] = null, ["class_name"] = "function", ["config"] = name, ["registered_name"] = name };
    }

    /// <summary>The name that a function is registered under; null if it is not.</summary>
    public static string? NameOf(TensorFunction function) => s_byName.FirstOrDefault(e => e.Value.Function == function).Key;

    /// <summary>The function that is registered under a name; null if there is none.</summary>
    public static ActivationFunction? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The function under a name; Keras's own names come first.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ActivationFunction Deserialize(string name) => ActivationNames.Contains(name) ? ActivationNames.Get(name)
        : Find(name) ?? Find($"Custom>{name}") ?? throw new ArgumentException($"Unknown function '{name}'. Register your own with Utils.RegisterKerasSerializable(function, package, name).");
}

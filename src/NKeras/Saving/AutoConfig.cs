using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving.Older;

namespace NKeras.Saving;

/// <summary>
/// Configurations by rule: a class's constructor parameters are its configuration's entries, and a property of the same
/// name holds what was given for each.
/// </summary>
// Keras: notes the constructor's arguments as they are passed; in C# they are read back from properties.
internal static class AutoConfig
{
    /// <summary>What a trimmed application has to keep of a class with a configuration.</summary>
    public const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties;

    private static readonly string[] s_layerKeys = ["name", "trainable", "dtype", "activity_regularizer"];

    /// <summary>The entries for an object's constructor parameters, but for those that have no property.</summary>
    public static JsonObject Read([DynamicallyAccessedMembers(Needed)] Type type, object instance, params ReadOnlySpan<string> except)
    {
        JsonObject config = [];
        foreach (ParameterInfo parameter in Constructor(type).GetParameters())
        {
            string key = ConfigNames.KeyOf(parameter.Name!);
            if (except.Contains(key) || Property(type, parameter.Name!) is not { } property) continue;
            // What every layer has under the parameter's name, such as its weights, is not what was given for it.
            if (property.DeclaringType == typeof(Layer)) continue;
            config[key] = ConfigValue.Of(property.GetValue(instance));
        }

        return config;
    }

    /// <summary>Makes an object by passing a configuration's entries to its constructor.</summary>
    /// <exception cref="ArgumentException">An entry is unknown, is missing, or does not fit its parameter.</exception>
    public static object Create([DynamicallyAccessedMembers(Needed)] Type type, JsonObject config)
    {
        ConstructorInfo constructor = Constructor(type);
        config = OlderConfigs.Renewed(type, config, [.. constructor.GetParameters().Select(p => ConfigNames.KeyOf(p.Name!))]);
        HashSet<string> used = [];
        object?[] arguments = [.. constructor.GetParameters().Select(p => Argument(type, p, config, used))];
        CheckUnknown(type, config, used);
        object instance;
        try
        {
            instance = constructor.Invoke(arguments);
        }
        catch (Exception e) when (e is TargetInvocationException or MemberAccessException)
        {
            Exception cause = e.InnerException ?? e;
            throw new ArgumentException($"The configuration of {Describe(type, config)} is not valid: {cause.Message}", cause);
        }

        if (instance is Layer layer) SetUnpassed(layer, config, used);
        return instance;
    }

    /// <summary>The parameters without default that a configuration says nothing about.</summary>
    public static IEnumerable<string> Missing([DynamicallyAccessedMembers(Needed)] Type type, JsonObject config) =>
        Constructor(type).GetParameters().Where(p => !p.HasDefaultValue && !config.ContainsKey(ConfigNames.KeyOf(p.Name!))).Select(p => p.Name!);

    private static ConstructorInfo Constructor([DynamicallyAccessedMembers(Needed)] Type type) => type.GetConstructors().MaxBy(c => c.GetParameters().Length)
        ?? throw new ArgumentException($"{type.Name} has no public constructor, so it cannot be made from a configuration.");

    private static PropertyInfo? Property([DynamicallyAccessedMembers(Needed)] Type type, string parameter) =>
        type.GetProperties().Where(p => p.Name.Equals(ConfigNames.PropertyOf(parameter), StringComparison.OrdinalIgnoreCase) && p.GetIndexParameters().Length == 0)
            .MinBy(p => p.DeclaringType == type ? 0 : 1);

    private static object? Argument(Type type, ParameterInfo parameter, JsonObject config, HashSet<string> used)
    {
        string key = ConfigNames.KeyOf(parameter.Name!);
        used.Add(key);
        if (!config.TryGetPropertyValue(key, out JsonNode? value))
        {
            return parameter.HasDefaultValue
                ? parameter.DefaultValue
                : throw new ArgumentException($"The configuration of {Describe(type, config)} has no '{key}', which is needed.");
        }

        // What Keras writes as null where the parameter is no reference means its default.
        if (value is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) == null && !ConfigReader.HasNull(parameter.ParameterType))
            return parameter.HasDefaultValue ? parameter.DefaultValue ?? Activator.CreateInstance(parameter.ParameterType) : throw new ArgumentException($"The configuration of {Describe(type, config)} has null for '{key}'.");
        try
        {
            return ConfigReader.Read(value, parameter.ParameterType);
        }
        catch (Exception e) when (BadConfig.Causes(e))
        {
            throw new ArgumentException($"The configuration of {Describe(type, config)} has {BadConfig.Excerpt(value)} for '{key}': {e.Message}", e);
        }
    }

    /// <summary>Sets what every layer has but this one's constructor does not take.</summary>
    private static void SetUnpassed(Layer layer, JsonObject config, HashSet<string> used)
    {
        if (!used.Contains("name") && config["name"] is { } name) layer.Name = Operation.CheckName(ConfigReader.Text(name));
        if (!used.Contains("dtype") && config["dtype"] is { } dtype) layer.DTypePolicy = ConfigReader.Read<DTypePolicy>(dtype)!;
        if (!used.Contains("activity_regularizer") && config["activity_regularizer"] is { } regularizer) layer.ActivityRegularizer = ConfigReader.Read<Regularizers.Regularizer>(regularizer);
        if (!used.Contains("trainable") && config["trainable"] is { } trainable && !ConfigReader.Read<bool>(trainable)) layer.Trainable = false;
    }

    private static void CheckUnknown(Type type, JsonObject config, HashSet<string> used)
    {
        bool isLayer = typeof(Layer).IsAssignableFrom(type);
        foreach ((string key, JsonNode? value) in config)
        {
            // A setting this version does not have changes nothing where it is left at nothing.
            if (used.Contains(key) || value is null || (isLayer && s_layerKeys.Contains(key)) || IgnoredKeys.Contains(type, key, value)) continue;
            throw new ArgumentException($"The configuration of {Describe(type, config)} has '{BadConfig.Excerpt(key)}': {BadConfig.Excerpt(value)}, which {type.Name} does not take. {(IgnoredKeys.Supported(type, key) is { } supported ? $"Supported: {supported}." : Suggestion.For(key, used))}");
        }
    }

    private static string Describe(Type type, JsonObject config) => config["name"] is JsonValue name && name.TryGetValue(out string? text) ? $"{type.Name} '{BadConfig.Excerpt(text)}'" : type.Name;
}

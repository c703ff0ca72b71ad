using System.Reflection;
using System.Text.Json;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;

namespace NKeras.Tests.Recorded;

/// <summary>Creates objects from recorded Keras configurations, by calling the constructor whose parameters they name.</summary>
internal static class RecordedObjects
{
    /// <summary>The object of a recorded <c>{"class_name": …, "config": {…}}</c>.</summary>
    /// <typeparam name="T">A class in the namespace the object's class is looked for.</typeparam>
    public static T Create<T>(JsonElement json)
    {
        Type type = Class<T>(json.GetProperty("class_name").GetString()!);
        ParameterInfo[] parameters = Parameters(type);
        object?[] arguments = [.. parameters.Select(p => p.HasDefaultValue ? p.DefaultValue : null)];
        foreach (JsonProperty setting in json.GetProperty("config").EnumerateObject())
        {
            int at = Array.FindIndex(parameters, p => p.Name == CamelCase(setting.Name));
            Assert.True(at >= 0, $"{type.Name} has no parameter for '{setting.Name}'.");
            arguments[at] = Argument(parameters[at].ParameterType, setting.Value);
        }

        return (T)type.GetConstructors().Single().Invoke(arguments);
    }

    /// <summary>The parameters of a class's constructor.</summary>
    public static ParameterInfo[] Parameters(Type type) => type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();

    /// <summary><c>beta_2_decay</c> becomes <c>beta2Decay</c>.</summary>
    public static string CamelCase(string name) =>
        string.Concat(name.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    private static Type Class<T>(string name) => typeof(T).Assembly.GetType($"{typeof(T).Namespace}.{name}")
        ?? throw new InvalidDataException($"There is no class {name} beside {typeof(T).Name}.");

    private static object? Argument(Type type, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null) return null;
        if (type == typeof(Ints)) return json.ValueKind == JsonValueKind.Number ? (Ints)json.GetInt32() : json.Deserialize<int[]>()!;
        if (type == typeof(LearningRate))
            return json.ValueKind == JsonValueKind.Number ? new LearningRate(json.GetDouble()) : new LearningRate(Create<LearningRateSchedule>(json));
        return json.Deserialize(type);
    }
}

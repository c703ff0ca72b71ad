using System.Reflection;
using System.Text.Json;

namespace NKeras.Tests.Recorded;

/// <summary>Builds an object from a recorded configuration: Keras's names of settings are those of constructor parameters in snake case.</summary>
internal static class RecordedObject
{
    /// <summary>The object; settings that are missing take their defaults.</summary>
    /// <param name="type">The class.</param>
    /// <param name="config">The settings.</param>
    /// <param name="dtype">A type that the configuration does not tell.</param>
    public static object Create(Type type, JsonElement config, DType? dtype = null)
    {
        ParameterInfo[] parameters = Constructor(type).GetParameters();
        return Constructor(type).Invoke([.. parameters.Select(p => p.Name == "dtype" && dtype != null ? dtype
            : config.TryGetProperty(Snake(p.Name!), out JsonElement value) ? Value(p.ParameterType, value)
            : p.DefaultValue)]);
    }

    /// <summary>The public constructor.</summary>
    public static ConstructorInfo Constructor(Type type) => Assert.Single(type.GetConstructors());

    /// <summary><c>fromLogits</c> becomes <c>from_logits</c>.</summary>
    public static string Snake(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary><c>mean_squared_error</c> becomes <c>MeanSquaredError</c>.</summary>
    public static string Pascal(string name) => string.Concat(name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    /// <summary>A recorded value as an argument of a type.</summary>
    public static object? Value(Type type, JsonElement json)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (json.ValueKind == JsonValueKind.Null) return null;
        if (type == typeof(Tensor)) return RecordedData.Tensor(json);
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("config", out JsonElement tensor)) json = tensor.GetProperty("value");
        if (type == typeof(DType)) return DType.Parse(json.GetString()!);
        if (type == typeof(Floats)) return json.ValueKind == JsonValueKind.Number ? (Floats)json.GetDouble() : (Floats)json.Deserialize<double[]>()!;
        if (type == typeof(Ints)) return json.ValueKind == JsonValueKind.Number ? (Ints)json.GetInt32() : (Ints)json.Deserialize<int[]>()!;
        return json.Deserialize(type);
    }
}

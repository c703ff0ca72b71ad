using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Saving;

/// <summary>Finds the values of a function's parameters in what a configuration says of a step.</summary>
/// <param name="step">The step's name.</param>
/// <param name="entry">The function.</param>
/// <param name="config">The step's settings.</param>
/// <param name="arguments">What it is called with.</param>
internal sealed class OpBinding(string step, OpEntry entry, JsonObject config, CallArguments arguments)
{
    /// <summary>Settings of Keras's classes that change nothing as long as they are off.</summary>
    private static readonly HashSet<string> s_offSwitches = ["sparse", "ragged", "synchronized"];

    /// <summary>A value for each parameter.</summary>
    /// <exception cref="ArgumentException">A value is missing, of the wrong kind, or for no parameter.</exception>
    public object?[] Values()
    {
        ParameterInfo[] parameters = entry.Function.GetParameters();
        Queue<object?> positional = new(arguments.Positional);
        object?[] values = [.. parameters.Select(p => entry.IsSetting(p) ? Setting(p) : Argument(p, positional))];
        if (positional.Count > 0) throw Error($"is called with {arguments.Positional.Count} arguments; {positional.Count} are too many");
        CheckKnown(arguments.Named.Select(n => n.Key), [.. Keys(setting: false)], "argument");
        CheckKnown(config.Where(c => c.Value is not null && !IsOff(c)).Select(c => c.Key), ["name", .. Keys(setting: true)], "setting");
        return values;
    }

    private static bool IsOff(KeyValuePair<string, JsonNode?> setting) =>
        s_offSwitches.Contains(setting.Key) && setting.Value is JsonValue value && value.TryGetValue(out bool on) && !on;

    private IEnumerable<string> Keys(bool setting) => entry.Function.GetParameters().Where(p => entry.IsSetting(p) == setting).Select(KeyOf);

    private object? Setting(ParameterInfo parameter)
    {
        string key = KeyOf(parameter);
        return config.TryGetPropertyValue(key, out JsonNode? setting) ? Read(parameter, setting) : Default(parameter);
    }

    private object? Argument(ParameterInfo parameter, Queue<object?> positional)
    {
        string key = KeyOf(parameter);
        bool named = arguments.Named.Any(n => n.Key == key);
        if (parameter.IsDefined(typeof(ParamCollectionAttribute)) && positional.All(p => p is Tensor))
        {
            Tensor[] rest = [.. positional.Cast<Tensor>()];
            positional.Clear();
            return rest;
        }

        if (!named && positional.Count == 0) return Default(parameter);
        object? given = named ? arguments[key] : positional.Dequeue();
        return given switch
        {
            Tensors tensors when parameter.ParameterType == typeof(IReadOnlyList<Tensor>) && tensors.Names == null => tensors,
            Tensors { Count: 2, Names: null } pair when parameter.ParameterType == typeof((Tensor, Tensor)) => (pair[0], pair[1]),
            Tensor tensor when parameter.ParameterType == typeof(Tensor) => tensor,
            Tensors starts when parameter.ParameterType == typeof(StartIndices) && starts.Names == null => StartIndices.Create([.. starts]),
            Tensor starts when parameter.ParameterType == typeof(StartIndices) => (StartIndices)starts,
            TensorIndex[] indices when parameter.ParameterType == typeof(TensorIndex[]) => indices,
            Tensors indices when parameter.ParameterType == typeof(TensorIndex[]) && indices.Names == null =>
                indices.Select(t => t is null ? TensorIndex.NewAxis : t).ToArray(),
            Tensor index when parameter.ParameterType == typeof(TensorIndex[]) => new TensorIndex[] { index },
            bool flag when parameter.ParameterType == typeof(Tensor) => Tensor.From([flag], Shape.Scalar),
            null or JsonNode => Read(parameter, (JsonNode?)given),
            _ => throw Error($"has {Describe(given)} for '{key}', which is to be {Expected(parameter)}"),
        };
    }

    private object? Read(ParameterInfo parameter, JsonNode? node)
    {
        try
        {
            if (parameter.ParameterType == typeof(TensorIndex[])) return TensorKeyForm.Read(node);
            if (node is not null) return ConfigReader.Read(node, parameter.ParameterType);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ArgumentException($"Step '{step}' ({entry.ClassName}) has a wrong value for '{KeyOf(parameter)}': {e.Message}", e);
        }

        bool canBeNull = Nullable.GetUnderlyingType(parameter.ParameterType) != null
            || (!parameter.ParameterType.IsValueType && new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable);
        return canBeNull ? null : throw Error($"has null for '{KeyOf(parameter)}', which is to be {Expected(parameter)}");
    }

    private object? Default(ParameterInfo parameter) => parameter.HasDefaultValue ? parameter.DefaultValue : throw Error($"is given nothing for '{KeyOf(parameter)}'");

    private void CheckKnown(IEnumerable<string> given, string[] known, string what)
    {
        if (given.FirstOrDefault(k => !known.Contains(k)) is { } unknown) throw Error($"has the {what} '{unknown}', which it does not take. {Suggestion.For(unknown, known)}");
    }

    private static string KeyOf(ParameterInfo parameter) => ConfigNames.KeyOf(parameter.Name!);

    private static string Expected(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(Tensor) ? "a tensor or a number" : parameter.ParameterType == typeof(IReadOnlyList<Tensor>) ? "a list of tensors" : $"a {parameter.ParameterType.Name}";

    private static string Describe(object given) => given switch
    {
        Tensor tensor => $"a tensor of shape {tensor.Shape}",
        Tensors tensors => $"{tensors.Count} tensors",
        _ => $"a {given.GetType().Name}",
    };

    private ArgumentException Error(string what) => new($"Step '{step}' ({entry.ClassName}) {what}{(what.EndsWith('.') || what.EndsWith('?') ? "" : ".")}");
}

using System.Reflection;
using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Saving;

/// <summary>Steps of a model that are functions of <see cref="Ops"/>, in configurations.</summary>
internal static class OpSerializer
{
    /// <summary>A step's form.</summary>
    public static JsonObject Serialize(FunctionOperation operation)
    {
        JsonObject config = new() { ["name"] = operation.Name };
        foreach ((string key, JsonNode? value) in operation.Settings) config[key] = value?.DeepClone();
        return new JsonObject
        {
            ["module"] = OpTable.ModuleOf(operation.ClassName),
            ["class_name"] = operation.ClassName,
            ["config"] = config,
            ["registered_name"] = operation.ClassName,
        };
    }

    /// <summary>Whether a module holds operations rather than layers.</summary>
    public static bool IsOperation(string? module) => module != null && module.StartsWith("keras.", StringComparison.Ordinal) && module.Split('.').Contains("ops");

    /// <summary>Applies the function that a form names.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="className">The operation's class.</param>
    /// <param name="config">Its settings.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <exception cref="ArgumentException">There is no such function, or the arguments do not fit it.</exception>
    public static FunctionOperation Apply(string name, string className, JsonObject config, CallArguments arguments)
    {
        MethodInfo function = OpTable.FunctionOf(className)
            ?? throw new ArgumentException($"Step '{name}' is of the unknown operation '{className}'. {Suggestion.For(className, OpTable.Names)}");
        Queue<object?> positional = new(arguments.Positional);
        object?[] values = [.. function.GetParameters().Select(p => Argument(name, p, config, positional, arguments))];
        if (positional.Count > 0) throw new ArgumentException($"Step '{name}' ({className}) takes {arguments.Positional.Count - positional.Count} arguments by position; received {arguments.Positional.Count}.");
        string[] keys = [.. function.GetParameters().Select(p => ConfigNames.KeyOf(p.Name!))];
        if (arguments.Named.FirstOrDefault(n => !keys.Contains(n.Key)).Key is { } unknown)
            throw new ArgumentException($"Step '{name}' ({className}) takes no argument '{unknown}'. {Suggestion.For(unknown, keys)}");
        object? result;
        try
        {
            result = OpDispatch.WithName(name, () => function.Invoke(null, values));
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner && BadConfig.Causes(inner))
        {
            throw new ArgumentException($"Step '{name}' ({className}): {inner.Message}", inner);
        }

        KerasTensor? first = result as KerasTensor ?? (result is System.Runtime.CompilerServices.ITuple tuple ? tuple[0] as KerasTensor : null);
        return first?.History?.Operation as FunctionOperation ?? throw new ArgumentException($"Step '{name}' ({className}) makes no symbolic tensor.");
    }

    private static object? Argument(string step, ParameterInfo parameter, JsonObject config, Queue<object?> positional, CallArguments arguments)
    {
        string key = ConfigNames.KeyOf(parameter.Name!);
        if (config.TryGetPropertyValue(key, out JsonNode? setting)) return setting is null && parameter.HasDefaultValue ? parameter.DefaultValue : ConfigReader.Read(setting, parameter.ParameterType);
        if (arguments.Named.Any(n => n.Key == key)) return Convert(step, parameter, arguments[key]);
        if (positional.TryDequeue(out object? given)) return Convert(step, parameter, given);
        return parameter.HasDefaultValue ? parameter.DefaultValue : throw new ArgumentException($"Step '{step}': nothing is given for '{key}'.");
    }

    private static object? Convert(string step, ParameterInfo parameter, object? given) => given switch
    {
        null => parameter.HasDefaultValue ? parameter.DefaultValue : null,
        JsonNode node => ConfigReader.Read(node, parameter.ParameterType),
        Tensors tensors when parameter.ParameterType.IsAssignableFrom(typeof(Tensors)) => tensors,
        Tensor tensor when parameter.ParameterType.IsAssignableFrom(typeof(Tensor)) => tensor,
        _ => throw new ArgumentException($"Step '{step}': a {given.GetType().Name} cannot be given for '{parameter.Name}'."),
    };
}

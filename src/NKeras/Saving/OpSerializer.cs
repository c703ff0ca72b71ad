using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NKeras.Core;

namespace NKeras.Saving;

/// <summary>Steps of a model that are functions of <see cref="Ops"/>, in configurations.</summary>
internal static class OpSerializer
{
    /// <summary>A step's form.</summary>
    /// <exception cref="ArgumentException">One of its settings is a symbolic tensor.</exception>
    public static JsonObject Serialize(FunctionOperation operation)
    {
        JsonObject config = new() { ["name"] = operation.Name };
        foreach ((string key, object? value) in operation.Settings)
        {
            if (value is KerasTensor)
                throw new ArgumentException($"Step '{operation.Name}' ({operation.ClassName}) cannot be written to a configuration: its '{key}' is a symbolic tensor, and Keras's files hold numbers there.");
            config[key] = ConfigValue.Of(value);
        }

        return new JsonObject
        {
            ["module"] = OpTable.ModuleOf(operation.ClassName),
            ["class_name"] = operation.ClassName,
            ["config"] = config,
            ["registered_name"] = operation.ClassName,
        };
    }

    /// <summary>Whether a module holds operations rather than layers.</summary>
    public static bool IsOperation(string? module) => module != null && OpTable.IsModule(module);

    /// <summary>Applies the function that a form names.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="className">The operation's class.</param>
    /// <param name="config">Its settings.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <exception cref="ArgumentException">There is no such function, or the arguments do not fit it.</exception>
    public static FunctionOperation Apply(string name, string className, JsonObject config, CallArguments arguments)
    {
        OpEntry entry = OpTable.Find(className)
            ?? throw new ArgumentException($"Step '{name}' is of the unknown operation '{className}'. {Suggestion.For(className, OpTable.Names)}");
        object?[] values = new OpBinding(name, entry, config, arguments).Values();
        try
        {
            object? result = OpDispatch.WithName(name, () => entry.Function.Invoke(null, values));
            Tensor? first = result is ITuple tuple ? tuple[0] as Tensor : result is IReadOnlyList<Tensor> list ? list[0] : result as Tensor;
            return (first as KerasTensor)?.History?.Operation as FunctionOperation
                ?? throw new ArgumentException($"Step '{name}' ({className}) is called with data only; a step of a model takes a symbolic tensor.");
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner && BadConfig.Causes(inner))
        {
            throw new ArgumentException($"Step '{name}' ({className}): {inner.Message}", inner);
        }
    }
}

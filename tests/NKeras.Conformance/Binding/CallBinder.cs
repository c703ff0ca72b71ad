using System.Reflection;
using System.Runtime.ExceptionServices;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Binding;

/// <summary>Calls functions of NKeras with recorded arguments.</summary>
internal static class CallBinder
{
    /// <summary>Calls the first overload that takes the arguments.</summary>
    /// <param name="overloads">The overloads.</param>
    /// <param name="args">The arguments by position.</param>
    /// <param name="kwargs">The arguments by Keras's name.</param>
    /// <exception cref="CannotBindException">None does.</exception>
    public static object? Call(IReadOnlyList<Callable> overloads, IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs)
    {
        List<string> reasons = [];
        ArgumentException? refused = null;
        foreach (Callable overload in overloads)
        {
            object?[] arguments;
            try
            {
                arguments = Bind(overload.Parameters, args, kwargs);
            }
            catch (CannotBindException e)
            {
                reasons.Add(e.Message);
                continue;
            }
            catch (ArgumentException e)
            {
                // A conversion that the user would write as well has refused the value.
                refused = e;
                continue;
            }

            try
            {
                return overload.Invoke(arguments);
            }
            catch (TargetInvocationException e) when (e.InnerException != null)
            {
                ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            }
        }

        if (refused != null) ExceptionDispatchInfo.Capture(refused).Throw();
        throw new CannotBindException(string.Join("; or ", reasons.Distinct()));
    }

    private static object?[] Bind(ParameterInfo[] parameters, IReadOnlyList<object?> args, IReadOnlyDictionary<string, object?> kwargs)
    {
        object?[] bound = [.. parameters.Select(p => p.HasDefaultValue ? Default(p) : Type.Missing)];
        // Python's *args, where C# has a list because other parameters follow.
        if (args.Count > 1 && args.All(a => a is Tensor) && parameters.Length > 1 && parameters[0].ParameterType == typeof(IReadOnlyList<Tensor>) && parameters[1].ParameterType != typeof(Tensor))
            args = [new RecordedList(args, IsTuple: true)];
        for (int i = 0; i < args.Count; i++)
        {
            if (parameters.Length > 0 && Takes(parameters[^1]) && i >= parameters.Length - 1)
            {
                // A tuple as Python's only argument is what C# takes as several.
                bound[^1] = Convert(i == args.Count - 1 && args[i] is RecordedList { IsTuple: true } only ? only : new RecordedList([.. args.Skip(i)], IsTuple: false), parameters[^1]);
                break;
            }

            // Where C# has overloads, leaving an argument out is what None says in Python.
            if (i >= parameters.Length && args[i] == null) continue;
            if (i >= parameters.Length) throw new CannotBindException($"takes {parameters.Length} arguments, not {args.Count}");
            bound[i] = Convert(args[i], parameters[i]);
        }

        foreach ((string name, object? value) in kwargs)
        {
            int at = Array.FindIndex(parameters, p => string.Equals(p.Name, Names.Camel(name), StringComparison.Ordinal));
            if (at < 0 && parameters[^1].ParameterType == typeof(IReadOnlyList<(string, int)>) && value is long number)
            {
                // Arguments of any name.
                bound[^1] = ((bound[^1] as IReadOnlyList<(string, int)>) ?? []).Append((name, (int)number)).ToArray();
                continue;
            }

            if (at < 0) throw new CannotBindException($"has no parameter '{Names.Camel(name)}'");
            bound[at] = Convert(value, parameters[at]);
        }

        for (int i = 0; i < bound.Length; i++)
        {
            if (!ReferenceEquals(bound[i], Type.Missing)) continue;
            if (!Takes(parameters[i])) throw new CannotBindException($"needs parameter '{parameters[i].Name}'");
            bound[i] = Convert(new RecordedList([], IsTuple: false), parameters[i]);
        }

        return bound;
    }

    private static bool Takes(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(System.Runtime.CompilerServices.ParamCollectionAttribute));

    private static object? Default(ParameterInfo parameter) =>
        parameter.DefaultValue ?? (parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) == null ? Activator.CreateInstance(parameter.ParameterType) : null);

    private static object? Convert(object? value, ParameterInfo parameter)
    {
        bool nullable = !parameter.ParameterType.IsValueType
            ? new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.NotNull
            : Nullable.GetUnderlyingType(parameter.ParameterType) != null;
        if (value == null && nullable) return null;
        return ValueConverter.TryConvert(value, parameter.ParameterType, out object? result)
            ? result
            : throw new CannotBindException($"parameter '{parameter.Name}' of type {TypeNames.Of(parameter.ParameterType)} does not take {Describe(value)}");
    }

    private static string Describe(object? value) => value switch
    {
        null => "null",
        Tensor tensor => $"a tensor {tensor.DType}{tensor.Shape}",
        double number => $"the fraction {number}",
        string text => $"'{text}'",
        _ => value.ToString() ?? "",
    };
}

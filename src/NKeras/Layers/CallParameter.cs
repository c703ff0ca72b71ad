using NKeras.Core;

namespace NKeras.Layers;

/// <summary>An argument that a layer's call takes, by Keras's name for it.</summary>
/// <param name="Name">The name, as it stands in files: <c>initial_state</c>.</param>
/// <param name="IsFlag">Whether it is a boolean or null; otherwise it is a tensor, a structure of tensors, or null.</param>
internal sealed record CallParameter(string Name, bool IsFlag = false)
{
    /// <summary>Whether a value can be passed for it.</summary>
    public bool Takes(object? value) => value == null || (IsFlag ? value is bool : value is Tensor or Tensors);

    /// <summary>What can be passed for it, for messages.</summary>
    public string Kind => IsFlag ? "true or false" : "a tensor or several";

    /// <summary>A parameter that takes tensors.</summary>
    public static implicit operator CallParameter(string name) => new(name);

    /// <summary>A call in which every argument but the first has its name, whichever way it was given.</summary>
    /// <param name="layer">The layer that is called, for messages.</param>
    /// <param name="parameters">What it takes, in order.</param>
    /// <param name="arguments">What it is given.</param>
    /// <exception cref="ArgumentException">An argument is unknown, given twice, of another kind, or the first one is missing.</exception>
    public static CallArguments Bind(Layer layer, IReadOnlyList<CallParameter> parameters, CallArguments arguments)
    {
        if (arguments.Named.Count == 0 && arguments.Positional.Count == 1 && parameters[0].Takes(arguments.Positional[0])) return arguments;
        if (arguments.Positional.Count > parameters.Count)
            throw new ArgumentException($"Layer '{layer.Name}' takes {parameters.Count} arguments in a call ({Names(parameters)}); received {arguments.Positional.Count} by position.");
        object?[] values = new object?[parameters.Count];
        bool[] given = new bool[parameters.Count];
        for (int i = 0; i < arguments.Positional.Count; i++) (values[i], given[i]) = (arguments.Positional[i], true);
        foreach ((string name, object? value) in arguments.Named)
        {
            int at = Find(parameters, name);
            if (at < 0) throw new ArgumentException($"Layer '{layer.Name}' takes no argument '{name}' in a call. {Suggestion.For(name, parameters.Select(p => p.Name))}");
            if (given[at]) throw new ArgumentException($"Layer '{layer.Name}' was given its argument '{name}' twice, by position and by name.");
            (values[at], given[at]) = (value, true);
        }

        for (int i = 0; i < values.Length; i++)
        {
            if (!parameters[i].Takes(values[i]))
                throw new ArgumentException($"Layer '{layer.Name}': '{parameters[i].Name}' of a call is {parameters[i].Kind}; received a {values[i]!.GetType().Name}.");
        }

        return arguments.Positional.Count == 1
            ? arguments
            : new CallArguments([values[0]], [.. parameters.Select((p, i) => KeyValuePair.Create(p.Name, values[i])).Where((_, i) => i > 0 && given[i])]);
    }

    private static int Find(IReadOnlyList<CallParameter> parameters, string name)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Name == name) return i;
        }

        return -1;
    }

    private static string Names(IReadOnlyList<CallParameter> parameters) => string.Join(", ", parameters.Select(p => p.Name));
}

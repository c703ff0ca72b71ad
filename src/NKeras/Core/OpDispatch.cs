namespace NKeras.Core;

/// <summary>The one place where a function of <c>Ops</c> meets the three kinds of tensors.</summary>
internal static class OpDispatch
{
    /// <summary>The name to give to the next step of a model, while one is being read from a configuration.</summary>
    [ThreadStatic]
    private static string? t_nextName;

    /// <summary>Applies a composed function; with a symbolic operand it becomes a step of the model.</summary>
    /// <param name="name">Keras's name of the operation's class, which names the step.</param>
    /// <param name="inputs">The tensors it takes.</param>
    /// <param name="function">What it does with non-symbolic tensors, in the order of <paramref name="inputs"/>.</param>
    /// <param name="settings">The arguments that are no tensors, by Keras's names, in Keras's order.</param>
    public static Tensor Call(
        string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function, params ReadOnlySpan<(string Name, object? Value)> settings) =>
        IsSymbolic(name, inputs)
            ? Connect(name, new CallArguments([.. inputs]), c => Run(name, [.. c.Positional.Cast<Tensor>()], function), settings)[0]
            : Run(name, inputs, function);

    /// <inheritdoc cref="Call"/>
    public static IReadOnlyList<Tensor> CallMany(
        string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> function, params ReadOnlySpan<(string Name, object? Value)> settings) =>
        IsSymbolic(name, inputs)
            ? Connect(name, new CallArguments([.. inputs]), c => Tensors.Create([.. RunMany(name, [.. c.Positional.Cast<Tensor>()], function)]), settings)
            : RunMany(name, inputs, function);

    /// <summary>The same for a function whose tensors are one argument, a list.</summary>
    public static IReadOnlyList<Tensor> CallManyOnList(
        string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> function, params ReadOnlySpan<(string Name, object? Value)> settings) =>
        IsSymbolic(name, inputs)
            ? Connect(name, new CallArguments([Tensors.Create([.. inputs])]), c => Tensors.Create([.. RunMany(name, c.Inputs, function)]), settings)
            : RunMany(name, inputs, function);

    /// <summary>The same for a function with arguments that may be left out, or that are no tensors and no settings.</summary>
    public static Tensor CallWith(string name, CallArguments arguments, Func<CallArguments, Tensor> function, params ReadOnlySpan<(string Name, object? Value)> settings)
    {
        return arguments.IsSymbolic ? Connect(name, arguments, c => Dense(c), settings)[0] : Dense(arguments);

        Tensor Dense(CallArguments given)
        {
            CompositeRules.Refuse(name, [.. given.Tensors]);
            using WideScope scope = WideScope.Function();
            try
            {
                return function(given);
            }
            catch (ArgumentException e) when (OpErrors.IsNameless(e, name))
            {
                throw OpErrors.Named(e, name);
            }
        }
    }

    /// <summary>The same for a function whose tensors are one argument, a list.</summary>
    public static Tensor CallOnList(
        string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function, params ReadOnlySpan<(string Name, object? Value)> settings) =>
        IsSymbolic(name, inputs)
            ? Connect(name, new CallArguments([Tensors.Create([.. inputs])]), c => Run(name, c.Inputs, function), settings)[0]
            : Run(name, inputs, function);

    /// <summary>The same for a function of the user's: it chooses types as the user's code does anywhere, and gives a structure.</summary>
    public static Tensors CallStructured(
        string name, CallArguments arguments, Func<CallArguments, Tensors> function, params ReadOnlySpan<(string Name, object? Value)> settings)
    {
        if (!arguments.IsSymbolic) return function(arguments);
        KerasTensors results = Connect(name, arguments, function, settings);
        return results.Pack([.. results.Flat]);
    }

    /// <summary>Runs something whose first step of a model gets a given name.</summary>
    public static T WithName<T>(string name, Func<T> action)
    {
        t_nextName = name;
        try
        {
            return action();
        }
        finally
        {
            t_nextName = null;
        }
    }

    private static Tensor Run(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function)
    {
        using WideScope scope = WideScope.Function();
        try
        {
            return CompositeRules.Apply(name, inputs, function);
        }
        catch (ArgumentException e) when (OpErrors.IsNameless(e, name))
        {
            throw OpErrors.Named(e, name);
        }
    }

    private static IReadOnlyList<Tensor> RunMany(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> function)
    {
        CompositeRules.Refuse(name, inputs);
        using WideScope scope = WideScope.Function();
        try
        {
            return function(inputs);
        }
        catch (ArgumentException e) when (OpErrors.IsNameless(e, name))
        {
            throw OpErrors.Named(e, name);
        }
    }

    private static bool IsSymbolic(string name, IReadOnlyList<Tensor> inputs)
    {
        bool symbolic = false;
        for (int i = 0; i < inputs.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i], $"argument {i + 1} of {name}");
            symbolic |= inputs[i] is KerasTensor;
        }

        return symbolic;
    }

    private static KerasTensors Connect(string name, CallArguments arguments, Func<CallArguments, Tensors> function, ReadOnlySpan<(string Name, object? Value)> settings)
    {
        (string? given, t_nextName) = (t_nextName, null);
        // Where 64 bits are wanted now, they are whenever the step runs.
        Func<CallArguments, Tensors> step = !WideScope.IsWanted ? function : c =>
        {
            using WideScope scope = WideScope.Wanted();
            return function(c);
        };
        return new FunctionOperation(name, step, settings.ToArray(), given).Apply(arguments);
    }
}

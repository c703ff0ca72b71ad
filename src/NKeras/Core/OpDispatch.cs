namespace NKeras.Core;

/// <summary>The one place where a function of <c>Ops</c> meets the three kinds of tensors.</summary>
internal static class OpDispatch
{
    /// <summary>Applies a composed function; with a symbolic operand it becomes a step of the model.</summary>
    /// <param name="name">The name of the function in PascalCase, which names the step.</param>
    /// <param name="inputs">The tensors it takes.</param>
    /// <param name="function">What it does with non-symbolic tensors, in the order of <paramref name="inputs"/>.</param>
    public static Tensor Call(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, Tensor> function) =>
        CallMany(name, inputs, t => [function(t)])[0];

    /// <inheritdoc cref="Call"/>
    public static IReadOnlyList<Tensor> CallMany(string name, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> function)
    {
        for (int i = 0; i < inputs.Count; i++) ArgumentNullException.ThrowIfNull(inputs[i], $"argument {i + 1} of {name}");
        KerasTensor[] symbolic = [.. inputs.OfType<KerasTensor>()];
        if (symbolic.Length == 0) return function(inputs);
        if (symbolic.Length == inputs.Count) return new FunctionOperation(name, function).Apply(symbolic);

        // Data beside symbolic operands is a constant of the step.
        Tensor?[] constants = [.. inputs.Select(t => t is KerasTensor ? null : t)];
        return new FunctionOperation(name, given =>
        {
            int next = 0;
            return function([.. constants.Select(c => c ?? given[next++])]);
        }).Apply(symbolic);
    }
}

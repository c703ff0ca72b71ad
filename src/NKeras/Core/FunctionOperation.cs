namespace NKeras.Core;

/// <summary>A function of <c>Ops</c> applied to symbolic tensors, as a step of the model.</summary>
/// <param name="className">Keras's name of the operation's class, such as <c>Sum</c>.</param>
/// <param name="function">What it does with non-symbolic arguments.</param>
/// <param name="settings">The arguments that are no tensors, by Keras's names, in Keras's order.</param>
/// <param name="name">The step's name; from the class name if omitted.</param>
internal sealed class FunctionOperation(string className, Func<CallArguments, Tensors> function, IReadOnlyList<(string Name, object? Value)> settings, string? name = null)
    : Operation(name, className)
{
    internal override string ClassName { get; } = className;

    /// <summary>The arguments that are no tensors, by Keras's names.</summary>
    public IReadOnlyList<(string Name, object? Value)> Settings => settings;

    internal override Tensors Compute(CallArguments arguments) => function(arguments);

    /// <summary>The same function as a step of another model.</summary>
    public FunctionOperation Copy() => new(ClassName, function, settings, Name);

    /// <summary>Records the call.</summary>
    public KerasTensors Apply(CallArguments arguments)
    {
        KerasTensors results = SymbolicCall.Infer(arguments, function);
        Connect(arguments, results);
        return results;
    }
}

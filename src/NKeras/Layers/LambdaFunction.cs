namespace NKeras.Layers;

/// <summary>
/// What <see cref="Lambda"/> takes as its function: one of a tensor, of several, or of all that a call is about. Converts from delegates;
/// lambdas are passed to the layer directly.
/// </summary>
public sealed class LambdaFunction
{
    /// <summary>The types of functions, the plainest first.</summary>
    internal static readonly Type[] Types = [typeof(TensorFunction), typeof(Func<Tensors, Tensors>), typeof(Func<LambdaCall, Tensors>)];

    private LambdaFunction(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        Function = function;
    }

    /// <summary>The function itself.</summary>
    internal Delegate Function { get; }

    /// <summary>A function of one tensor.</summary>
    public static implicit operator LambdaFunction(TensorFunction function) => new(function);

    /// <summary>A function of several tensors, or with several results.</summary>
    public static implicit operator LambdaFunction(Func<Tensors, Tensors> function) => new(function);

    /// <summary>A function of all that a call is about.</summary>
    public static implicit operator LambdaFunction(Func<LambdaCall, Tensors> function) => new(function);

    /// <summary>Wraps a function of one of the types.</summary>
    internal static LambdaFunction Of(Delegate function) => new(function);

    /// <summary>Whether it can make use of arguments.</summary>
    internal bool TakesArguments => Function is Func<LambdaCall, Tensors>;

    /// <summary>Calls the function.</summary>
    /// <param name="layer">The layer that is called, for the message.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="ArgumentException">It is one of a single tensor, and there are several.</exception>
    internal Tensors Apply(Lambda layer, LambdaCall call) => Function switch
    {
        Func<Tensors, Tensors> many => many(call.Inputs),
        Func<LambdaCall, Tensors> all => all(call),
        TensorFunction one when call.Inputs.Count == 1 => one(call.Inputs[0]),
        _ => throw new ArgumentException($"Layer '{layer.Name}' has a function of one tensor; received {call.Inputs.Count}: {call.Inputs}. For several write (Tensors inputs) => …"),
    };
}

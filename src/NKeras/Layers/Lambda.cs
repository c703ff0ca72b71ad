using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace NKeras.Layers;

/// <summary>A function as a layer, for a step of a model that is not worth a class (<c>keras.layers.Lambda</c>).</summary>
/// <remarks>
/// Shapes and types are found by tracing the function, which is written with <see cref="Ops"/> and operators. Weights that it uses are not the
/// layer's. A file can name the function only if it is registered (<see cref="Utils.RegisterKerasSerializable(TensorFunction, string, string?)"/>)
/// before the model is written and before it is read; Python code in a file is never run: it can be replaced by a C# function that is
/// registered under the layer's name.
/// </remarks>
/// <example><code>
/// KerasTensor squares = new Lambda(x => x * x).Apply(numbers);
/// KerasTensor product = new Lambda((Tensors x) => x[0] * x[1]).Apply(a, b);
/// KerasTensor scaled = new Lambda((LambdaCall call) => call.Inputs[0] * (double)call.Arguments["by"]!, arguments: new Dictionary&lt;string, object?&gt; { ["by"] = 2.0 }).Apply(a);
/// </code></example>
public sealed class Lambda : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="function">The function: of one tensor, of several (<c>(Tensors inputs) => …</c>), or of a call (<c>(LambdaCall call) => …</c>), which has mask, training and arguments.</param>
    /// <param name="outputShape">The shape of one sample of the result, to be checked; found out in any case.</param>
    /// <param name="mask">Makes the mask of the result from the inputs and their masks; without it the result has none.</param>
    /// <param name="arguments">Values for the function, by name; kept in the configuration.</param>
    /// <param name="name">The name; <c>lambda</c>, <c>lambda_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">There are arguments, but the function takes none.</exception>
    // Keras: looks at the names of the function's parameters; here its type says what it takes. A mask that is a tensor is written (_, _) => mask.
    public Lambda(
        LambdaFunction function,
        Shape? outputShape = null,
        Func<Tensors, Tensors?, Tensors?>? mask = null,
        IReadOnlyDictionary<string, object?>? arguments = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (arguments is { Count: > 0 } && !function.TakesArguments)
            throw new ArgumentException($"Layer '{Name}' is given arguments ({string.Join(", ", arguments.Keys)}), which its function does not take. Write (LambdaCall call) => …, and read call.Arguments.", nameof(arguments));
        (Function, OutputShape, Mask, Arguments) = (function, outputShape, mask, new Dictionary<string, object?>(arguments ?? new Dictionary<string, object?>()));
        SupportsMasking = mask != null;
    }

    /// <inheritdoc cref="Lambda(LambdaFunction, Shape?, Func{Tensors, Tensors?, Tensors?}?, IReadOnlyDictionary{string, object?}?, string?, bool, DTypePolicy?)"/>
    public Lambda(
        TensorFunction function,
        Shape? outputShape = null,
        Func<Tensors, Tensors?, Tensors?>? mask = null,
        IReadOnlyDictionary<string, object?>? arguments = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this((LambdaFunction)function, outputShape, mask, arguments, name, trainable, dtype)
    {
    }

    /// <inheritdoc cref="Lambda(LambdaFunction, Shape?, Func{Tensors, Tensors?, Tensors?}?, IReadOnlyDictionary{string, object?}?, string?, bool, DTypePolicy?)"/>
    [OverloadResolutionPriority(-1)] // x => x * 2 means a tensor.
    public Lambda(
        Func<Tensors, Tensors> function,
        Shape? outputShape = null,
        Func<Tensors, Tensors?, Tensors?>? mask = null,
        IReadOnlyDictionary<string, object?>? arguments = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this((LambdaFunction)function, outputShape, mask, arguments, name, trainable, dtype)
    {
    }

    /// <inheritdoc cref="Lambda(LambdaFunction, Shape?, Func{Tensors, Tensors?, Tensors?}?, IReadOnlyDictionary{string, object?}?, string?, bool, DTypePolicy?)"/>
    [OverloadResolutionPriority(-2)]
    public Lambda(
        Func<LambdaCall, Tensors> function,
        Shape? outputShape = null,
        Func<Tensors, Tensors?, Tensors?>? mask = null,
        IReadOnlyDictionary<string, object?>? arguments = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this((LambdaFunction)function, outputShape, mask, arguments, name, trainable, dtype)
    {
    }

    /// <summary>The function.</summary>
    public LambdaFunction Function { get; }

    /// <summary>The shape of one sample of the result, if it was given.</summary>
    public Shape? OutputShape { get; }

    /// <summary>Makes the mask of the result; null for none.</summary>
    public Func<Tensors, Tensors?, Tensors?>? Mask { get; }

    /// <summary>Values for the function, by name.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; }

    /// <inheritdoc/>
    public override Tensors Call(Tensors inputs, bool training, Tensors? mask)
    {
        Tensors result = Function.Apply(this, new LambdaCall(inputs, training, mask, Arguments));
        if (OutputShape is not null && result is { Count: 1 } && !OutputShape.IsCompatibleWith(result[0].Shape is { Rank: > 0 } shape ? new Shape(shape.Dims[1..]) : Shape.Scalar))
            throw new ArgumentException($"Layer '{Name}': the function's result has shape {result[0].Shape}, but outputShape says {OutputShape} for each sample.");
        return result;
    }

    /// <inheritdoc/>
    public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask = null) => Mask?.Invoke(inputs, previousMask);

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (OutputShape is null) config.Remove("output_shape");
        if (Mask is null) config.Remove("mask");
        return config;
    }
}

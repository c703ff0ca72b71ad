using NKeras.Core;

namespace NKeras.Layers;

public abstract partial class Layer
{
    /// <summary>Computes the layer's result. Written with <c>Ops</c>, it serves data, symbolic shapes and compilation alike.</summary>
    /// <param name="inputs">The input, in the type the layer computes in.</param>
    /// <param name="training">Whether to behave as in training.</param>
    public virtual Tensor Call(Tensor inputs, bool training = false) =>
        throw new InvalidOperationException($"{GetType().Name} does not say what it computes: override Call.");

    /// <summary>Computes the layer's result, taking the input's mask into account. A layer overrides this form or the one without mask.</summary>
    /// <param name="inputs">The input, in the type the layer computes in.</param>
    /// <param name="training">Whether to behave as in training.</param>
    /// <param name="mask">Which steps of the input count; null if all do.</param>
    public virtual Tensor Call(Tensor inputs, bool training, Tensor? mask) => Call(inputs, training);

    /// <summary>Computes the results of a layer that has several inputs or results, or takes them by name.</summary>
    /// <param name="inputs">The inputs; one that is optional may be null.</param>
    /// <param name="training">Whether to behave as in training.</param>
    public virtual Tensors Call(Tensors inputs, bool training) => inputs.Count == 1
        ? Call(inputs[0], training)
        : throw new ArgumentException($"Layer '{Name}' takes one input, not {inputs.Count}. A layer with several inputs overrides Call(Tensors inputs, bool training).");

    /// <summary>The same, taking the inputs' masks into account.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="training">Whether to behave as in training.</param>
    /// <param name="mask">A mask (or null) for each input; null if none has one.</param>
    public virtual Tensors Call(Tensors inputs, bool training, Tensors? mask) => Call(inputs, training);

    /// <summary>The shape of the result for an input shape, found by tracing <c>Call</c> unless overridden.</summary>
    /// <param name="inputShape">The input's shape; null where unknown.</param>
    public virtual Shape ComputeOutputShape(Shape inputShape)
    {
        IReadOnlyList<Shape> results = ComputeOutputShapes([inputShape]);
        return results.Count == 1
            ? results[0]
            : throw new InvalidOperationException($"Layer '{Name}' has {results.Count} results: ComputeOutputShapes gives the shapes of all.");
    }

    /// <summary>The shapes of all results for the shapes of all inputs, found by tracing <c>Call</c>.</summary>
    /// <param name="inputShapes">The inputs' shapes; null where unknown.</param>
    public IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        CallArguments arguments = Stubs(inputShapes);
        EnsureBuilt(arguments);
        return InferShapes(arguments);
    }

    /// <summary>Shapes and types of the results for symbolic inputs, which no graph is made of.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <returns>New symbolic tensors.</returns>
    public KerasTensors ComputeOutputSpec(params IReadOnlyList<KerasTensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CallArguments arguments = new([List(inputs)]);
        EnsureBuilt(arguments);
        return SymbolicCall.Infer(arguments, CallInScope);
    }

    /// <summary>The shapes of the results of a call.</summary>
    private protected virtual IReadOnlyList<Shape> InferShapes(CallArguments arguments) => [.. SymbolicCall.InferSpecs(arguments, CallInScope).Select(s => s.Shape)];

    /// <summary>The mask of the result; by default the input's, if the layer supports masking.</summary>
    /// <param name="inputs">The input.</param>
    /// <param name="previousMask">Its mask; null for none.</param>
    public virtual Tensor? ComputeMask(Tensor inputs, Tensor? previousMask = null) => previousMask;

    /// <summary>The masks of the results of a layer with several inputs or results; null for none.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="previousMask">Their masks; null if none has one.</param>
    public virtual Tensors? ComputeMask(Tensors inputs, Tensors? previousMask = null) => inputs.Count == 1
        ? ComputeMask(inputs[0], previousMask?[0]) is { } mask ? (Tensors)mask : null
        : previousMask;

    /// <summary>Calls the overload that the layer has, with what the call gives for it.</summary>
    /// <param name="arguments">The call, with inputs and mask filled in.</param>
    /// <param name="training">Whether to behave as in training.</param>
    internal virtual Tensors CallWith(CallArguments arguments, bool training)
    {
        Tensors inputs = arguments.Inputs;
        Tensors? mask = Given(arguments["mask"]);
        CallSignature signature = Signature;
        if (signature.TakesStructure) return signature.TakesMask ? Call(inputs, training, mask) : Call(inputs, training);
        if (inputs.Count != 1) return Call(inputs, training);
        return signature.TakesMask ? Call(inputs[0], training, mask?[0]) : Call(inputs[0], training);
    }

    /// <summary>Symbolic tensors that belong to no graph, to find out shapes with.</summary>
    private protected CallArguments Stubs(IReadOnlyList<Shape> shapes)
    {
        KerasTensor[] stubs = [.. shapes.Select(Stub)];
        return new CallArguments([stubs.Length == 1 ? stubs[0] : Tensors.Create(stubs)]);
    }

    private protected KerasTensor Stub(Shape shape) => new(new Engine.TensorSpec(shape, ComputeDType), "");

    private Tensors Stub(Tensors tensors) => tensors.Select(t => Stub(t.Shape));
}

namespace NKeras.Engine.Primitives;

/// <summary>
/// One basic operation with its attributes: the rule for the result's shape and type, the rule for its gradient, and a
/// plain reference kernel. Everything else is composed of these.
/// </summary>
/// <remarks>
/// A record: two primitives with equal attributes are the same operation, which is what common-subexpression elimination
/// and the cache of compiled calls go by. Fast kernels belong to a backend, which falls back on <see cref="Evaluate"/>.
/// </remarks>
internal abstract record Primitive
{
    /// <summary>The name in messages and dumps.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Shapes and types of the results. Dimensions may be unknown.</summary>
    /// <exception cref="ArgumentException">The inputs do not fit the operation.</exception>
    public abstract TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs);

    /// <summary>The cotangents of the inputs from those of the outputs, written in other primitives; null where none flows.</summary>
    public virtual Tensor?[] Gradient(GradientContext context) =>
        throw new InvalidOperationException($"The operation {Name} has no gradient.");

    /// <summary>Computes the results plainly, for every element type.</summary>
    public abstract void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs);

    /// <summary>Applies the operation and returns its only result.</summary>
    public Tensor Apply(params ReadOnlySpan<Tensor> inputs) => Dispatcher.Bind(this, inputs)[0];

    /// <summary>Applies the operation and returns all its results.</summary>
    public Tensor[] ApplyAll(params ReadOnlySpan<Tensor> inputs) => Dispatcher.Bind(this, inputs);
}

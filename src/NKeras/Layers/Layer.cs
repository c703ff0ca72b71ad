using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Initializers;

namespace NKeras.Layers;

/// <summary>
/// A step of a model with weights (<c>keras.layers.Layer</c>). A subclass creates its weights in <see cref="Build"/> and
/// computes in <see cref="Call(Tensor, bool)"/>; callers use <c>Apply</c>. Layers that it keeps in fields or collections are
/// part of it: their weights are its weights.
/// </summary>
[DynamicallyAccessedMembers(InnerLayers.Needed)]
public abstract partial class Layer : Operation
{
    private readonly List<Variable> _ownVariables = [];
    private readonly List<SeedGenerator> _seedGenerators = [];
    private bool _trainable;

    /// <summary>Sets what all layers have.</summary>
    /// <param name="name">The name; the class name in snake case, numbered, if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    protected Layer(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name)
    {
        _trainable = trainable;
        DTypePolicy = dtype ?? Config.DTypePolicy();
    }

    /// <summary>Which types the layer computes in and keeps its weights in.</summary>
    public DTypePolicy DTypePolicy { get; }

    /// <summary>The type the layer computes in.</summary>
    public DType ComputeDType => DTypePolicy.ComputeDType;

    /// <summary>The type of the weights.</summary>
    public DType VariableDType => DTypePolicy.VariableDType;

    /// <summary>Whether the weights exist.</summary>
    public bool Built { get; protected internal set; }

    /// <summary>The inputs that the layer was built for; null if it was not, or if there was nothing to build.</summary>
    internal IReadOnlyList<TensorSpec>? BuiltFor { get; private set; }

    /// <summary>What the layer demands of its input; null for anything.</summary>
    public InputSpec? InputSpec { get; protected set; }

    /// <summary>Whether optimizers change the weights, those of layers inside included.</summary>
    public virtual bool Trainable
    {
        get => _trainable;
        set
        {
            _trainable = value;
            foreach (Layer layer in SubLayers) layer.Trainable = value;
        }
    }

    /// <summary>The layers inside.</summary>
    internal virtual IReadOnlyList<Layer> SubLayers => InnerLayers.Of(this);

    /// <summary>Applies the layer to a symbolic tensor, which adds it to a functional graph.</summary>
    /// <param name="inputs">What the layer is applied to.</param>
    /// <param name="training">Whether to behave as in training, at this place whatever the model does; null to follow the model.</param>
    /// <exception cref="ArgumentException">The input does not fit; the message names the layer.</exception>
    public KerasTensor Apply(KerasTensor inputs, bool? training = null) => Single(ApplySymbolic([inputs], training));

    /// <summary>Applies the layer to data. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, bool?)"/>
    public Tensor Apply(Tensor inputs, bool? training = null) => Single(ApplyAny([inputs], training));

    /// <inheritdoc cref="Apply(KerasTensor, bool?)"/>
    public KerasTensor Apply(params IReadOnlyList<KerasTensor> inputs) => Single(ApplySymbolic(inputs, null));

    /// <inheritdoc cref="Apply(Tensor, bool?)"/>
    public Tensor Apply(params IReadOnlyList<Tensor> inputs) => Single(ApplyAny(inputs, null));

    /// <summary>Applies a layer or model that has several results to symbolic tensors.</summary>
    public IReadOnlyList<KerasTensor> ApplyAll(params IReadOnlyList<KerasTensor> inputs) => ApplySymbolic(inputs, null);

    /// <summary>Applies a layer or model that has several results to data. No graph is recorded.</summary>
    public IReadOnlyList<Tensor> ApplyAll(params IReadOnlyList<Tensor> inputs) => ApplyAny(inputs, null);

    /// <summary>Computes the layer's result. Written with <c>Ops</c>, it serves data, symbolic shapes and compilation alike.</summary>
    /// <param name="inputs">The input.</param>
    /// <param name="training">Whether to behave as in training.</param>
    public virtual Tensor Call(Tensor inputs, bool training = false) =>
        throw new InvalidOperationException($"{GetType().Name} does not say what it computes: override Call.");

    /// <summary>Computes the results for any number of inputs; one input goes to <see cref="Call(Tensor, bool)"/>.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="training">Whether to behave as in training.</param>
    public virtual IReadOnlyList<Tensor> Call(IReadOnlyList<Tensor> inputs, bool training) => inputs.Count == 1
        ? [Call(inputs[0], training)]
        : throw new ArgumentException($"Layer '{Name}' takes one input, not {inputs.Count}.");

    /// <summary>Creates the weights. Called once, before the first <see cref="Call(Tensor, bool)"/>.</summary>
    /// <param name="inputShape">The input's shape, the batch's dimension included.</param>
    public virtual void Build(Shape inputShape) => Built = true;

    /// <summary>The shape of the result for an input shape, found by tracing <see cref="Call(Tensor, bool)"/>.</summary>
    /// <param name="inputShape">The input's shape; null where unknown.</param>
    public virtual Shape ComputeOutputShape(Shape inputShape)
    {
        TensorSpec spec = new(inputShape, ComputeDType);
        EnsureBuilt([spec]);
        return Infer([spec], false)[0].Shape;
    }

    /// <summary>Creates the weights for several inputs; by default for one.</summary>
    internal virtual void BuildMany(IReadOnlyList<TensorSpec> inputs) => Build(inputs[0].Shape);

    /// <summary>Creates a weight.</summary>
    /// <param name="name">Its name within the layer, such as <c>kernel</c>.</param>
    /// <param name="shape">The dimensions; all must be known.</param>
    /// <param name="initializer">Makes the first value; <c>"glorot_uniform"</c> for floating-point weights if omitted.</param>
    /// <param name="trainable">Whether optimizers change it.</param>
    /// <param name="dtype">The element type; the layer's variable type if omitted.</param>
    /// <param name="autocast">Whether <see cref="Call(Tensor, bool)"/> reads it in the type the layer computes in, rather than its own.</param>
    /// <param name="madeIn">Filled in by the compiler.</param>
    protected Variable AddWeight(
        string name, Shape shape, Initializer? initializer = null, bool trainable = true, DType? dtype = null, bool autocast = true, [CallerMemberName] string madeIn = "")
    {
        if (!shape.IsKnown)
            throw new ArgumentException($"Weight '{name}' of layer '{Name}' was given shape {shape}: every dimension of a weight must be known.", nameof(shape));
        Variable variable = new(initializer ?? "glorot_uniform", shape, dtype ?? VariableDType, trainable, name)
        {
            Path = $"{Name}/{name}",
            Autocast = autocast,
        };
        _ownVariables.Add(variable);
        // Keras: wraps build to note that it was called. Without this, a Build that a user calls would be repeated by Apply.
        if (madeIn == nameof(Build)) Built = true;
        return variable;
    }

    /// <summary>Makes the state of a random generator part of the layer's.</summary>
    // Keras: its path does not begin with the layer's, because the layer makes it before it has a scope.
    protected SeedGenerator AddSeedGenerator(int? seed)
    {
        SeedGenerator generator = new(seed);
        _seedGenerators.Add(generator);
        return generator;
    }

    internal override IReadOnlyList<Tensor> Compute(IReadOnlyList<Tensor> inputs, bool training)
    {
        EnsureBuilt([.. inputs.Select(t => t.Spec)]);
        return CallInComputeType(inputs, training);
    }

    internal IReadOnlyList<KerasTensor> ApplySymbolic(IReadOnlyList<KerasTensor> inputs, bool? training)
    {
        CheckPresent(inputs);
        TensorSpec[] specs = [.. inputs.Select(t => t.Spec)];
        CheckInputs([.. specs.Select(s => s.Shape)]);
        EnsureBuilt(specs);
        return Connect(inputs, Infer(specs, training ?? false), training);
    }

    internal IReadOnlyList<Tensor> ApplyAny(IReadOnlyList<Tensor> inputs, bool? training)
    {
        CheckPresent(inputs);
        KerasTensor[] symbolic = [.. inputs.OfType<KerasTensor>()];
        if (symbolic.Length == inputs.Count && symbolic.Length > 0) return ApplySymbolic(symbolic, training);
        if (symbolic.Length > 0)
            throw new ArgumentException($"Layer '{Name}' was applied to symbolic tensors and data at once. Apply it to tensors of one kind.", nameof(inputs));
        CheckInputs([.. inputs.Select(t => t.Shape)]);
        return Compute(inputs, training ?? false);
    }

    internal void EnsureBuilt(IReadOnlyList<TensorSpec> inputs)
    {
        if (Built) return;
        // Weights are made outside any trace in progress: they are data, not part of the function being traced.
        int before = _ownVariables.Count;
        try
        {
            Trace.Suspend(() => BuildMany(inputs));
        }
        catch
        {
            // Half of the weights are none: the next attempt starts anew.
            _ownVariables.RemoveRange(before, _ownVariables.Count - before);
            Built = false;
            throw;
        }

        BuiltFor = inputs;
        Built = true;
    }

    private void CheckPresent(IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        for (int i = 0; i < inputs.Count; i++)
        {
            if (inputs[i] is null) throw new ArgumentNullException(nameof(inputs), $"Layer '{Name}' was applied to null{(inputs.Count == 1 ? "" : $" (input {i} of {inputs.Count})")}: it takes a tensor.");
        }
    }

    private void CheckInputs(Shape[] shapes)
    {
        if (shapes.Length == 0) throw new ArgumentException($"Layer '{Name}' was applied to nothing: it takes at least one tensor.");
        foreach (Shape shape in shapes) InputSpec?.Check(Name, shape);
    }

    private TensorSpec[] Infer(IReadOnlyList<TensorSpec> inputs, bool training) =>
        Trace.InferSpecs(inputs, arguments => CallInComputeType(arguments, training));

    /// <summary>Calls the layer with floating-point inputs and variables in the type it computes in.</summary>
    private IReadOnlyList<Tensor> CallInComputeType(IReadOnlyList<Tensor> inputs, bool training)
    {
        using AutocastScope scope = new(ComputeDType);
        IReadOnlyList<Tensor> results = Call([.. inputs.Select(Autocast)], training);
        return results != null && !results.Contains(null!)
            ? results
            : throw new InvalidOperationException($"Call of layer '{Name}' ({GetType().Name}) returned null; it returns a tensor.");
    }

    /// <summary>Floating-point inputs are brought to the type the layer computes in; others stay as they are.</summary>
    private Tensor Autocast(Tensor x) => x.DType.IsFloating ? Ops.Cast(x, ComputeDType) : x;

    private T Single<T>(IReadOnlyList<T> results) => results.Count == 1
        ? results[0]
        : throw new InvalidOperationException($"Layer '{Name}' has {results.Count} results; ApplyAll returns them as a list.");
}

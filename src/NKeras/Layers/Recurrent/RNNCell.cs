using NKeras.Core;

namespace NKeras.Layers;

/// <summary>
/// What a recurrent layer does at each step of a sequence: makes an output and the next states, of the step's input and the
/// states so far. <see cref="RNN"/> goes through the sequence.
/// </summary>
/// <remarks>An input is (batch, features…), a state (batch, size), an output (batch, <see cref="OutputSize"/>).</remarks>
/// <example><code>
/// class MinimalCell(int units) : RNNCell
/// {
///     private Variable _kernel = null!, _recurrentKernel = null!;
///
///     public int Units { get; } = units;
///
///     public override Ints StateSize =&gt; Units;
///
///     public override void Build(Shape inputShape)
///     {
///         _kernel = AddWeight("kernel", [inputShape[-1], Units], "uniform");
///         _recurrentKernel = AddWeight("recurrent_kernel", [Units, Units], "uniform");
///     }
///
///     public override (Tensor Output, Tensors States) Call(Tensor inputs, Tensors states, bool training = false)
///     {
///         Tensor output = Ops.Matmul(inputs, _kernel) + Ops.Matmul(states[0], _recurrentKernel);
///         return (output, [output]);
///     }
/// }
///
/// Tensor last = new RNN(new MinimalCell(32)).Apply(sequences);
/// </code></example>
// Keras: any layer with state_size and call(inputs, states) is a cell; in C# it is a base class.
public abstract class RNNCell : Layer
{
    private static readonly CallParameter[] s_parameters = ["inputs", "states", new("training", IsFlag: true)];

    /// <summary>Sets what all cells have.</summary>
    /// <param name="name">The name; the class name in snake case, numbered, if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    protected RNNCell(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
    }

    /// <summary>The length of each state: a number, or several.</summary>
    // Keras: nests the sizes of stacked cells; here they are one list, and so are the states.
    public abstract Ints StateSize { get; }

    /// <summary>The length of an output; that of the first state unless overridden.</summary>
    public virtual int OutputSize => StateSize[0];

    /// <summary>The states before the first step; zeros unless overridden.</summary>
    /// <param name="batchSize">The number of samples; null while shapes are being inferred.</param>
    public virtual Tensors GetInitialState(int? batchSize = null) => [.. StateSize.Select(size => Zeros([batchSize, size]))];

    /// <summary>Computes one step.</summary>
    /// <param name="inputs">The step's input, (batch, features…).</param>
    /// <param name="states">The states so far.</param>
    /// <param name="training">Whether to behave as in training.</param>
    /// <returns>The output, and the next states in the same order, of the same shapes and types.</returns>
    public abstract (Tensor Output, Tensors States) Call(Tensor inputs, Tensors states, bool training = false);

    /// <summary>Applies the cell to symbolic tensors: one step of a functional graph.</summary>
    /// <param name="inputs">The step's input, (batch, features…).</param>
    /// <param name="states">The states so far.</param>
    /// <param name="training">Whether to behave as in training; null to follow the model.</param>
    /// <exception cref="ArgumentException">Input or states do not fit; the message names the cell.</exception>
    public (KerasTensor Output, KerasTensors States) Apply(KerasTensor inputs, KerasTensors states, bool? training = null)
    {
        ArgumentNullException.ThrowIfNull(states);
        Tensors results = ApplyTo(Arguments(inputs, Tensors.Create([.. states.Flat]), training));
        return ((KerasTensor)results[0], KerasTensors.Create([.. results.Skip(1)]));
    }

    /// <summary>Applies the cell to data. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, KerasTensors, bool?)"/>
    public (Tensor Output, Tensors States) Apply(Tensor inputs, Tensors states, bool? training = null)
    {
        Tensors results = ApplyTo(Arguments(inputs, states, training));
        return (results[0], Tensors.Create([.. results.Skip(1)]));
    }

    /// <summary>Makes ready to go through a sequence.</summary>
    /// <param name="states">The states before the first step.</param>
    /// <param name="training">Whether to behave as in training.</param>
    internal virtual CellStep Begin(Tensors states, bool training) => new(x => x, (x, s) => Apply(x, s, training));

    internal sealed override IReadOnlyList<CallParameter> Parameters => s_parameters;

    internal override Tensors CallWith(CallArguments arguments, bool training)
    {
        Tensors states = Given(arguments["states"])
            ?? throw new ArgumentException($"Cell '{Name}' was applied to an input without states: it takes {StateSize.Count} (see GetInitialState).");
        CheckStates(states);
        (Tensor output, Tensors next) = Call(arguments.Inputs[0], states, training);
        return [output, .. next];
    }

    /// <summary>Checks that there are as many states as the cell has.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    internal void CheckStates(Tensors states)
    {
        if (states.Count != StateSize.Count) throw new ArgumentException($"Cell '{Name}' has {StateSize.Count} states; received {states.Count}: {states}.", nameof(states));
    }

    /// <summary>A state of zeros; a dimension may be unknown while shapes are being inferred.</summary>
    private protected Tensor Zeros(Shape shape) => Engine.Primitives.PrimitiveOps.Filled(new Engine.TensorSpec(shape, ComputeDType), 0);

    private static CallArguments Arguments(Tensor inputs, Tensors states, bool? training) =>
        new([inputs, states], training == null ? [] : [KeyValuePair.Create("training", (object?)training)]);
}

using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>Goes through sequences with a cell (<c>keras.layers.RNN</c>).</summary>
/// <remarks>
/// Input (batch, time, features…). The result is the cell's last output, (batch, size), or with <c>returnSequences</c> those of all steps,
/// (batch, time, size). With <c>returnState</c> there are more results, which <c>ApplyAll</c> gives: the states after the last step.
/// At a masked step states stay as they are, and the output is that of the step before.
/// </remarks>
/// <example><code>
/// RNN layer = new([new LSTMCell(16), new GRUCell(4)], returnSequences: true);
/// Tensor outputs = layer.Apply(RandomOps.Normal([32, 10, 8])); // (32, 10, 4)
/// </code></example>
public class RNN : RecurrentLayer
{
    private static readonly string[] s_keys = ["name", "trainable", "dtype"];
    private static readonly string[] s_ownKeys = ["return_sequences", "return_state", "go_backwards", "stateful", "unroll", "zero_output_for_mask"];

    private RecurrentStates? _states;

    /// <summary>Creates the layer.</summary>
    /// <param name="cell">What is done at each step.</param>
    /// <param name="returnSequences">Whether the result holds the outputs of all steps rather than the last one.</param>
    /// <param name="returnState">Whether the last states are results, too: <c>ApplyAll</c> gives all.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first. The outputs of all steps are then in that order.</param>
    /// <param name="stateful">Whether the states at the end of a batch are those that the next batch begins with.</param>
    /// <param name="unroll">Whether every step becomes a part of the program, which is faster for few steps and takes longer to compile.</param>
    /// <param name="zeroOutputForMask">Whether the output of a masked step is zero rather than that of the step before.</param>
    /// <param name="name">The name; <c>rnn</c>, <c>rnn_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    public RNN(
        RNNCell cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this(cell, null, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, name, trainable, dtype)
    {
    }

    /// <summary>Creates the layer with several cells, one upon the other (see <see cref="StackedRNNCells"/>).</summary>
    /// <inheritdoc cref="RNN(RNNCell, bool, bool, bool, bool, bool, bool, string?, bool, DTypePolicy?)"/>
    public RNN(
        IReadOnlyList<RNNCell> cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : this(new StackedRNNCells(cell), null, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, name, trainable, dtype)
    {
    }

    private protected RNN(
        RNNCell cell,
        Regularizer? activityRegularizer,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool unroll,
        bool zeroOutputForMask,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(name, trainable, dtype, activityRegularizer)
    {
        ArgumentNullException.ThrowIfNull(cell);
        Cell = cell;
        (ReturnSequences, ReturnState, GoBackwards) = (returnSequences, returnState, goBackwards);
        (Stateful, Unroll, ZeroOutputForMask) = (stateful, unroll, zeroOutputForMask);
        InputSpec = new InputSpec(minNdim: 3);
    }

    /// <summary>What is done at each step.</summary>
    public RNNCell Cell { get; }

    /// <summary>Whether the result holds the outputs of all steps.</summary>
    public bool ReturnSequences { get; }

    /// <summary>Whether the last states are results, too.</summary>
    public bool ReturnState { get; }

    /// <summary>Whether to go from the last step to the first.</summary>
    public bool GoBackwards { get; }

    /// <summary>Whether the states at the end of a batch are those that the next batch begins with.</summary>
    public bool Stateful { get; }

    /// <summary>Whether every step becomes a part of the program.</summary>
    public bool Unroll { get; }

    /// <summary>Whether the output of a masked step is zero.</summary>
    public bool ZeroOutputForMask { get; internal set; }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable>? States => _states?.Variables;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        BuildInner(Cell, Step(inputShape));
        if (Stateful)
        {
            int batch = inputShape[0] ?? throw new ArgumentException(
                $"Layer '{Name}' is stateful, so it needs to know the size of the batches; received shape {inputShape}. Give the input a batchSize.", nameof(inputShape));
            _states = new RecurrentStates([.. GetInitialState(batch).AsEnumerable().Select(s => new Variable(Ops.Cast(s, VariableDType), trainable: false, name: "rnn_state") { Path = $"{CallContext.PathOf(this)}/rnn_state" })]);
        }

        Built = true;
    }

    /// <summary>The cell's states before the first step.</summary>
    /// <param name="batchSize">The number of samples; null while shapes are being inferred.</param>
    public Tensors GetInitialState(int? batchSize) => Cell.GetInitialState(batchSize);

    /// <summary>The mask of the outputs of all steps is that of the input; there is none for the last output and the states.</summary>
    public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask = null)
    {
        Tensor? mask = ReturnSequences ? previousMask?[0] : null;
        return Tensors.Create([mask!, .. Enumerable.Repeat<Tensor>(null!, ReturnState ? Cell.StateSize.Count : 0)]);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        string[] common = config.ContainsKey("activity_regularizer") ? [.. s_keys, "activity_regularizer"] : s_keys;
        (config["unroll"], config["zero_output_for_mask"]) = (Unroll, ZeroOutputForMask);
        return config.Selected([.. common, .. s_ownKeys, .. ConfigKeys]);
    }

    /// <summary>The keys of the configuration that come after those of all recurrent layers.</summary>
    private protected virtual IReadOnlyList<string> ConfigKeys => ["cell"];

    private protected override Tensors Run(Tensor sequences, Tensors? initialState, Tensor? mask, bool training)
    {
        CheckCall(sequences, initialState, mask);
        Tensors initial = initialState ?? (States is { } states ? Tensors.Create([.. states.Select(s => s.Value)]) : GetInitialState(sequences.Shape[0]));
        (Tensor output, Tensors last) = InnerLoop(sequences, Tensors.Create([.. initial.Select(s => Ops.Cast(s, Cell.ComputeDType))]), mask, training);
        foreach ((Variable state, Tensor value) in (States ?? []).Zip(last)) state.Assign(value);
        output = Ops.Cast(output, ComputeDType);
        return ReturnState ? [output, .. last.Select(s => Ops.Cast(s, ComputeDType))] : output;
    }

    /// <summary>Goes through sequences with the cell.</summary>
    /// <param name="sequences">(batch, time, features…).</param>
    /// <param name="initialState">The states before the first step.</param>
    /// <param name="mask">Which steps count, (batch, time); null if all do.</param>
    /// <param name="training">Whether to behave as in training.</param>
    /// <returns>The outputs of all steps if the layer returns sequences, otherwise the last one; and the states after the last step.</returns>
    // Keras: gives the last output and the outputs of all steps both.
    protected virtual (Tensor Output, Tensors States) InnerLoop(Tensor sequences, Tensors initialState, Tensor? mask, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(initialState);
        RecurrentLoop loop = new($"Layer '{Name}'", Cell.Begin(initialState, training), ReturnSequences, GoBackwards, Unroll, ZeroOutputForMask);
        return loop.Run(sequences, initialState, mask);
    }

    private protected virtual void CheckCall(Tensor sequences, Tensors? initialState, Tensor? mask)
    {
        Shape shape = sequences.Shape;
        if (Unroll && shape[1] == null)
            throw new ArgumentException($"Layer '{Name}' is to be unrolled, so it needs to know the number of steps; received shape {shape}. Say it in the shape of the Input.", nameof(sequences));
        if (Stateful && States?[0].Shape[0] is { } expected && shape[0] is { } batch && batch != expected)
            throw new ArgumentException($"Layer '{Name}' is stateful and was built for batches of {expected}; received a batch of {batch} (shape {shape}).", nameof(sequences));
        if (initialState != null) Cell.CheckStates(initialState);
        LayerArguments.MaskFits(this, mask, shape, rank: null);
    }

    /// <summary>The shape of one step of sequences.</summary>
    private static Shape Step(Shape sequences) => new([sequences.Dims[0], .. sequences.Dims[2..]]);
}

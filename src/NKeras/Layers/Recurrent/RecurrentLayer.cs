using NKeras.Core;

namespace NKeras.Layers;

/// <summary>A layer that goes through sequences, from states that may be given to it.</summary>
public abstract class RecurrentLayer : Layer
{
    private static readonly CallParameter[] s_parameters = ["sequences", "initial_state", "mask", new("training", IsFlag: true)];
    private static readonly string[] s_buildsFrom = ["sequences", "initial_state"];

    private protected RecurrentLayer(string? name, bool trainable, DTypePolicy? dtype, Regularizers.Regularizer? activityRegularizer = null)
        : base(name, trainable, dtype, activityRegularizer) =>
        // Keras: such a layer says what mask its result has, and yet does not pass it on unless this is set.
        SupportsMasking = false;

    /// <summary>The states that a stateful layer carries to the next batch; null for other layers, and before it is built.</summary>
    public abstract IReadOnlyList<Variable>? States { get; }

    /// <summary>Applies the layer to symbolic sequences, which adds it to a functional graph.</summary>
    /// <param name="sequences">(batch, time, features…).</param>
    /// <param name="initialState">The states before the first step; null for those that the layer begins with.</param>
    /// <param name="mask">Which steps count, (batch, time); with initial states the mask that travels with the sequences is left aside.</param>
    /// <param name="training">Whether to behave as in training, at this place whatever the model does; null to follow the model.</param>
    /// <exception cref="ArgumentException">Sequences, states or mask do not fit; the message names the layer.</exception>
    public KerasTensor Apply(KerasTensor sequences, KerasTensors? initialState, KerasTensor? mask = null, bool? training = null) =>
        (KerasTensor)Single(ApplyTo(Arguments(sequences, Flat(initialState), mask, training)));

    /// <summary>Applies the layer to data. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, KerasTensors?, KerasTensor?, bool?)"/>
    public Tensor Apply(Tensor sequences, Tensors? initialState, Tensor? mask = null, bool? training = null) =>
        Single(ApplyTo(Arguments(sequences, initialState, mask, training)));

    /// <summary>The same with all results: the output, and the last states if the layer returns them.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, KerasTensors?, KerasTensor?, bool?)"/>
    public KerasTensors ApplyAll(KerasTensor sequences, KerasTensors? initialState = null, KerasTensor? mask = null, bool? training = null) =>
        Symbolic(ApplyTo(Arguments(sequences, Flat(initialState), mask, training)));

    /// <summary>The same with all results, of data: the output, and the last states if the layer returns them.</summary>
    /// <inheritdoc cref="Apply(KerasTensor, KerasTensors?, KerasTensor?, bool?)"/>
    public Tensors ApplyAll(Tensor sequences, Tensors? initialState = null, Tensor? mask = null, bool? training = null) =>
        ApplyTo(Arguments(sequences, initialState, mask, training));

    /// <summary>Makes the states of a stateful layer zero, so that the next batch begins anew.</summary>
    public virtual void ResetState()
    {
        foreach (Variable state in States ?? []) state.Assign(Ops.ZerosLike(state));
    }

    /// <summary>The same as <see cref="ResetState"/>.</summary>
    public void ResetStates() => ResetState();

    internal sealed override IReadOnlyList<CallParameter> Parameters => s_parameters;

    internal sealed override bool TakesMask => true;

    private protected sealed override IReadOnlyList<string> BuildsFrom => s_buildsFrom;

    internal sealed override Tensors CallWith(CallArguments arguments, bool training) =>
        Run(arguments.Inputs[0], Given(arguments["initial_state"]), Given(arguments["mask"])?[0], training);

    /// <summary>Goes through sequences.</summary>
    /// <returns>The result, and the last states if the layer returns them.</returns>
    private protected abstract Tensors Run(Tensor sequences, Tensors? initialState, Tensor? mask, bool training);

    /// <summary>A call of a recurrent layer.</summary>
    private protected static CallArguments Arguments(Tensor sequences, Tensors? initialState, Tensor? mask, bool? training)
    {
        List<KeyValuePair<string, object?>> named = [];
        if (initialState != null) named.Add(new("initial_state", initialState.IsSingle ? initialState[0] : initialState));
        if (mask is not null) named.Add(new("mask", mask));
        if (training != null) named.Add(new("training", training));
        return new CallArguments([sequences], named);
    }

    private static Tensors? Flat(KerasTensors? tensors) => tensors == null ? null : tensors.IsSingle ? tensors[0] : Tensors.Create([.. tensors.Flat]);
}

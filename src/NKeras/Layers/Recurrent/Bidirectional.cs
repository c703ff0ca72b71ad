using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>Goes through sequences in both directions, with two recurrent layers (<c>keras.layers.Bidirectional</c>).</summary>
/// <remarks>
/// Input (batch, time, features…). The result is that of the two layers merged: twice as long where they are put side by side
/// (<c>"concat"</c>), two results where they are not merged (null). With states returned, those of the first layer follow, then those of
/// the second; <c>ApplyAll</c> gives all. Outputs of all steps are in the input's order, and zero at masked steps.
/// </remarks>
/// <example><code>
/// Bidirectional layer = new(new LSTM(4, returnSequences: true));
/// Tensor outputs = layer.Apply(RandomOps.Normal([32, 10, 8])); // (32, 10, 8)
/// </code></example>
public sealed class Bidirectional : RecurrentLayer
{
    private IReadOnlyList<Tensor>? _initialWeights;

    /// <summary>Creates the layer.</summary>
    /// <param name="layer">The layer that goes forward. A copy of it is used.</param>
    /// <param name="mergeMode"><c>"concat"</c>, <c>"sum"</c>, <c>"mul"</c>, <c>"ave"</c>, or null for two results.</param>
    /// <param name="weights">The first weights: those of the layer that goes forward, then those of the other; from the initializers if omitted.</param>
    /// <param name="backwardLayer">The layer that goes backwards; one like <paramref name="layer"/> if omitted.</param>
    /// <param name="name">The name; <c>bidirectional</c>, <c>bidirectional_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The type of the result; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The mode is unknown, both layers go in one direction, or they differ in what they return.</exception>
    // Keras: takes any layer with the attributes of a recurrent one.
    public Bidirectional(
        RNN layer,
        string? mergeMode = "concat",
        IReadOnlyList<Tensor>? weights = null,
        RNN? backwardLayer = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(layer);
        MergeMode = mergeMode == null ? null : LayerArguments.OneOf(this, ["sum", "mul", "ave", "concat"], mergeMode);
        ForwardLayer = Copy(layer, "forward_");
        BackwardLayer = backwardLayer ?? Copy(layer, "backward_", goBackwards: true);
        CheckPair();
        foreach (RNN inner in new[] { ForwardLayer, BackwardLayer }) inner.ZeroOutputForMask = inner.ReturnSequences;
        _initialWeights = weights is { Count: > 0 } ? weights : null;
        InputSpec = layer.InputSpec;
    }

    /// <summary>The layer that goes forward.</summary>
    public RNN ForwardLayer { get; }

    /// <summary>The layer that goes backwards.</summary>
    public RNN BackwardLayer { get; }

    /// <summary>The layer that goes forward, by the name of the constructor's parameter.</summary>
    public RNN Layer => ForwardLayer;

    /// <summary>How the two results are merged; null if they are not.</summary>
    public string? MergeMode { get; }

    /// <summary>Whether the result holds the outputs of all steps.</summary>
    public bool ReturnSequences => ForwardLayer.ReturnSequences;

    /// <summary>Whether the last states are results, too.</summary>
    public bool ReturnState => ForwardLayer.ReturnState;

    /// <summary>Whether the states at the end of a batch are those that the next batch begins with.</summary>
    public bool Stateful => ForwardLayer.Stateful;

    /// <inheritdoc/>
    public override IReadOnlyList<Variable>? States => ForwardLayer.States is { } forward && BackwardLayer.States is { } backward ? [.. forward, .. backward] : null;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        if (!ForwardLayer.Built) BuildInner(ForwardLayer, inputShape);
        if (!BackwardLayer.Built) BuildInner(BackwardLayer, inputShape);
        Built = true;
        // Keras: notes the weights and does not use them.
        if (_initialWeights != null) SetWeights(_initialWeights);
        _initialWeights = null;
    }

    /// <summary>Makes the states of stateful layers zero, so that the next batch begins anew.</summary>
    /// <exception cref="InvalidOperationException">The layers are not stateful.</exception>
    public override void ResetState()
    {
        if (!Stateful) throw new InvalidOperationException($"Layer '{Name}' is not stateful.");
        ForwardLayer.ResetState();
        BackwardLayer.ResetState();
    }

    /// <summary>The mask of the outputs of all steps is that of the input; there is none for last outputs and states.</summary>
    public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask = null)
    {
        Tensor? mask = ReturnSequences ? previousMask?[0] : null;
        int states = ReturnState ? 2 * ForwardLayer.Cell.StateSize.Count : 0;
        return Tensors.Create([mask!, .. MergeMode == null ? [mask!] : Array.Empty<Tensor>(), .. Enumerable.Repeat<Tensor>(null!, states)]);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Moved("layer", before: "backward_layer");

    private protected override Tensors Run(Tensor sequences, Tensors? initialState, Tensor? mask, bool training)
    {
        LayerArguments.MaskFits(this, mask, sequences.Shape, rank: null);
        int half = (initialState?.Count ?? 0) / 2;
        Tensors forward = ForwardLayer.ApplyTo(Arguments(sequences, Part(..half), mask, training));
        Tensors backward = BackwardLayer.ApplyTo(Arguments(sequences, Part(half..), mask, training));
        Tensor x = Ops.Cast(forward[0], ComputeDType), y = Ops.Cast(backward[0], ComputeDType);
        if (ReturnSequences) y = Ops.Flip(y, axis: 1);
        Tensors merged = MergeMode switch
        {
            "concat" => Ops.Concatenate([x, y], axis: -1),
            "sum" => x + y,
            "ave" => (x + y) / 2,
            "mul" => x * y,
            _ => [x, y],
        };
        return ReturnState ? [.. merged, .. forward.Skip(1), .. backward.Skip(1)] : merged;

        Tensors? Part(Range part) => initialState == null ? null : Tensors.Create([.. initialState.Take(part)]);
    }

    /// <summary>A layer like another, with weights of its own.</summary>
    private static RNN Copy(RNN layer, string prefix, bool? goBackwards = null)
    {
        JsonObject config = layer.GetConfig();
        config["name"] = prefix + (layer.Name.StartsWith(prefix, StringComparison.Ordinal) ? layer.Name[prefix.Length..] : layer.Name);
        if (goBackwards != null) config["go_backwards"] = goBackwards;
        RNN copy = (RNN)FromConfig(layer.GetType(), config);
        if (layer.GetBuildConfig() is { } build) copy.BuildFromConfig(build);
        if (layer is BaseRNN from && copy is BaseRNN to) to.UseCudnn = from.UseCudnn;
        return copy;
    }

    private void CheckPair()
    {
        if (ForwardLayer.GoBackwards == BackwardLayer.GoBackwards)
            throw new ArgumentException($"Layer '{Name}': one layer goes forward and the other backwards; both have goBackwards: {ForwardLayer.GoBackwards}.");
        Check("stateful", l => l.Stateful);
        Check("returnSequences", l => l.ReturnSequences);
        Check("returnState", l => l.ReturnState);

        void Check(string setting, Func<RNN, bool> value)
        {
            if (value(ForwardLayer) != value(BackwardLayer))
                throw new ArgumentException($"Layer '{Name}': both layers have the same {setting}; received {value(ForwardLayer)} for the one that goes forward and {value(BackwardLayer)} for the other.");
        }
    }
}

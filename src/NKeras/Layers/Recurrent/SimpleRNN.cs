using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>A recurrent layer whose output is fed back: <c>activation(inputs · kernel + bias + state · recurrent kernel)</c> (<c>keras.layers.SimpleRNN</c>).</summary>
/// <remarks>
/// Input (batch, time, features). The result is the last output, (batch, units), or with <c>returnSequences</c> those of all steps,
/// (batch, time, units). With <c>returnState</c> there are more results, which <c>ApplyAll</c> gives: the last state, (batch, units).
/// At a masked step states stay as they are, and the output is that of the step before.
/// </remarks>
/// <example><code>
/// SimpleRNN layer = new(4, returnSequences: true);
/// Tensor outputs = layer.Apply(RandomOps.Normal([32, 10, 8])); // (32, 10, 4)
/// </code></example>
public sealed class SimpleRNN : BaseRNN
{
    private static readonly string[] s_keys =
    [
        "units", "activation", "use_bias", "kernel_initializer", "recurrent_initializer", "bias_initializer", "kernel_regularizer", "recurrent_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "recurrent_constraint", "bias_constraint", "dropout", "recurrent_dropout",
    ];

    /// <summary>Creates the layer.</summary>
    /// <param name="units">The length of the output and of each state, greater than zero.</param>
    /// <param name="activation">Applied to the sums; <c>"tanh"</c> if omitted, <c>"linear"</c> for none.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="recurrentInitializer">Makes the recurrent kernel; <c>"orthogonal"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; none if omitted.</param>
    /// <param name="recurrentRegularizer">A penalty on the recurrent kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result; none if omitted.</param>
    /// <param name="kernelConstraint">What the kernel is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="recurrentConstraint">What the recurrent kernel is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="dropout">In training, the share of the inputs that become zero; the same ones at all steps.</param>
    /// <param name="recurrentDropout">In training, the share of the state that becomes zero before it is multiplied; the same at all steps.</param>
    /// <param name="returnSequences">Whether the result holds the outputs of all steps rather than the last one.</param>
    /// <param name="returnState">Whether the last states are results, too: <c>ApplyAll</c> gives all.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first. The outputs of all steps are then in that order.</param>
    /// <param name="stateful">Whether the states at the end of a batch are those that the next batch begins with.</param>
    /// <param name="unroll">Whether every step becomes a part of the program, which is faster for few steps and takes longer to compile.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="zeroOutputForMask">Whether the output of a masked step is zero rather than that of the step before.</param>
    /// <param name="name">The name; <c>simple_rnn</c>, <c>simple_rnn_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no units.</exception>
    public SimpleRNN(
        int units,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        int? seed = null,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            new SimpleRNNCell(units, activation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, "simple_rnn_cell", trainable, dtype),
            activityRegularizer,
            returnSequences,
            returnState,
            goBackwards,
            stateful,
            unroll,
            zeroOutputForMask,
            name,
            trainable,
            dtype)
    {
    }

    /// <summary>The length of the output and of the state.</summary>
    public int Units => ((SimpleRNNCell)Cell).Units;

    private protected override IReadOnlyList<string> ConfigKeys => s_keys;
}

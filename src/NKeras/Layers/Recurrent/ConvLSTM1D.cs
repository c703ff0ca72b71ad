using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>An LSTM over sequences of rows, whose products are convolutions (<c>keras.layers.ConvLSTM1D</c>; Shi et al., 2015).</summary>
/// <remarks>
/// Input (batch, time, rows, channels); with <c>"channels_first"</c> the channels are axis 2. The result is the last output,
/// (batch, new rows, filters), or with <c>returnSequences</c> those of all steps, which have the time as axis 1. With
/// <c>returnState</c> there are more results, which <c>ApplyAll</c> gives: the last output and what the cell carries.
/// </remarks>
/// <example><code>
/// ConvLSTM1D layer = new(filters: 16, kernelSize: 3);
/// Tensor last = layer.Apply(RandomOps.Normal([4, 10, 32, 3])); // (4, 30, 16)
/// </code></example>
public sealed class ConvLSTM1D : BaseConvLSTM
{
    /// <summary>Creates the layer.</summary>
    /// <param name="filters">The number of channels of the output and of each state, greater than zero.</param>
    /// <param name="kernelSize">The window: one number, or one for each spatial axis.</param>
    /// <param name="strides">The window's steps over the input; 1 if omitted.</param>
    /// <param name="padding"><c>"valid"</c> (none), or <c>"same"</c> for an output as large as the input (over the strides).</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="dilationRate">The distance between the elements of the window over the input; 1 if omitted. Greater only with strides of 1.</param>
    /// <param name="activation">Makes the candidate for the new state; <c>"tanh"</c> if omitted, <c>"linear"</c> for none.</param>
    /// <param name="recurrentActivation">Makes the gates; <c>"sigmoid"</c> if omitted.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="recurrentInitializer">Makes the recurrent kernel; <c>"orthogonal"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="unitForgetBias">Whether the bias of the forget gate begins with ones.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; none if omitted.</param>
    /// <param name="recurrentRegularizer">A penalty on the recurrent kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result; none if omitted.</param>
    /// <param name="kernelConstraint">What the kernel is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="recurrentConstraint">What the recurrent kernel is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="dropout">In training, the share of the inputs that become zero; the same ones at all steps.</param>
    /// <param name="recurrentDropout">In training, the share of the state that becomes zero before it is multiplied; the same at all steps.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="returnSequences">Whether the result holds the outputs of all steps rather than the last one.</param>
    /// <param name="returnState">Whether the last states are results, too: <c>ApplyAll</c> gives all.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first. The outputs of all steps are then in that order.</param>
    /// <param name="stateful">Whether the states at the end of a batch are those that the next batch begins with.</param>
    /// <param name="unroll">Whether every step becomes a part of the program, which is faster for few steps and takes longer to compile.</param>
    /// <param name="zeroOutputForMask">Whether the output of a masked step is zero rather than that of the step before.</param>
    /// <param name="name">The name; <c>conv_lstm1d</c>, <c>conv_lstm1d_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A number is not positive, a word is unknown, or strides and dilation are both greater than 1.</exception>
    public ConvLSTM1D(
        int filters,
        Ints1 kernelSize,
        Ints1? strides = null,
        string padding = "valid",
        string? dataFormat = null,
        Ints1? dilationRate = null,
        ActivationFunction? activation = null,
        ActivationFunction? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        int? seed = null,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            new ConvLSTMCell(
                filters,
                new WindowArguments(kernelSize.ToArray(), (strides ?? 1).ToArray(), padding, dataFormat, (dilationRate ?? 1).ToArray()),
                activation,
                recurrentActivation,
                useBias,
                kernelInitializer,
                recurrentInitializer,
                biasInitializer,
                unitForgetBias,
                kernelRegularizer,
                recurrentRegularizer,
                biasRegularizer,
                kernelConstraint,
                recurrentConstraint,
                biasConstraint,
                dropout,
                recurrentDropout,
                seed,
                trainable,
                dtype),
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
}

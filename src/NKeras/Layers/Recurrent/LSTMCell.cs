using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>One step of <see cref="LSTM"/> (<c>keras.layers.LSTMCell</c>; Hochreiter and Schmidhuber, 1997).</summary>
/// <remarks>
/// Input (batch, features), two states (batch, units): the output, and what the cell carries along. The kernels hold the input gate,
/// the forget gate, the candidate and the output gate side by side: (features, 4 · units) and (units, 4 · units).
/// </remarks>
/// <example><code>
/// LSTMCell cell = new(4);
/// Tensors states = cell.GetInitialState(batchSize: 32);
/// (Tensor output, states) = cell.Apply(RandomOps.Normal([32, 8]), states); // (32, 4)
/// </code></example>
public sealed class LSTMCell : BaseRNNCell
{
    /// <summary>Creates the cell.</summary>
    /// <param name="units">The length of the output and of each state, greater than zero.</param>
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
    /// <param name="kernelConstraint">What the kernel is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="recurrentConstraint">What the recurrent kernel is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="dropout">In training, the share of the inputs that become zero; the same ones at all steps.</param>
    /// <param name="recurrentDropout">In training, the share of the state that becomes zero before it is multiplied; the same at all steps.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>lstm_cell</c>, <c>lstm_cell_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no units.</exception>
    public LSTMCell(
        int units,
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
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0.0,
        double recurrentDropout = 0.0,
        int? seed = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(activation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, name, trainable, dtype)
    {
        Units = LayerArguments.Positive(this, units);
        RecurrentActivation = recurrentActivation ?? Activations.Sigmoid;
        UnitForgetBias = unitForgetBias;
    }

    /// <summary>The length of the output and of each state.</summary>
    public int Units { get; }

    /// <summary>Makes the gates.</summary>
    public ActivationFunction RecurrentActivation { get; }

    /// <summary>Whether the bias of the forget gate begins with ones.</summary>
    public bool UnitForgetBias { get; }

    /// <inheritdoc/>
    public override Ints StateSize => (Units, Units);

    private protected override int Gates => 4;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        int features = LayerArguments.KnownDimension(this, inputShape, -1);
        AddWeights([features, 4 * Units], [Units, 4 * Units], [4 * Units], UnitForgetBias ? new ForgetGateBias(BiasInitializer) : BiasInitializer);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Moved("unit_forget_bias", before: "kernel_initializer");

    private protected override CellStep Begin(Tensor[]? inputMasks, Tensor[]? stateMasks)
    {
        Tensor kernel = Kernel, recurrentKernel = RecurrentKernel;
        Tensor? bias = Bias?.Value;
        return new CellStep(
            x => bias is null ? Product(x, kernel, inputMasks) : Product(x, kernel, inputMasks) + bias,
            (x, states) => Gated(Ops.Split(x + Product(states[0], recurrentKernel, stateMasks), 4, axis: -1), states[1], Activation, RecurrentActivation));
    }

    /// <summary>Output and next states.</summary>
    /// <param name="sums">What goes into the input gate, the forget gate, the candidate and the output gate.</param>
    /// <param name="carried">What the cell carries along.</param>
    /// <param name="activation">Makes the candidate, and the output of what is carried.</param>
    /// <param name="recurrentActivation">Makes the gates.</param>
    internal static (Tensor Output, Tensors States) Gated(IReadOnlyList<Tensor> sums, Tensor carried, ActivationFunction activation, ActivationFunction recurrentActivation)
    {
        Tensor input = recurrentActivation.Apply(sums[0]), forget = recurrentActivation.Apply(sums[1]);
        Tensor next = (forget * carried) + (input * activation.Apply(sums[2]));
        Tensor output = recurrentActivation.Apply(sums[3]) * activation.Apply(next);
        return (output, [output, next]);
    }
}

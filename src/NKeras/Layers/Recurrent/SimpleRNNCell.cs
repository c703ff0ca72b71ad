using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>One step of <see cref="SimpleRNN"/> (<c>keras.layers.SimpleRNNCell</c>): <c>activation(inputs · kernel + bias + state · recurrent kernel)</c>.</summary>
/// <remarks>Input (batch, features), one state (batch, units), which is the output.</remarks>
/// <example><code>
/// RNN layer = new(new SimpleRNNCell(4), returnSequences: true);
/// Tensor outputs = layer.Apply(RandomOps.Normal([32, 10, 8])); // (32, 10, 4)
/// </code></example>
public sealed class SimpleRNNCell : BaseRNNCell
{
    /// <summary>Creates the cell.</summary>
    /// <param name="units">The length of the output and of each state, greater than zero.</param>
    /// <param name="activation">Applied to the sums; <c>"tanh"</c> if omitted, <c>"linear"</c> for none.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="recurrentInitializer">Makes the recurrent kernel; <c>"orthogonal"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; none if omitted.</param>
    /// <param name="recurrentRegularizer">A penalty on the recurrent kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="kernelConstraint">What the kernel is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="recurrentConstraint">What the recurrent kernel is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step of training; nothing if omitted.</param>
    /// <param name="dropout">In training, the share of the inputs that become zero; the same ones at all steps.</param>
    /// <param name="recurrentDropout">In training, the share of the state that becomes zero before it is multiplied; the same at all steps.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>simple_rnn_cell</c>, <c>simple_rnn_cell_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no units.</exception>
    public SimpleRNNCell(
        int units,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
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
        : base(activation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, name, trainable, dtype) =>
        Units = LayerArguments.Positive(this, units);

    /// <summary>The length of the output and of the state.</summary>
    public int Units { get; }

    /// <inheritdoc/>
    public override Ints StateSize => Units;

    private protected override int Gates => 1;

    /// <inheritdoc/>
    public override void Build(Shape inputShape) =>
        AddWeights([LayerArguments.KnownDimension(this, inputShape, -1), Units], [Units, Units], [Units], BiasInitializer);

    private protected override CellStep Begin(Tensor[]? inputMasks, Tensor[]? stateMasks)
    {
        Tensor kernel = Kernel, recurrentKernel = RecurrentKernel;
        Tensor? bias = Bias?.Value;
        return new CellStep(
            x => bias is null ? Product(x, kernel, inputMasks) : Product(x, kernel, inputMasks) + bias,
            (x, states) =>
            {
                Tensor output = Activation.Apply(x + Product(states[0], recurrentKernel, stateMasks));
                return (output, [output]);
            });
    }
}

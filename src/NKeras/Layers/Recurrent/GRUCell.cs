using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>One step of <see cref="GRU"/> (<c>keras.layers.GRUCell</c>; Cho et al., 2014).</summary>
/// <remarks>
/// Input (batch, features), one state (batch, units), which is the output. The kernels hold the update gate, the reset gate and the
/// candidate side by side: (features, 3 · units) and (units, 3 · units). The bias is (2, 3 · units), for inputs and state, or
/// (3 · units) without <c>resetAfter</c>.
/// </remarks>
/// <example><code>
/// RNN layer = new([new GRUCell(16), new GRUCell(4)]);
/// Tensor last = layer.Apply(RandomOps.Normal([32, 10, 8])); // (32, 4)
/// </code></example>
public sealed class GRUCell : BaseRNNCell
{
    /// <summary>Creates the cell.</summary>
    /// <param name="units">The length of the output and of each state, greater than zero.</param>
    /// <param name="activation">Makes the candidate for the new state; <c>"tanh"</c> if omitted, <c>"linear"</c> for none.</param>
    /// <param name="recurrentActivation">Makes the gates; <c>"sigmoid"</c> if omitted.</param>
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
    /// <param name="resetAfter">Whether the reset gate works on the product of state and recurrent kernel (true), or on the state itself.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>gru_cell</c>, <c>gru_cell_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no units.</exception>
    public GRUCell(
        int units,
        ActivationFunction? activation = null,
        ActivationFunction? recurrentActivation = null,
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
        bool resetAfter = true,
        int? seed = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(activation, useBias, kernelInitializer, recurrentInitializer, biasInitializer, kernelRegularizer, recurrentRegularizer, biasRegularizer, kernelConstraint, recurrentConstraint, biasConstraint, dropout, recurrentDropout, seed, name, trainable, dtype)
    {
        Units = LayerArguments.Positive(this, units);
        RecurrentActivation = recurrentActivation ?? Activations.Sigmoid;
        ResetAfter = resetAfter;
    }

    /// <summary>The length of the output and of the state.</summary>
    public int Units { get; }

    /// <summary>Makes the gates.</summary>
    public ActivationFunction RecurrentActivation { get; }

    /// <summary>Whether the reset gate works on the product of state and recurrent kernel.</summary>
    public bool ResetAfter { get; }

    /// <inheritdoc/>
    public override Ints StateSize => Units;

    private protected override int Gates => 3;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        int features = LayerArguments.KnownDimension(this, inputShape, -1);
        AddWeights([features, 3 * Units], [Units, 3 * Units], ResetAfter ? [2, 3 * Units] : [3 * Units], BiasInitializer);
    }

    private protected override CellStep Begin(Tensor[]? inputMasks, Tensor[]? stateMasks)
    {
        Tensor kernel = Kernel, recurrentKernel = RecurrentKernel;
        Tensor? bias = Bias?.Value, inputBias = ResetAfter ? bias?[0] : bias, stateBias = ResetAfter ? bias?[1] : null;
        return new CellStep(
            x => inputBias is null ? Product(x, kernel, inputMasks) : Product(x, kernel, inputMasks) + inputBias,
            (x, states) =>
            {
                Tensor state = states[0], output = ResetAfter ? ResetProduct(x, state) : ResetState(x, state);
                return (output, [output]);
            });

        Tensor ResetProduct(Tensor x, Tensor state)
        {
            Tensor product = Product(state, recurrentKernel, stateMasks);
            if (stateBias is not null) product += stateBias;
            IReadOnlyList<Tensor> inputs = Ops.Split(x, 3, axis: -1), products = Ops.Split(product, 3, axis: -1);
            Tensor update = RecurrentActivation.Apply(inputs[0] + products[0]), reset = RecurrentActivation.Apply(inputs[1] + products[1]);
            return Mix(update, state, inputs[2] + (reset * products[2]));
        }

        Tensor ResetState(Tensor x, Tensor state)
        {
            IReadOnlyList<Tensor> inputs = Ops.Split(x, (Units, 2 * Units), axis: -1), kernels = Ops.Split(recurrentKernel, new[] { 2 * Units }, axis: -1);
            IReadOnlyList<Tensor> products = Ops.Split(Product(state, kernels[0], stateMasks?[..2]), 2, axis: -1);
            Tensor update = RecurrentActivation.Apply(inputs[0] + products[0]), reset = RecurrentActivation.Apply(inputs[1] + products[1]);
            Tensor masked = stateMasks is null ? state : state * stateMasks[2];
            return Mix(update, state, inputs[2] + Ops.Matmul(reset * masked, kernels[1]));
        }
    }

    /// <summary>Some of the state, and some of the candidate for a new one.</summary>
    private Tensor Mix(Tensor update, Tensor state, Tensor candidate) => (update * state) + ((1 - update) * Activation.Apply(candidate));
}

using NKeras.Constraints;
using NKeras.Engine;
using NKeras.Engine.Primitives;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// What Keras's own cells have in common: a kernel that inputs are multiplied with, one for the state, a bias, an activation,
/// and dropout of both.
/// </summary>
public abstract class BaseRNNCell : RNNCell
{
    private readonly SeedGenerator _seedGenerator;
    private Variable? _kernel, _recurrentKernel;

    private protected BaseRNNCell(
        ActivationFunction? activation,
        bool useBias,
        Initializer? kernelInitializer,
        Initializer? recurrentInitializer,
        Initializer? biasInitializer,
        Regularizer? kernelRegularizer,
        Regularizer? recurrentRegularizer,
        Regularizer? biasRegularizer,
        Constraint? kernelConstraint,
        Constraint? recurrentConstraint,
        Constraint? biasConstraint,
        double dropout,
        double recurrentDropout,
        int? seed,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(name, trainable, dtype)
    {
        Activation = activation ?? Activations.Tanh;
        UseBias = useBias;
        (KernelInitializer, RecurrentInitializer, BiasInitializer) = (kernelInitializer ?? "glorot_uniform", recurrentInitializer ?? "orthogonal", biasInitializer ?? "zeros");
        (KernelRegularizer, RecurrentRegularizer, BiasRegularizer) = (kernelRegularizer, recurrentRegularizer, biasRegularizer);
        (KernelConstraint, RecurrentConstraint, BiasConstraint) = (kernelConstraint, recurrentConstraint, biasConstraint);
        // Keras: brings rates into their range rather than refuse them.
        (Dropout, RecurrentDropout) = (Math.Clamp(dropout, 0, 1), Math.Clamp(recurrentDropout, 0, 1));
        Seed = seed;
        _seedGenerator = AddSeedGenerator(seed);
    }

    /// <summary>Applied to the sums.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>Makes the kernel.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>Makes the recurrent kernel.</summary>
    public Initializer RecurrentInitializer { get; }

    /// <summary>Makes the bias.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>The penalty on the kernel; null for none.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>The penalty on the recurrent kernel; null for none.</summary>
    public Regularizer? RecurrentRegularizer { get; }

    /// <summary>The penalty on the bias; null for none.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>What the kernel is made to fulfil; null for nothing.</summary>
    public Constraint? KernelConstraint { get; }

    /// <summary>What the recurrent kernel is made to fulfil; null for nothing.</summary>
    public Constraint? RecurrentConstraint { get; }

    /// <summary>What the bias is made to fulfil; null for nothing.</summary>
    public Constraint? BiasConstraint { get; }

    /// <summary>In training, the share of the inputs that become zero, the same at all steps.</summary>
    public double Dropout { get; }

    /// <summary>In training, the share of the state that becomes zero before it is multiplied, the same at all steps.</summary>
    public double RecurrentDropout { get; }

    /// <summary>The seed of dropout that was given; null if none was.</summary>
    public int? Seed { get; }

    /// <summary>What inputs are multiplied with.</summary>
    /// <exception cref="InvalidOperationException">The cell has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <summary>What the state is multiplied with.</summary>
    /// <exception cref="InvalidOperationException">The cell has not been built.</exception>
    public Variable RecurrentKernel => _recurrentKernel ?? throw LayerArguments.NotBuilt(this, "recurrent kernel");

    /// <summary>The bias; null without one or before the cell is built.</summary>
    public Variable? Bias { get; private set; }

    /// <summary>How many things the kernels make at once.</summary>
    private protected abstract int Gates { get; }

    /// <summary>The shape of an input, the batch's dimension excluded.</summary>
    private protected virtual int[] InputDims => [Kernel.Shape.Dims[0]];

    /// <summary>How many masks are drawn.</summary>
    // Keras: with recurrent dropout, each gate has masks of its own.
    private protected virtual int Masks => RecurrentDropout == 0 ? 1 : Gates;

    /// <inheritdoc/>
    public sealed override (Tensor Output, Tensors States) Call(Tensor inputs, Tensors states, bool training = false)
    {
        CellStep cell = Begin(states, training);
        return cell.Step(cell.Project(inputs), states);
    }

    internal sealed override CellStep Begin(Tensors states, bool training)
    {
        using CallScope scope = new(this, training);
        Tensor[]? inputMasks = training ? DrawMasks(Dropout, new Shape([states[0].Shape.Dims[0], .. InputDims])) : null;
        Tensor[]? stateMasks = training ? DrawMasks(RecurrentDropout, states[0].Shape) : null;
        CellStep own = Begin(inputMasks, stateMasks);
        return new CellStep(
            x =>
            {
                using CallScope inner = new(this, training);
                return own.Project(x.DType == ComputeDType ? x : Ops.Cast(x, ComputeDType));
            },
            (x, s) =>
            {
                using CallScope inner = new(this, training);
                return own.Step(x, s);
            });
    }

    /// <summary>Makes ready to go through a sequence.</summary>
    /// <param name="inputMasks">A mask for the inputs of all steps, or one for each gate; null where nothing is dropped.</param>
    /// <param name="stateMasks">The same for the state.</param>
    private protected abstract CellStep Begin(Tensor[]? inputMasks, Tensor[]? stateMasks);

    /// <summary>Creates the weights.</summary>
    private protected void AddWeights(Shape kernel, Shape recurrentKernel, Shape bias, Initializer biasInitializer)
    {
        _kernel = AddWeight("kernel", kernel, KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        _recurrentKernel = AddWeight("recurrent_kernel", recurrentKernel, RecurrentInitializer, regularizer: RecurrentRegularizer, constraint: RecurrentConstraint);
        if (UseBias) Bias = AddWeight("bias", bias, biasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
        Built = true;
    }

    /// <summary>What a kernel makes of masked inputs or states, gate by gate where each has a mask of its own.</summary>
    private protected Tensor Product(Tensor x, Tensor kernel, Tensor[]? masks) => Product(x, kernel, masks, Ops.Matmul, -1);

    /// <inheritdoc cref="Product(Tensor, Tensor, Tensor[])"/>
    private protected static Tensor Product(Tensor x, Tensor kernel, Tensor[]? masks, Func<Tensor, Tensor, Tensor> multiply, int axis) => masks switch
    {
        null => multiply(x, kernel),
        [Tensor one] => multiply(x * one, kernel),
        _ => Ops.Concatenate([.. Ops.Split(kernel, masks.Length, axis: -1).Select((k, i) => multiply(x * masks[i], k))], axis),
    };

    // Keras: draws masks in inference, too, and leaves them unused.
    private Tensor[]? DrawMasks(double rate, Shape shape) => rate is > 0 and < 1
        ? [.. Enumerable.Range(0, Masks).Select(_ => RandomOps.Dropout(PrimitiveOps.Filled(new TensorSpec(shape, ComputeDType), 1), rate, seed: _seedGenerator))]
        : null;
}

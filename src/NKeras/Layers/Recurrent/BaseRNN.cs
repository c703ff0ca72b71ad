using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>What the recurrent layers with a cell of Keras's own have in common: they show its settings as their own.</summary>
public abstract class BaseRNN : RNN
{
    private protected BaseRNN(
        BaseRNNCell cell,
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
        : base(cell, activityRegularizer, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, name, trainable, dtype) =>
        InputSpec = new InputSpec(ndim: 3);

    /// <summary>Applied to the sums.</summary>
    public ActivationFunction Activation => Own.Activation;

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias => Own.UseBias;

    /// <summary>Makes the kernel.</summary>
    public Initializer KernelInitializer => Own.KernelInitializer;

    /// <summary>Makes the recurrent kernel.</summary>
    public Initializer RecurrentInitializer => Own.RecurrentInitializer;

    /// <summary>Makes the bias.</summary>
    public Initializer BiasInitializer => Own.BiasInitializer;

    /// <summary>The penalty on the kernel; null for none.</summary>
    public Regularizer? KernelRegularizer => Own.KernelRegularizer;

    /// <summary>The penalty on the recurrent kernel; null for none.</summary>
    public Regularizer? RecurrentRegularizer => Own.RecurrentRegularizer;

    /// <summary>The penalty on the bias; null for none.</summary>
    public Regularizer? BiasRegularizer => Own.BiasRegularizer;

    /// <summary>What the kernel is made to fulfil; null for nothing.</summary>
    public Constraint? KernelConstraint => Own.KernelConstraint;

    /// <summary>What the recurrent kernel is made to fulfil; null for nothing.</summary>
    public Constraint? RecurrentConstraint => Own.RecurrentConstraint;

    /// <summary>What the bias is made to fulfil; null for nothing.</summary>
    public Constraint? BiasConstraint => Own.BiasConstraint;

    /// <summary>In training, the share of the inputs that become zero.</summary>
    public double Dropout => Own.Dropout;

    /// <summary>In training, the share of the state that becomes zero before it is multiplied.</summary>
    public double RecurrentDropout => Own.RecurrentDropout;

    /// <summary>The seed of dropout that was given; null if none was.</summary>
    public int? Seed => Own.Seed;

    /// <summary>Whether cuDNN is demanded, which there is not here. Keras leaves it out of configurations, too.</summary>
    internal UseCudnn UseCudnn { get; set; }

    private BaseRNNCell Own => (BaseRNNCell)Cell;

    private protected override void CheckCall(Tensor sequences, Tensors? initialState, Tensor? mask)
    {
        base.CheckCall(sequences, initialState, mask);
        UseCudnn.Check(this);
    }
}

using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>What convolutional LSTM layers of one, two and three spatial axes have in common (Shi et al., 2015).</summary>
public abstract class BaseConvLSTM : BaseRNN
{
    private static readonly string[] s_keys =
    [
        "filters", "kernel_size", "strides", "padding", "data_format", "dilation_rate", "activation", "recurrent_activation", "use_bias",
        "kernel_initializer", "recurrent_initializer", "bias_initializer", "unit_forget_bias", "kernel_regularizer", "recurrent_regularizer",
        "bias_regularizer", "activity_regularizer", "kernel_constraint", "recurrent_constraint", "bias_constraint", "dropout",
        "recurrent_dropout", "seed",
    ];

    private protected BaseConvLSTM(
        ConvLSTMCell cell,
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
        InputSpec = new InputSpec(ndim: cell.KernelSize.Count + 3);

    /// <summary>The number of channels of the output and of each state.</summary>
    public int Filters => Own.Filters;

    /// <summary>The window's size along each spatial axis.</summary>
    public IReadOnlyList<int> KernelSize => Own.KernelSize;

    /// <summary>The window's steps over the input along each spatial axis.</summary>
    public IReadOnlyList<int> Strides => Own.Strides;

    /// <summary><c>"valid"</c>, or <c>"same"</c> for an output as large as the input (over the strides).</summary>
    public string Padding => Own.Padding;

    /// <summary>Where the channels are.</summary>
    public string DataFormat => Own.DataFormat;

    /// <summary>The distance between the elements of the window over the input along each spatial axis.</summary>
    public IReadOnlyList<int> DilationRate => Own.DilationRate;

    /// <summary>Makes the gates.</summary>
    public ActivationFunction RecurrentActivation => Own.RecurrentActivation;

    /// <summary>Whether the bias of the forget gate begins with ones.</summary>
    public bool UnitForgetBias => Own.UnitForgetBias;

    private ConvLSTMCell Own => (ConvLSTMCell)Cell;

    private protected override IReadOnlyList<string> ConfigKeys => s_keys;
}

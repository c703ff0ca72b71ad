using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// What convolution layers of one, two and three spatial axes have in common:
/// <c>activation(convolution(inputs, kernel) + bias)</c>.
/// </summary>
/// <remarks>The kernel is (window…, channels / groups, filters), the bias (filters).</remarks>
public abstract class BaseConv : ConvolutionLayer
{
    private readonly WeightArguments _kernelArguments;
    private Variable? _kernel;

    private protected BaseConv(
        int filters,
        WindowArguments window,
        int groups,
        ActivationFunction? activation,
        bool useBias,
        WeightArguments kernel,
        WeightArguments bias,
        Regularizer? activityRegularizer,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(window, causal: window.KernelSize.Length == 1, activation, useBias, bias, activityRegularizer, name, trainable, dtype)
    {
        Filters = LayerArguments.Positive(this, filters);
        Groups = LayerArguments.Positive(this, groups);
        if (filters % groups != 0)
            throw new ArgumentException($"Layer '{Name}': filters is a multiple of groups; received filters={filters} and groups={groups}.", nameof(filters));
        CheckStrides();
        _kernelArguments = kernel;
    }

    /// <summary>The number of result channels.</summary>
    public int Filters { get; }

    /// <summary>Into how many groups the channels are split, each convolved on its own.</summary>
    public int Groups { get; }

    /// <summary>Makes the kernel.</summary>
    public Initializer KernelInitializer => _kernelArguments.Initializer;

    /// <summary>The penalty on the kernel; null for none.</summary>
    public Regularizer? KernelRegularizer => _kernelArguments.Regularizer;

    /// <summary>What the kernel is made to fulfil; null for nothing.</summary>
    public Constraint? KernelConstraint => _kernelArguments.Constraint;

    /// <summary>The kernel, (window…, channels / groups, filters).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    private protected override int AddKernels(int channels, Shape inputShape)
    {
        if (channels % Groups != 0)
            throw new ArgumentException($"Layer '{Name}': the number of input channels is a multiple of groups; received {channels} channels (input shape {inputShape}) and groups={Groups}.", nameof(inputShape));
        _kernel = AddWeight("kernel", new Shape([.. KernelSize, channels / Groups, Filters]), _kernelArguments);
        return Filters;
    }

    private protected override Tensor Convolve(Tensor inputs, int[] strides, int[] dilationRate) =>
        Ops.Conv(inputs, Kernel, strides, Padding, "channels_last", dilationRate);
}

using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// What transposed convolution layers of one, two and three spatial axes have in common:
/// <c>activation(transposed convolution(inputs, kernel) + bias)</c>, which makes inputs larger where a convolution makes them smaller.
/// </summary>
/// <remarks>The kernel is (window…, filters, channels), the bias (filters).</remarks>
public abstract class BaseConvTranspose : ConvolutionLayer
{
    private readonly int[]? _outputPadding;
    private readonly WeightArguments _kernelArguments;
    private Variable? _kernel;

    private protected BaseConvTranspose(
        int filters,
        WindowArguments window,
        int[]? outputPadding,
        ActivationFunction? activation,
        bool useBias,
        WeightArguments kernel,
        WeightArguments bias,
        Regularizer? activityRegularizer,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(window, causal: false, activation, useBias, bias, activityRegularizer, name, trainable, dtype)
    {
        Filters = LayerArguments.Positive(this, filters);
        _outputPadding = outputPadding == null ? null : LayerArguments.Positive(this, outputPadding, allowZero: true);
        if (outputPadding?.Zip(window.Strides).Any(p => p.First >= p.Second) == true)
            throw new ArgumentException($"Layer '{Name}': outputPadding is less than strides along each axis; received outputPadding=({string.Join(", ", outputPadding)}) and strides=({string.Join(", ", window.Strides)}).", nameof(outputPadding));
        CheckStrides();
        _kernelArguments = kernel;
    }

    /// <summary>The number of result channels.</summary>
    public int Filters { get; }

    /// <summary>Elements added at the end of each spatial axis; null for as many as the padding asks for.</summary>
    public IReadOnlyList<int>? OutputPadding => _outputPadding;

    /// <summary>Makes the kernel.</summary>
    public Initializer KernelInitializer => _kernelArguments.Initializer;

    /// <summary>The penalty on the kernel; null for none.</summary>
    public Regularizer? KernelRegularizer => _kernelArguments.Regularizer;

    /// <summary>What the kernel is made to fulfil; null for nothing.</summary>
    public Constraint? KernelConstraint => _kernelArguments.Constraint;

    /// <summary>The kernel, (window…, filters, channels).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    private protected override int AddKernels(int channels, Shape inputShape)
    {
        _kernel = AddWeight("kernel", new Shape([.. KernelSize, Filters, channels]), _kernelArguments);
        return Filters;
    }

    private protected override Tensor Convolve(Tensor inputs, int[] strides, int[] dilationRate) =>
        Ops.ConvTranspose(inputs, Kernel, strides, Padding, _outputPadding is null ? null : (Ints)_outputPadding, "channels_last", dilationRate);

    /// <summary>Any window fits: the input is what a convolution has left.</summary>
    private protected override void CheckFits(Shape inputShape)
    {
    }
}

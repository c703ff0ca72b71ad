using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// What convolution layers of one, two and three spatial axes have in common:
/// <c>activation(convolution(inputs, kernel) + bias)</c>.
/// </summary>
/// <remarks>The kernel is (window…, channels / groups, filters), the bias (filters).</remarks>
public abstract class BaseConv : Layer
{
    private readonly int _rank;
    private readonly int[] _kernelSize;
    private readonly int[] _strides;
    private readonly int[] _dilationRate;
    private Variable? _kernel;

    private protected BaseConv(
        int[] kernelSize,
        int filters,
        int[] strides,
        string padding,
        string? dataFormat,
        int[] dilationRate,
        int groups,
        ActivationFunction? activation,
        bool useBias,
        Initializer? kernelInitializer,
        Initializer? biasInitializer,
        Regularizer? kernelRegularizer,
        Regularizer? biasRegularizer,
        Regularizer? activityRegularizer,
        Constraint? kernelConstraint,
        Constraint? biasConstraint,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(name, trainable, dtype, activityRegularizer)
    {
        _rank = kernelSize.Length;
        Filters = LayerArguments.Positive(this, filters);
        _kernelSize = LayerArguments.Positive(this, kernelSize);
        _strides = LayerArguments.Positive(this, strides);
        _dilationRate = LayerArguments.Positive(this, dilationRate);
        Padding = LayerArguments.OneOf(this, ["valid", "same"], padding);
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        Groups = LayerArguments.Positive(this, groups);
        if (filters % groups != 0)
            throw new ArgumentException($"Layer '{Name}': filters is a multiple of groups; received filters={filters} and groups={groups}.", nameof(filters));
        if (_strides.Max() > 1 && _dilationRate.Max() > 1)
            throw new ArgumentException($"Layer '{Name}': strides and dilationRate cannot both be greater than 1; received strides=({string.Join(", ", strides)}) and dilationRate=({string.Join(", ", dilationRate)}).", nameof(strides));
        Activation = activation ?? Activations.Linear;
        UseBias = useBias;
        KernelInitializer = kernelInitializer ?? "glorot_uniform";
        BiasInitializer = biasInitializer ?? "zeros";
        (KernelRegularizer, BiasRegularizer, KernelConstraint, BiasConstraint) = (kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint);
        InputSpec = new InputSpec(ndim: _rank + 2);
    }

    /// <summary>The number of result channels.</summary>
    public int Filters { get; }

    /// <summary>The window's size along each spatial axis.</summary>
    public IReadOnlyList<int> KernelSize => _kernelSize;

    /// <summary>The window's steps along each spatial axis.</summary>
    public IReadOnlyList<int> Strides => _strides;

    /// <summary><c>"valid"</c>, or <c>"same"</c> for a result as large as the input (over the strides).</summary>
    public string Padding { get; }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <summary>The distance between the window's elements along each spatial axis.</summary>
    public IReadOnlyList<int> DilationRate => _dilationRate;

    /// <summary>Into how many groups the channels are split, each convolved on its own.</summary>
    public int Groups { get; }

    /// <summary>Applied to the sums.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>Makes the kernel.</summary>
    public Initializer KernelInitializer { get; }

    /// <summary>Makes the bias.</summary>
    public Initializer BiasInitializer { get; }

    /// <summary>The penalty on the kernel; null for none.</summary>
    public Regularizer? KernelRegularizer { get; }

    /// <summary>The penalty on the bias; null for none.</summary>
    public Regularizer? BiasRegularizer { get; }

    /// <summary>What the kernel is made to fulfil; null for nothing.</summary>
    public Constraint? KernelConstraint { get; }

    /// <summary>What the bias is made to fulfil; null for nothing.</summary>
    public Constraint? BiasConstraint { get; }

    /// <summary>The kernel, (window…, channels / groups, filters).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <summary>The bias, (filters); null without one or before the layer is built.</summary>
    public Variable? Bias { get; private set; }

    private bool ChannelsFirst => DataFormat == "channels_first";

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        int axis = ChannelsFirst ? 1 : -1;
        int channels = LayerArguments.KnownDimension(this, inputShape, axis);
        if (channels % Groups != 0)
            throw new ArgumentException($"Layer '{Name}': the number of input channels is a multiple of groups; received {channels} channels (input shape {inputShape}) and groups={Groups}.", nameof(inputShape));
        CheckFits(inputShape);
        _kernel = AddWeight("kernel", new Shape([.. _kernelSize, channels / Groups, Filters]), KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (UseBias) Bias = AddWeight("bias", [Filters], BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
        InputSpec = new InputSpec(ndim: _rank + 2, axes: new Dictionary<int, int> { [axis] = channels });
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        CheckFits(inputs.Shape);
        Tensor x = Ops.Conv(inputs, Kernel, _strides, Padding, DataFormat, _dilationRate);
        if (Bias != null)
            x = Ops.Add(x, ChannelsFirst ? Ops.Reshape(Bias, new Shape([1, Filters, .. Enumerable.Repeat(1, _rank)])) : Bias);
        return Activation.Apply(x);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config["activity_regularizer"] = KerasSerializer.Serialize(ActivityRegularizer);
        return config;
    }

    /// <summary>Whether the window fits into the input; with padding "same" it always does.</summary>
    private void CheckFits(Shape inputShape)
    {
        if (Padding == "valid") LayerArguments.WindowFits(this, "kernelSize", inputShape, ChannelsFirst ? 2 : 1, _kernelSize, _dilationRate);
    }
}

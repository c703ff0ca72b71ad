using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
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
    private readonly LowRankUpdate _lowRank;
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
        int? loraRank,
        double? loraAlpha,
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
        _lowRank = new LowRankUpdate(this, loraRank, loraAlpha);
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

    /// <summary>The rank of the kernel's update; null for none.</summary>
    public int? LoraRank => _lowRank.Rank;

    /// <summary>What the update is multiplied by, times the rank.</summary>
    public double? LoraAlpha => _lowRank.Alpha;

    /// <summary>Whether the kernel is frozen and has an update of low rank.</summary>
    public bool LoraEnabled => _lowRank.IsEnabled;

    /// <summary>The kernel, (window…, channels / groups, filters), without an update.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <summary>The kernel that the layer computes with: with an update of low rank, if there is one.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    // Keras: the layer's kernel, if there is one.
    public Tensor EffectiveKernel => _lowRank.Merge(Kernel);

    private LowRankTarget Target => new("kernel", Kernel, Kernel.Shape, KernelRegularizer, KernelConstraint);

    /// <summary>Freezes the kernel and gives it an update of low rank, which is trained in its place (LoRA): (window…, channels / groups, rank) times (rank, filters).</summary>
    /// <inheritdoc cref="QuantizableLayer.EnableLora"/>
    public void EnableLora(int rank, double? loraAlpha = null, Initializer? aInitializer = null, Initializer? bInitializer = null) =>
        _lowRank.Enable(Built ? Target : null, rank, loraAlpha, aInitializer, bInitializer);

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        base.Build(inputShape);
        _lowRank.EnableIfAsked(Target);
    }

    internal override IReadOnlyList<Variable> FileVariables => !Built ? [] : Bias != null ? [Kernel, Bias] : [Kernel];

    /// <inheritdoc/>
    public override void SaveOwnVariables(IDictionary<string, Tensor> store)
    {
        base.SaveOwnVariables(store);
        // Keras: the update becomes part of the kernel.
        if (LoraEnabled) store["0"] = _lowRank.Sum(Kernel);
    }

    /// <inheritdoc/>
    public override void LoadOwnVariables(IReadOnlyDictionary<string, Tensor> store)
    {
        base.LoadOwnVariables(store);
        _lowRank.Clear();
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => _lowRank.Write(base.GetConfig());

    private protected override int AddKernels(int channels, Shape inputShape)
    {
        if (channels % Groups != 0)
            throw new ArgumentException($"Layer '{Name}': the number of input channels is a multiple of groups; received {channels} channels (input shape {inputShape}) and groups={Groups}.", nameof(inputShape));
        _kernel = AddWeight("kernel", new Shape([.. KernelSize, channels / Groups, Filters]), _kernelArguments);
        return Filters;
    }

    private protected override Tensor Convolve(Tensor inputs, int[] strides, int[] dilationRate) =>
        Ops.Conv(inputs, EffectiveKernel, strides, Padding, "channels_last", dilationRate);
}

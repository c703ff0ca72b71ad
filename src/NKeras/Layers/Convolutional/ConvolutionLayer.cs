using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// What all convolution layers have in common, over one, two and three spatial axes: a window that moves, a bias and an activation.
/// </summary>
public abstract class ConvolutionLayer : Layer
{
    private readonly int[] _kernelSize;
    private readonly int[] _strides;
    private readonly int[] _dilationRate;
    private readonly WeightArguments _bias;

    private protected ConvolutionLayer(
        WindowArguments window,
        bool causal,
        ActivationFunction? activation,
        bool useBias,
        WeightArguments bias,
        Regularizer? activityRegularizer,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(name, trainable, dtype, activityRegularizer)
    {
        (int[] kernelSize, int[] strides, string padding, string? dataFormat, int[] dilationRate) = window;
        _kernelSize = LayerArguments.Positive(this, kernelSize);
        _strides = LayerArguments.Positive(this, strides);
        _dilationRate = LayerArguments.Positive(this, dilationRate);
        Padding = LayerArguments.OneOf(this, causal ? ["valid", "same", "causal"] : ["valid", "same"], padding);
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        Activation = activation ?? Activations.Linear;
        UseBias = useBias;
        _bias = bias;
        InputSpec = new InputSpec(ndim: Rank + 2);
    }

    /// <summary>The window's size along each spatial axis.</summary>
    public IReadOnlyList<int> KernelSize => _kernelSize;

    /// <summary>The window's steps along each spatial axis.</summary>
    public IReadOnlyList<int> Strides => _strides;

    /// <summary>
    /// <c>"valid"</c>, <c>"same"</c> for a result as large as the input (over the strides), or, for a sequence, <c>"causal"</c> for one
    /// that looks back only.
    /// </summary>
    public string Padding { get; }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <summary>The distance between the window's elements along each spatial axis.</summary>
    public IReadOnlyList<int> DilationRate => _dilationRate;

    /// <summary>Applied to the sums.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>Makes the bias.</summary>
    public Initializer BiasInitializer => _bias.Initializer;

    /// <summary>The penalty on the bias; null for none.</summary>
    public Regularizer? BiasRegularizer => _bias.Regularizer;

    /// <summary>What the bias is made to fulfil; null for nothing.</summary>
    public Constraint? BiasConstraint => _bias.Constraint;

    /// <summary>The bias, one number for each result channel; null without one or before the layer is built.</summary>
    public Variable? Bias { get; private set; }

    /// <summary>The number of spatial axes.</summary>
    private protected int Rank => _kernelSize.Length;

    private bool ChannelsFirst => DataFormat == "channels_first";

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        int axis = ChannelsFirst ? 1 : -1;
        int channels = LayerArguments.KnownDimension(this, inputShape, axis);
        CheckFits(inputShape);
        int results = AddKernels(channels, inputShape);
        if (UseBias) Bias = AddWeight("bias", [results], _bias);
        InputSpec = new InputSpec(ndim: Rank + 2, axes: new Dictionary<int, int> { [axis] = channels });
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        CheckFits(inputs.Shape);
        // The channels are last while bias and activation are computed: there they cost nothing.
        int[] spatial = [.. Enumerable.Range(2, Rank)];
        Tensor x = ChannelsFirst ? Ops.Transpose(inputs, [0, .. spatial, 1]) : inputs;
        x = LayerArguments.Naming(this, inputs.Shape, () => Convolve(x, _strides, _dilationRate));
        if (Bias != null) x = Ops.Add(x, Bias);
        if (!ChannelsFirst) return Activation.Apply(x);
        int[] back = [0, Rank + 1, .. spatial.Select(a => a - 1)];
        return Activation.IsElementwise ? Ops.Transpose(Activation.Apply(x), back) : Activation.Apply(Ops.Transpose(x, back));
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (ActivityRegularizer != null) return config;
        // Keras: has an entry also for none, and then in this place.
        return config.Placed("activity_regularizer", null, before: config.First(p => p.Key.EndsWith("_constraint", StringComparison.Ordinal)).Key);
    }

    /// <summary>Creates the kernels; the result is the number of result channels.</summary>
    private protected abstract int AddKernels(int channels, Shape inputShape);

    /// <summary>The sums for an input whose channels are last.</summary>
    private protected abstract Tensor Convolve(Tensor inputs, int[] strides, int[] dilationRate);

    /// <summary>Checks that the window fits into the input; with padding it always does.</summary>
    private protected virtual void CheckFits(Shape inputShape)
    {
        if (Padding == "valid") LayerArguments.WindowFits(this, "kernelSize", inputShape, ChannelsFirst ? 2 : 1, _kernelSize, _dilationRate);
    }

    /// <summary>Checks that the window does not both step and spread.</summary>
    private protected void CheckStrides()
    {
        if (_strides.Max() > 1 && _dilationRate.Max() > 1)
            throw new ArgumentException($"Layer '{Name}': strides and dilationRate cannot both be greater than 1; received strides=({string.Join(", ", _strides)}) and dilationRate=({string.Join(", ", _dilationRate)}).");
    }

    private protected Variable AddWeight(string name, Shape shape, WeightArguments arguments) =>
        AddWeight(name, shape, arguments.Initializer, regularizer: arguments.Regularizer, constraint: arguments.Constraint);
}

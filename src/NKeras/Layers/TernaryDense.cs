using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
using NKeras.Quantizers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// A densely connected layer that computes with -1, 0 and 1 in place of its kernel's numbers (<c>keras.layers.TernaryDense</c>).
/// The kernel itself is trained, as if its numbers were computed with.
/// </summary>
/// <remarks>Input (batch, …, features), result (batch, …, units); the kernel is (features, units), the bias (units).</remarks>
/// <example><code>
/// TernaryDense layer = new(64);
/// Tensor y = layer.Apply(x);       // (4, 32) gives (4, 64)
/// layer.Quantize("ternary");       // five weights in a byte; the results stay the same
/// </code></example>
public class TernaryDense : Layer
{
    private Variable? _kernel;
    private TernaryKernel? _stored;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">The number of results per row, greater than zero.</param>
    /// <param name="threshold">Up to which absolute value numbers count as 0; if omitted half the mean, and results are multiplied by the mean.</param>
    /// <param name="activation">Applied to the sums; none if omitted.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result; none if omitted.</param>
    /// <param name="kernelConstraint">What the kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="name">The name; <c>ternary_dense</c>, <c>ternary_dense_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no units, or the threshold is negative.</exception>
    public TernaryDense(
        int units,
        double? threshold = null,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype, activityRegularizer)
    {
        Units = LayerArguments.Positive(this, units);
        Threshold = threshold is { } given ? LayerArguments.NotNegative(this, given, nameof(threshold)) : null;
        Activation = activation ?? Activations.Linear;
        UseBias = useBias;
        KernelInitializer = kernelInitializer ?? "glorot_uniform";
        BiasInitializer = biasInitializer ?? "zeros";
        (KernelRegularizer, BiasRegularizer, KernelConstraint, BiasConstraint) = (kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint);
        InputSpec = new InputSpec(minNdim: 2);
        SupportsMasking = true;
    }

    /// <summary>The number of results per row.</summary>
    public int Units { get; }

    /// <summary>Up to which absolute value numbers count as 0; null for half the mean.</summary>
    public double? Threshold { get; }

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

    /// <summary>The kernel as it is stored: the numbers that are trained, or, if the layer is quantized, bytes of five each.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? _stored?.Values ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <summary>The bias, (units); null without one or before the layer is built.</summary>
    public Variable? Bias { get; private set; }

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        int features = LayerArguments.KnownDimension(this, inputShape, -1);
        Shape shape = [features, Units];
        if (QuantizationMode is { } mode) _stored = mode == "ternary" ? new TernaryKernel(this, shape, Threshold) : throw UnknownMode(mode);
        else _kernel = AddWeight("kernel", shape, KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (UseBias) Bias = AddWeight("bias", [Units], BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
        InputSpec = new InputSpec(minNdim: 2, axes: new Dictionary<int, int> { [-1] = features });
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor x;
        if (_stored != null)
        {
            x = Ops.Matmul(inputs, _stored.Kernel(training));
        }
        else
        {
            Tensor kernel = Kernel;
            x = Ops.Matmul(inputs, Ops.Add(kernel, Ops.StopGradient(Ops.Subtract(TernaryKernel.Signs(kernel, Threshold), kernel))));
            if (Threshold == null) x = Ops.Multiply(x, Ops.Mean(Ops.Abs(kernel)));
        }

        if (Bias != null) x = Ops.Add(x, Bias);
        return Activation.Apply(x);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig() => base.GetConfig().Placed("activity_regularizer", KerasSerializer.Serialize(ActivityRegularizer), before: "kernel_constraint");

    internal override IReadOnlyList<Variable> FileVariables =>
        !Built ? [] : [Kernel, .. Bias != null ? [Bias] : (Variable[])[], .. _stored?.Variables.Skip(1) ?? []];

    private protected override bool QuantizesAs(Type? type) => type == null || type == typeof(TernaryDense);

    private protected override void QuantizeTo(QuantizationConfig config)
    {
        if (config.Mode != "ternary") throw UnknownMode(config.Mode);
        Variable kernel = Kernel;
        TernaryKernel stored = new(this, kernel.Shape, Threshold);
        foreach ((Variable variable, Tensor value) in stored.Quantized(kernel.Value)) variable.Assign(value);
        _stored = stored;
        Remove(kernel);
        _kernel = null;
    }
}

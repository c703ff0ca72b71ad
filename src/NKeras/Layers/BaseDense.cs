using NKeras.Constraints;
using NKeras.DTypePolicies;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
using NKeras.Quantizers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>What densely connected layers have in common: <c>activation(inputs · kernel + bias)</c>, where the kernel may have a low-rank update and be quantized.</summary>
public abstract class BaseDense : QuantizableLayer
{
    private Variable? _kernel;
    private StoredKernel? _stored;
    private Shape? _kernelShape;

    private protected BaseDense(
        ActivationFunction? activation,
        Initializer? kernelInitializer,
        Initializer? biasInitializer,
        Regularizer? kernelRegularizer,
        Regularizer? biasRegularizer,
        Regularizer? activityRegularizer,
        Constraint? kernelConstraint,
        Constraint? biasConstraint,
        int? loraRank,
        double? loraAlpha,
        QuantizationConfig? quantizationConfig,
        string? name,
        bool trainable,
        DTypePolicy? dtype)
        : base(loraRank, loraAlpha, quantizationConfig, name, trainable, dtype, activityRegularizer)
    {
        Activation = activation ?? Activations.Linear;
        KernelInitializer = kernelInitializer ?? "glorot_uniform";
        BiasInitializer = biasInitializer ?? "zeros";
        (KernelRegularizer, BiasRegularizer, KernelConstraint, BiasConstraint) = (kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint);
    }

    /// <summary>Applied to the sums.</summary>
    public ActivationFunction Activation { get; }

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

    /// <summary>The kernel as it is stored: without a low-rank update, and in whole numbers if it is quantized.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    // Keras: with an update, or where numbers are packed, a tensor that is computed of it.
    public Variable Kernel => _kernel ?? _stored?.Values ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <summary>The kernel that the layer computes with, in floating point: with a low-rank update, if there is one.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Tensor EffectiveKernel => LowRank.Merge(_stored?.Kernel(training: false) ?? Kernel);

    /// <summary>The bias; null without one or before the layer is built.</summary>
    public Variable? Bias { get; private set; }

    /// <summary>The product of inputs and a kernel.</summary>
    private protected abstract Tensor Contract(Tensor inputs, Tensor kernel);

    private protected override LowRankTarget Target => new("kernel", Kernel, _kernelShape!, KernelRegularizer, KernelConstraint);

    private protected override bool TakesLowRank => _stored?.TakesLowRank ?? true;

    /// <summary>Creates the weights.</summary>
    /// <param name="kernelShape">The kernel's shape.</param>
    /// <param name="kernelInitializer">Makes the kernel.</param>
    /// <param name="biasShape">The bias's shape; null for none.</param>
    private protected void BuildWeights(Shape kernelShape, Initializer kernelInitializer, Shape? biasShape)
    {
        _kernelShape = kernelShape;
        _stored = QuantizationMode is { } mode ? StoreAs(mode, kernelShape) : null;
        if (_stored is null or { KeepsKernel: true }) _kernel = AddWeight("kernel", kernelShape, kernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (biasShape is not null) Bias = AddWeight("bias", biasShape, BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
        Built = true;
        LowRank.EnableIfAsked(Target);
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor x = _stored == null
            ? Contract(inputs, EffectiveKernel)
            : LowRank.AddTo(_stored.Results(Contract(_stored.Inputs(inputs, training), _stored.Kernel(training))), a => Contract(inputs, a));
        if (Bias != null) x = Ops.Add(x, _stored?.Bias(Bias) ?? Bias);
        return Activation.Apply(x);
    }

    private protected override void Store(string mode)
    {
        Variable kernel = Kernel;
        StoredKernel stored = StoreAs(mode, _kernelShape!);
        foreach ((Variable variable, Tensor value) in stored.Quantized(kernel.Value)) variable.Assign(value);
        _stored = stored;
        if (stored.KeepsKernel) return;
        Remove(kernel);
        _kernel = null;
    }

    internal override IReadOnlyList<Variable> FileVariables
    {
        get
        {
            Variable[] bias = Bias != null ? [Bias] : [];
            return _stored switch
            {
                null => _kernel != null ? [_kernel, .. bias] : [],
                CalibratedKernel => [.. bias, .. _stored.Variables],
                _ => [_stored.Values, .. bias, .. _stored.Variables.Skip(1)],
            };
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The layer is to be quantized by GPTQ or AWQ, but has not been calibrated.</exception>
    public override void SaveOwnVariables(IDictionary<string, Tensor> store)
    {
        if (_stored is CalibratedKernel { KeepsKernel: true })
            throw new InvalidOperationException($"Layer '{Name}' has mode '{QuantizationMode}' but has not been calibrated, so that its quantized weights mean nothing yet.");
        base.SaveOwnVariables(store);
    }

    /// <inheritdoc/>
    public override void LoadOwnVariables(IReadOnlyDictionary<string, Tensor> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        CalibratedKernel? calibrated = _stored as CalibratedKernel;
        string key = Bias == null ? "0" : "1";
        if (calibrated != null && store.TryGetValue(key, out Tensor? bytes)) store = new Dictionary<string, Tensor>(store) { [key] = calibrated.Packed(bytes) };
        base.LoadOwnVariables(store);
        calibrated?.MarkCalibrated();
    }

    private protected override IEnumerable<(Variable Variable, Tensor Value)> Merged() =>
        _stored?.Quantized(LowRank.Sum(_stored.Kernel(training: false)), asIsUsual: true) ?? [(Kernel, LowRank.Sum(Kernel))];

    /// <summary>Weights for a kernel that is stored in a mode's way.</summary>
    private protected virtual StoredKernel StoreAs(string mode, Shape shape) => mode switch
    {
        "float8" => new Float8Kernel(this, () => Kernel),
        "gptq" or "awq" => Calibrated(shape, mode == "awq", (QuantizationConfig, Policy) switch
        {
            (CalibrationConfig config, _) => (config.WeightBits, config.GroupSize),
            (_, GPTQDTypePolicy policy) => (policy.WeightBits, policy.GroupSize),
            (_, AWQDTypePolicy policy) => (policy.WeightBits, policy.GroupSize),
            _ => throw UnknownMode(mode),
        }),
        _ => throw UnknownMode(mode),
    };

    /// <summary>Weights for a kernel that GPTQ or AWQ quantized.</summary>
    private protected abstract StoredKernel Calibrated(Shape shape, bool isAwq, (int Bits, int GroupSize) format);

    /// <summary>The floating-point kernel, with which is computed until the layer is calibrated; null if it is.</summary>
    private protected Variable? FloatKernel => _kernel;
}

using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>The densely connected layer: <c>activation(inputs · kernel + bias)</c> (<c>keras.layers.Dense</c>).</summary>
/// <remarks>Input (batch, …, features), result (batch, …, units); the kernel is (features, units), the bias (units).</remarks>
public class Dense : Layer
{
    private Variable? _kernel;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">The number of results per row, greater than zero.</param>
    /// <param name="activation">Applied to the sums; none if omitted.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result; none if omitted.</param>
    /// <param name="kernelConstraint">What the kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="name">The name; <c>dense</c>, <c>dense_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no units.</exception>
    public Dense(
        int units,
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

    /// <summary>The kernel, (features, units).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <summary>The bias, (units); null without one or before the layer is built.</summary>
    public Variable? Bias { get; private set; }

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        int features = LayerArguments.KnownDimension(this, inputShape, -1);
        _kernel = AddWeight("kernel", [features, Units], KernelInitializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (UseBias) Bias = AddWeight("bias", [Units], BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
        InputSpec = new InputSpec(minNdim: 2, axes: new Dictionary<int, int> { [-1] = features });
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor x = Ops.Matmul(inputs, Kernel);
        if (Bias != null) x = Ops.Add(x, Bias);
        return Activation.Apply(x);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config["quantization_config"] = null;
        return config;
    }
}

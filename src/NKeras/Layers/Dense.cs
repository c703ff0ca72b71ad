using NKeras.Initializers;

namespace NKeras.Layers;

/// <summary>The densely connected layer: <c>activation(inputs · kernel + bias)</c> (<c>keras.layers.Dense</c>).</summary>
/// <remarks>Input (batch, …, features), result (batch, …, units); the kernel is (features, units), the bias (units).</remarks>
public class Dense : Layer
{
    private readonly Initializer _kernelInitializer;
    private readonly Initializer _biasInitializer;
    private Variable? _kernel;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">The number of results per row, greater than zero.</param>
    /// <param name="activation">Applied to the sums; none if omitted.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
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
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Units = LayerArguments.Positive(this, units);
        Activation = activation ?? Activations.Linear;
        UseBias = useBias;
        _kernelInitializer = kernelInitializer ?? "glorot_uniform";
        _biasInitializer = biasInitializer ?? "zeros";
        InputSpec = new InputSpec(minNdim: 2);
    }

    /// <summary>The number of results per row.</summary>
    public int Units { get; }

    /// <summary>Applied to the sums.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <summary>The kernel, (features, units).</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <summary>The bias, (units); null without one or before the layer is built.</summary>
    public Variable? Bias { get; private set; }

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        int features = LayerArguments.KnownDimension(this, inputShape, -1);
        _kernel = AddWeight("kernel", [features, Units], _kernelInitializer);
        if (UseBias) Bias = AddWeight("bias", [Units], _biasInitializer);
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
}

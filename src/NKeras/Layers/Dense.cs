using NKeras.Initializers;

namespace NKeras.Layers;

/// <summary>The densely connected layer: <c>activation(inputs · kernel + bias)</c> (<c>keras.layers.Dense</c>).</summary>
/// <remarks>Input (batch, …, features), result (batch, …, units).</remarks>
public sealed class Dense : Layer
{
    private readonly Initializer _kernelInitializer;
    private readonly Initializer _biasInitializer;
    private Variable? _kernel;
    private Variable? _bias;

    /// <summary>Creates the layer.</summary>
    public Dense(int units, bool useBias = true, Initializer? kernelInitializer = null, Initializer? biasInitializer = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Units = units;
        UseBias = useBias;
        _kernelInitializer = kernelInitializer ?? "glorot_uniform";
        _biasInitializer = biasInitializer ?? "zeros";
        InputSpec = new InputSpec(MinNdim: 2);
    }

    /// <summary>The number of results per row.</summary>
    public int Units { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        int features = inputShape[-1] ?? throw new ArgumentException($"Layer '{Name}' needs to know the last dimension of its input; received shape {inputShape}.");
        _kernel = AddWeight("kernel", [features, Units], _kernelInitializer);
        if (UseBias) _bias = AddWeight("bias", [Units], _biasInitializer);
        InputSpec = new InputSpec(MinNdim: 2, Axes: new Dictionary<int, int> { [-1] = features });
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor x = Ops.Matmul(inputs, _kernel!);
        return _bias == null ? x : Ops.Add(x, _bias);
    }
}

using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
using NKeras.Quantizers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>The densely connected layer: <c>activation(inputs · kernel + bias)</c> (<c>keras.layers.Dense</c>).</summary>
/// <remarks>Input (batch, …, features), result (batch, …, units); the kernel is (features, units), the bias (units).</remarks>
/// <example><code>
/// KerasTensor input = new Input([784]);
/// KerasTensor output = new Dense(10, activation: "softmax").Apply(new Dense(64, activation: "relu").Apply(input));   // (null, 10)
///
/// dense.EnableLora(rank: 4);      // fine-tunes two small matrices in place of the kernel
/// dense.Quantize("int8");         // a quarter of the memory
/// </code></example>
public class Dense : BaseDense
{
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
    /// <param name="loraRank">The rank of an update that is trained in the kernel's place (see <see cref="QuantizableLayer.EnableLora"/>); none if omitted.</param>
    /// <param name="loraAlpha">The update is multiplied by this over the rank; the rank if omitted.</param>
    /// <param name="quantizationConfig">How the kernel is quantized, if <paramref name="dtype"/> is a quantized policy; as is usual for it if omitted.</param>
    /// <param name="name">The name; <c>dense</c>, <c>dense_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no units, or the rank is negative.</exception>
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
        int? loraRank = null,
        double? loraAlpha = null,
        QuantizationConfig? quantizationConfig = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            activation, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint,
            loraRank, loraAlpha, quantizationConfig, name, trainable, dtype)
    {
        Units = LayerArguments.Positive(this, units);
        UseBias = useBias;
        InputSpec = new InputSpec(minNdim: 2);
        SupportsMasking = true;
    }

    /// <summary>The number of results per row.</summary>
    public int Units { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    private protected override bool TakesRagged => true;

    /// <inheritdoc/>
    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        int features = LayerArguments.KnownDimension(this, inputShape, -1);
        BuildWeights([features, Units], KernelInitializer, UseBias ? [Units] : null);
        InputSpec = new InputSpec(minNdim: 2, axes: new Dictionary<int, int> { [-1] = features });
    }

    private protected override Tensor Contract(Tensor inputs, Tensor kernel) => Ops.Matmul(inputs, kernel);

    private protected override bool QuantizesAs(Type? type) => type == null || type == typeof(Dense);

    private protected override StoredKernel StoreAs(string mode, Shape shape) => mode switch
    {
        "int8" => Whole(8, null, new AbsMaxQuantizer(), shape),
        "int4" => Whole(4, BlockSize, null, shape),
        "ternary" => new TernaryKernel(this, shape),
        _ => base.StoreAs(mode, shape),
    };

    private protected override StoredKernel Calibrated(Shape shape, bool isAwq, (int Bits, int GroupSize) format) =>
        new CalibratedKernel(this, shape, shape.Dims[0], format.Bits, format.GroupSize, isAwq, "kernel_zero", FloatKernel);

    private MatrixKernel Whole(int bits, int? blockSize, Quantizer? usual, Shape shape) => new(
        new QuantizedMatrix(this, "kernel", shape, bits, axis: 0, blockSize: blockSize), shape, QuantizationConfig?.WeightQuantizer, blockSize == null ? ActivationQuantizer(usual) : null, -1);
}

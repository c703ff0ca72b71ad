using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers.Quantization;
using NKeras.Quantizers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// A densely connected layer for tensors of any rank (<c>keras.layers.EinsumDense</c>): <c>activation(einsum(equation, inputs, kernel) + bias)</c>.
/// </summary>
/// <remarks>
/// The equation says which shapes input, kernel and result have: <c>"abc,cd->abd"</c>, or with an ellipsis for any number of axes <c>"...x,xy->...y"</c> and
/// <c>"ab...,bc->ac..."</c>. The kernel has an axis for each of its letters; the bias has those of the result from the first of <c>biasAxes</c> on, with one element
/// along axes that <c>biasAxes</c> does not name.
/// </remarks>
/// <example><code>
/// Tensor words = RandomOps.Normal([2, 32, 128]);
/// EinsumDense dense = new("abc,cd->abd", outputShape: [null, 64], biasAxes: "d");
/// Tensor y = dense.Apply(words); // (2, 32, 64)
/// </code></example>
public class EinsumDense : BaseDense
{
    private readonly KernelEquation _equation;

    /// <summary>Creates the layer.</summary>
    /// <param name="equation">The einsum of input and kernel: <c>"[X],[Y]->[Z]"</c>, <c>"...[X],[Y]->...[Z]"</c> or <c>"[X]...,[Y]->[Z]..."</c>.</param>
    /// <param name="outputShape">The result's dimensions without the batch's and those of an ellipsis; null where the input decides.</param>
    /// <param name="activation">Applied to the sums; none if omitted.</param>
    /// <param name="biasAxes">The axes of the result, as letters of the equation, that a bias is added along; no bias if omitted.</param>
    /// <param name="kernelInitializer">Makes the kernel; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the bias; <c>"zeros"</c> if omitted.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on the bias; none if omitted.</param>
    /// <param name="kernelConstraint">What the kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="biasConstraint">What the bias is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="loraRank">The rank of an update that is trained in the kernel's place (see <see cref="QuantizableLayer.EnableLora"/>); none if omitted.</param>
    /// <param name="loraAlpha">The update is multiplied by this over the rank; the rank if omitted.</param>
    /// <param name="gptqUnpackedColumnSize">The columns of the kernel as the matrix that GPTQ quantizes; found from its shape.</param>
    /// <param name="quantizationConfig">How the kernel is quantized, if <paramref name="dtype"/> is a quantized policy; as is usual for it if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result; none if omitted.</param>
    /// <param name="name">The name; <c>einsum_dense</c>, <c>einsum_dense_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">The equation has another form, or an axis of the kernel, the result or the bias comes from nowhere.</exception>
    public EinsumDense(
        string equation,
        PartialShape outputShape,
        ActivationFunction? activation = null,
        string? biasAxes = null,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        int? loraRank = null,
        double? loraAlpha = null,
        int? gptqUnpackedColumnSize = null,
        QuantizationConfig? quantizationConfig = null,
        Regularizer? activityRegularizer = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            activation, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint, biasConstraint,
            loraRank, loraAlpha, quantizationConfig, name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(outputShape);
        _equation = KernelEquation.Parse(this, equation);
        (Equation, OutputShape, BiasAxes) = (equation, outputShape, _equation.CheckBias(biasAxes));
        GptqUnpackedColumnSize = gptqUnpackedColumnSize;
    }

    /// <summary>The einsum of input and kernel.</summary>
    public string Equation { get; }

    /// <summary>The result's dimensions as they were given.</summary>
    public PartialShape OutputShape { get; }

    /// <summary>The axes that a bias is added along; null for no bias.</summary>
    public string? BiasAxes { get; }

    /// <summary>The columns of the kernel as the matrix that GPTQ quantizes; null if it has not.</summary>
    public int? GptqUnpackedColumnSize { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape does not fit the equation, or leaves a dimension of the weights unknown.</exception>
    public override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        (Shape kernel, Shape? bias) = _equation.ShapesFor(inputShape, OutputShape.Shape, BiasAxes);
        (int[] inputs, int[] outputs) = _equation.KernelAxes();
        Initializer initializer = KernelInitializer is VarianceScaling { HasAxes: false } scaling ? scaling.Along(inputs, outputs) : KernelInitializer;
        InputSpec = new InputSpec(ndim: inputShape.Rank);
        BuildWeights(kernel, initializer, bias);
    }

    private protected override Tensor Contract(Tensor inputs, Tensor kernel) => Ops.Einsum(Equation, inputs, kernel);

    private protected override bool QuantizesAs(Type? type) => type == null || type == typeof(EinsumDense);

    private protected override StoredKernel StoreAs(string mode, Shape shape)
    {
        switch (mode)
        {
            case "int8":
                return new Int8EinsumKernel(this, _equation, shape, InputSpec!.Ndim!.Value, QuantizationConfig?.WeightQuantizer, ActivationQuantizer(new AbsMaxQuantizer()));
            case "int4":
                // Keras: as here, the kernel is cut into rows as it lies in memory, whichever of its axes are summed over.
                int rows = _equation.KernelAxes().Inputs.Aggregate(1, (n, axis) => n * shape.Dims[axis]);
                QuantizedMatrix matrix = new(this, "kernel", [rows, shape.Size / rows], bits: 4, axis: 0, blockSize: BlockSize);
                return new MatrixKernel(matrix, shape, null, BlockSize == null ? ActivationQuantizer(null) : null, _equation.InputAxes());
            default:
                return base.StoreAs(mode, shape);
        }
    }

    private protected override StoredKernel Calibrated(Shape shape, bool isAwq, (int Bits, int GroupSize) format)
    {
        if (shape.Rank is not (2 or 3)) throw new ArgumentException($"Layer '{Name}': GPTQ and AWQ quantize kernels with 2 or 3 axes; this one has shape {shape}.");
        // Keras: tells by the largest dimension which axes are those of the model's width.
        int rows = shape.Rank == 2 || shape.Dims.IndexOf(shape.Max()!.Value) == 0 ? shape.Dims[0] : shape.Dims[0] * shape.Dims[1];
        if (!isAwq) GptqUnpackedColumnSize = shape.Size / rows;
        return new CalibratedKernel(this, shape, rows, format.Bits, format.GroupSize, isAwq, "zero_point", FloatKernel);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig()
            .Moved("output_shape", before: "equation")
            .Placed("activity_regularizer", KerasSerializer.Serialize(ActivityRegularizer), before: "kernel_constraint");
        config.Remove("gptq_unpacked_column_size");
        if (GptqUnpackedColumnSize is > 0) config["gptq_unpacked_column_size"] = GptqUnpackedColumnSize;
        return config;
    }
}

using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;

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
public class EinsumDense : Layer
{
    private readonly KernelEquation _equation;
    private Variable? _kernel;

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
        Regularizer? activityRegularizer = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(name, trainable, dtype, activityRegularizer)
    {
        ArgumentNullException.ThrowIfNull(outputShape);
        _equation = KernelEquation.Parse(this, equation);
        (Equation, OutputShape, BiasAxes) = (equation, outputShape, _equation.CheckBias(biasAxes));
        Activation = activation ?? Activations.Linear;
        KernelInitializer = kernelInitializer ?? "glorot_uniform";
        BiasInitializer = biasInitializer ?? "zeros";
        (KernelRegularizer, BiasRegularizer, KernelConstraint, BiasConstraint) = (kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint);
    }

    /// <summary>The einsum of input and kernel.</summary>
    public string Equation { get; }

    /// <summary>The result's dimensions as they were given.</summary>
    public PartialShape OutputShape { get; }

    /// <summary>Applied to the sums.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>The axes that a bias is added along; null for no bias.</summary>
    public string? BiasAxes { get; }

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

    /// <summary>The kernel, with an axis for each of its letters in the equation.</summary>
    /// <exception cref="InvalidOperationException">The layer has not been built.</exception>
    public Variable Kernel => _kernel ?? throw LayerArguments.NotBuilt(this, "kernel");

    /// <summary>The bias; null without one or before the layer is built.</summary>
    public Variable? Bias { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape does not fit the equation, or leaves a dimension of the weights unknown.</exception>
    public override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        (Shape kernel, Shape? bias) = _equation.ShapesFor(inputShape, OutputShape.Shape, BiasAxes);
        (int[] inputs, int[] outputs) = _equation.KernelAxes();
        Initializer initializer = KernelInitializer is VarianceScaling { HasAxes: false } scaling ? scaling.Along(inputs, outputs) : KernelInitializer;
        _kernel = AddWeight("kernel", kernel, initializer, regularizer: KernelRegularizer, constraint: KernelConstraint);
        if (bias is not null) Bias = AddWeight("bias", bias, BiasInitializer, regularizer: BiasRegularizer, constraint: BiasConstraint);
        InputSpec = new InputSpec(ndim: inputShape.Rank);
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        Tensor x = Ops.Einsum(Equation, inputs, Kernel);
        if (Bias != null) x = Ops.Add(x, Bias);
        return Activation.Apply(x);
    }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config.Remove("output_shape", out JsonNode? shape);
        config.Insert(config.IndexOf("equation"), "output_shape", shape);
        if (ActivityRegularizer == null) config.Insert(config.IndexOf("kernel_constraint"), "activity_regularizer", null);
        config["quantization_config"] = null;
        return config;
    }
}

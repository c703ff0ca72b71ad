using NKeras.Constraints;
using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Initializers;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>One step of the convolutional LSTM layers: an <see cref="LSTMCell"/> whose products are convolutions.</summary>
internal sealed class ConvLSTMCell : BaseRNNCell
{
    private readonly int[] _kernelSize;
    private readonly int[] _strides;
    private readonly int[] _dilationRate;

    /// <summary>The shape of an input and of a state, without the batch's dimension.</summary>
    private int[] _inputDims = [];
    private int[] _stateDims = [];

    public ConvLSTMCell(
        int filters,
        WindowArguments window,
        ActivationFunction? activation,
        ActivationFunction? recurrentActivation,
        bool useBias,
        Initializer? kernelInitializer,
        Initializer? recurrentInitializer,
        Initializer? biasInitializer,
        bool unitForgetBias,
        Regularizer? kernelRegularizer,
        Regularizer? recurrentRegularizer,
        Regularizer? biasRegularizer,
        Constraint? kernelConstraint,
        Constraint? recurrentConstraint,
        Constraint? biasConstraint,
        double dropout,
        double recurrentDropout,
        int? seed,
        bool trainable,
        DTypePolicy? dtype)
        : base(
            activation,
            useBias,
            kernelInitializer,
            recurrentInitializer,
            biasInitializer,
            kernelRegularizer,
            recurrentRegularizer,
            biasRegularizer,
            kernelConstraint,
            recurrentConstraint,
            biasConstraint,
            dropout,
            recurrentDropout,
            seed,
            "conv_lstm_cell",
            trainable,
            dtype)
    {
        (int[] kernelSize, int[] strides, string padding, string? dataFormat, int[] dilationRate) = window;
        Filters = LayerArguments.Positive(this, filters);
        _kernelSize = LayerArguments.Positive(this, kernelSize);
        _strides = LayerArguments.Positive(this, strides);
        _dilationRate = LayerArguments.Positive(this, dilationRate);
        Padding = LayerArguments.OneOf(this, ["valid", "same"], padding);
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        if (strides.Max() > 1 && dilationRate.Max() > 1)
            throw new ArgumentException($"Layer '{Name}': strides and dilationRate cannot both be greater than 1; received strides=({string.Join(", ", strides)}) and dilationRate=({string.Join(", ", dilationRate)}).");
        RecurrentActivation = recurrentActivation ?? Activations.Sigmoid;
        UnitForgetBias = unitForgetBias;
        InputSpec = new InputSpec(ndim: Rank + 2);
    }

    public int Filters { get; }

    public IReadOnlyList<int> KernelSize => _kernelSize;

    public IReadOnlyList<int> Strides => _strides;

    public string Padding { get; }

    public string DataFormat { get; }

    public IReadOnlyList<int> DilationRate => _dilationRate;

    public ActivationFunction RecurrentActivation { get; }

    public bool UnitForgetBias { get; }

    /// <summary>The number of channels of each state.</summary>
    public override Ints StateSize => (Filters, Filters);

    private protected override int Gates => 4;

    private protected override int Masks => Gates;

    private protected override int[] InputDims => _inputDims;

    private int Rank => _kernelSize.Length;

    private bool ChannelsFirst => DataFormat == "channels_first";

    private int ChannelAxis => ChannelsFirst ? 1 : -1;

    public override void Build(Shape inputShape)
    {
        InputSpec!.Check(Name, inputShape);
        int channels = LayerArguments.KnownDimension(this, inputShape, ChannelAxis);
        if (!new Shape(inputShape.Dims[1..]).IsKnown)
            throw new ArgumentException($"Layer '{Name}' needs to know the spatial dimensions of its input, since its states have them; received shape {inputShape}.", nameof(inputShape));
        if (Padding == "valid") LayerArguments.WindowFits(this, "kernelSize", inputShape, ChannelsFirst ? 2 : 1, _kernelSize, _dilationRate);
        Shape kernel = new([.. _kernelSize, channels, 4 * Filters]), recurrentKernel = new([.. _kernelSize, Filters, 4 * Filters]);
        _inputDims = inputShape.Dims[1..].ToArray();
        TensorSpec[] specs = [new(new Shape([1, .. _inputDims]), DType.Float32), new(new Shape([.. _kernelSize, channels, Filters]), DType.Float32)];
        _stateDims = Trace.InferSpecs(specs, a => [InputConvolution(a[0], a[1])])[0].Shape.Dims[1..].ToArray();
        AddWeights(kernel, recurrentKernel, [4 * Filters], UnitForgetBias ? new ForgetGateBias(BiasInitializer) : BiasInitializer);
        InputSpec = new InputSpec(shape: new Shape([Shape.Unknown, .. _inputDims]));
    }

    public override Tensors GetInitialState(int? batchSize = null)
    {
        Shape shape = new([batchSize ?? Shape.Unknown, .. _stateDims]);
        return [Zeros(shape), Zeros(shape)];
    }

    private protected override CellStep Begin(Tensor[]? inputMasks, Tensor[]? stateMasks)
    {
        Tensor kernel = Kernel, recurrentKernel = RecurrentKernel;
        Tensor? bias = Bias?.Value;
        if (bias is not null && ChannelsFirst) bias = Ops.Reshape(bias, new Shape([4 * Filters, .. Enumerable.Repeat(1, Rank)]));
        return new CellStep(
            x =>
            {
                Tensor sums = Convolved(x, inputMasks, kernel);
                return bias is null ? sums : sums + bias;
            },
            (x, states) =>
            {
                Tensor sums = x + Product(states[0], recurrentKernel, stateMasks, StateConvolution, ChannelAxis);
                return LSTMCell.Gated(Ops.Split(sums, 4, ChannelAxis), states[1], Activation, RecurrentActivation);
            });
    }

    /// <summary>The convolution of inputs, which may be those of all steps, with the time in front.</summary>
    private Tensor Convolved(Tensor x, Tensor[]? masks, Tensor kernel)
    {
        if (x.Rank == Rank + 2) return Product(x, kernel, masks, InputConvolution, ChannelAxis);
        int[] front = x.Shape.Dims[..2].ToArray();
        if (front.Contains(Shape.Unknown))
        {
            // Shapes are being inferred: two unknown dimensions cannot be told apart once they have become one.
            int[] dims = [.. _stateDims];
            dims[ChannelsFirst ? 0 : ^1] = 4 * Filters;
            return PrimitiveOps.Filled(new TensorSpec(new Shape([.. front, .. dims]), x.DType), 0);
        }

        // Masks are a batch's, the same at all steps.
        return Product(x, kernel, masks, (steps, k) =>
        {
            Tensor rows = InputConvolution(Ops.Reshape(steps, new Shape([front[0] * front[1], .. steps.Shape.Dims[2..]])), k);
            return Ops.Reshape(rows, new Shape([.. front, .. rows.Shape.Dims[1..]]));
        }, ChannelsFirst ? 2 : -1);
    }

    private Tensor InputConvolution(Tensor x, Tensor kernel) => Ops.Conv(x, kernel, _strides, Padding, DataFormat, _dilationRate);

    private Tensor StateConvolution(Tensor x, Tensor kernel) => Ops.Conv(x, kernel, padding: "same", dataFormat: DataFormat);
}

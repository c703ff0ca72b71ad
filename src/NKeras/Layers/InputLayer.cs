namespace NKeras.Layers;

/// <summary>The entrance of a model (<c>keras.layers.InputLayer</c>). Usually made by <see cref="Input"/>.</summary>
public sealed class InputLayer : Layer
{
    /// <summary>Creates an entrance and its symbolic tensor.</summary>
    /// <param name="shape">The dimensions of one sample, without the batch's.</param>
    /// <param name="batchSize">The number of samples, if it is fixed.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="batchShape">The dimensions with the batch's, in place of <paramref name="shape"/>.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">Both or neither of the shapes are given, or a batch size with a batch shape.</exception>
    public InputLayer(Shape? shape = null, int? batchSize = null, DType? dtype = null, Shape? batchShape = null, string? name = null)
        : this(shape, batchSize, dtype, batchShape, name, connect: true)
    {
    }

    internal InputLayer(Shape? shape, int? batchSize, DType? dtype, Shape? batchShape, string? name, bool connect)
        : base(name)
    {
        if (shape is null == batchShape is null)
            throw new ArgumentException($"Input '{Name}' takes shape (without the batch) or batchShape (with it): one of the two, not {(shape is null ? "neither" : "both")}.");
        if (batchShape is not null && batchSize != null)
            throw new ArgumentException($"Input '{Name}' takes batchSize with shape, not with batchShape, which has the batch size in front.");
        if (batchSize < 0) throw new ArgumentException($"Input '{Name}': batchSize is {batchSize}; it cannot be negative.", nameof(batchSize));
        BatchShape = batchShape ?? Shape.Create([batchSize, .. shape!]);
        DType = dtype ?? Config.Floatx();
        Built = true;
        if (connect) Connect(new KerasTensor(new Engine.TensorSpec(BatchShape, DType), Name));
    }

    /// <summary>The dimensions, the batch's included.</summary>
    public Shape BatchShape { get; }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>The symbolic tensor that stands for the model's input.</summary>
    public KerasTensor Output { get; private set; } = null!;

    /// <summary>The input itself.</summary>
    public override Tensor Call(Tensor inputs, bool training = false) => inputs;

    internal void Connect(KerasTensor output)
    {
        Output = output;
        ConnectInput(output);
    }
}

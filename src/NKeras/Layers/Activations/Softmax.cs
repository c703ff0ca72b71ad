namespace NKeras.Layers;

/// <summary>Exponentials scaled to add up to one along an axis (<c>keras.layers.Softmax</c>). The result has the input's shape.</summary>
public sealed class Softmax : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis; negative ones count from the end.</param>
    /// <param name="name">The name; <c>softmax</c>, <c>softmax_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Softmax(int axis = -1, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Axis = axis;
        InputSpec = new InputSpec(minNdim: axis < 0 ? -axis : axis + 1);
        Built = true;
    }

    /// <summary>The axis.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.Softmax(inputs, Axis);
}

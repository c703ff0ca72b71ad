namespace NKeras.Layers;

/// <summary>Makes one row of each sample (<c>keras.layers.Flatten</c>): (batch, …) becomes (batch, elements), (batch) becomes (batch, 1).</summary>
public sealed class Flatten : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_first"</c> moves axis 1 to the end first, so that weights fit both formats; the global setting if omitted.</param>
    /// <param name="name">The name; <c>flatten</c>, <c>flatten_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The data format is unknown.</exception>
    public Flatten(string? dataFormat = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        DataFormat = LayerArguments.DataFormat(this, dataFormat);
        InputSpec = new InputSpec(minNdim: 1);
    }

    /// <summary>Where the channels are.</summary>
    public string DataFormat { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false)
    {
        int rank = inputs.Rank;
        if (DataFormat == "channels_first" && rank > 2) inputs = Ops.Transpose(inputs, [0, .. Enumerable.Range(2, rank - 2), 1]);
        int? elements = 1;
        for (int i = 1; i < rank; i++) elements *= inputs.Shape[i];
        return Ops.Reshape(inputs, [inputs.Shape[0], elements]);
    }
}

namespace NKeras.Layers;

/// <summary>The mean of each channel of a sequence (<c>keras.layers.GlobalAveragePooling1D</c>); steps that are masked do not count.</summary>
/// <remarks>
/// Input (batch, steps, channels), or (batch, channels, steps) with <c>"channels_first"</c>; result (batch, channels), with a
/// dimension of one in place of the steps if it is kept.
/// </remarks>
public sealed class GlobalAveragePooling1D : BaseGlobalPooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="keepdims">Whether the steps stay, with dimension one.</param>
    /// <param name="name">The name; <c>global_average_pooling1d</c>, <c>global_average_pooling1d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The data format is unknown.</exception>
    public GlobalAveragePooling1D(string? dataFormat = null, bool keepdims = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(1, dataFormat, keepdims, name, trainable, dtype)
    {
    }

    private protected override bool TakesRagged => DataFormat == "channels_last";

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training, Tensor? mask)
    {
        if (inputs is RaggedTensor rows) return Keepdims ? Ops.ExpandDims(rows.RowMeans(), 1) : rows.RowMeans();
        if (mask is null) return Ops.Mean(inputs, PositionAxes, Keepdims);
        LayerArguments.MaskFits(this, mask, DataFormat == "channels_first" ? [inputs.Shape[0], inputs.Shape[2], inputs.Shape[1]] : inputs.Shape);
        Tensor counts = Ops.ExpandDims(Ops.Cast(mask, DType.Bool), DataFormat == "channels_first" ? 1 : 2);
        Tensor sum = Ops.Sum(Ops.Where(counts, inputs, 0), PositionAxes, Keepdims);
        return Ops.Divide(sum, Ops.Sum(Ops.Cast(counts, inputs.DType), PositionAxes, Keepdims));
    }

    /// <summary>None: there are no steps left.</summary>
    public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask = null) => null;
}

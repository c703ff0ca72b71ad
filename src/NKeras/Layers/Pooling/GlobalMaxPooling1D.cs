namespace NKeras.Layers;

/// <summary>The greatest element of each channel of a sequence (<c>keras.layers.GlobalMaxPooling1D</c>).</summary>
/// <remarks>
/// Input (batch, steps, channels), or (batch, channels, steps) with <c>"channels_first"</c>; result (batch, channels), with a
/// dimension of one in place of the steps if it is kept.
/// </remarks>
public sealed class GlobalMaxPooling1D : BaseGlobalPooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="keepdims">Whether the steps stay, with dimension one.</param>
    /// <param name="name">The name; <c>global_max_pooling1d</c>, <c>global_max_pooling1d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The data format is unknown.</exception>
    public GlobalMaxPooling1D(string? dataFormat = null, bool keepdims = false, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(1, dataFormat, keepdims, name, trainable, dtype)
    {
    }

    private protected override bool TakesRagged => DataFormat == "channels_last";

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) =>
        Ops.Max(inputs is RaggedTensor rows ? rows.ToTensor(double.NegativeInfinity) : inputs, PositionAxes, Keepdims);
}

namespace NKeras.Layers;

/// <summary>Exponentials scaled to add up to one along axes (<c>keras.layers.Softmax</c>). The result has the input's shape; it is zero where the input is masked.</summary>
/// <example><code>
/// Tensor y = new Softmax().Apply(logits, mask: allowed);
/// </code></example>
public sealed class Softmax : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="axis">The axis, or axes; negative ones count from the end. The last if omitted.</param>
    /// <param name="name">The name; <c>softmax</c>, <c>softmax_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The list of axes is empty.</exception>
    public Softmax(Ints? axis = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Axis = LayerArguments.Axes(this, axis ?? -1);
        InputSpec = new InputSpec(minNdim: Axis.Max(a => a < 0 ? -a : a + 1));
        SupportsMasking = true;
        Built = true;
    }

    /// <summary>The axis, or axes.</summary>
    public Ints Axis { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training, Tensor? mask)
    {
        if (mask is null) return Ops.Softmax(inputs, Axis);
        CheckBroadcasts(mask.Shape, inputs.Shape);
        Tensor counts = mask.DType == DType.Bool ? mask : Ops.Greater(mask, 0.5);
        // So small that it vanishes beside the rest, but finite in the type: where all is masked, no NaN arises.
        Tensor masked = Ops.Where(counts, inputs, inputs.DType == DType.Float16 ? -3e4 : -1e9);
        return Ops.Where(counts, Ops.Softmax(masked, Axis), 0.0);
    }

    private void CheckBroadcasts(Shape mask, Shape input)
    {
        bool fits = mask.Rank <= input.Rank;
        for (int fromEnd = 1; fits && fromEnd <= mask.Rank; fromEnd++) fits = LayerArguments.Spreads(mask[-fromEnd], input[-fromEnd]);
        if (!fits)
            throw new ArgumentException($"Layer '{Name}' takes a mask that broadcasts to its input; received a mask of shape {mask} for an input of shape {input}.", nameof(mask));
    }
}

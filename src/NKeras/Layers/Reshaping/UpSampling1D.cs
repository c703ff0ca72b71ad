namespace NKeras.Layers;

/// <summary>Repeats each step of sequences (<c>keras.layers.UpSampling1D</c>).</summary>
/// <remarks>Input (batch, steps, channels), result (batch, steps · size, channels).</remarks>
/// <example><code>
/// Tensor x = Tensor.From([1f, 2], [1, 2, 1]);
/// Tensor y = new UpSampling1D(2).Apply(x); // 1, 1, 2, 2
/// </code></example>
public sealed class UpSampling1D : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="size">How often each step is repeated.</param>
    /// <param name="name">The name; <c>up_sampling1d</c>, <c>up_sampling1d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The size is not positive.</exception>
    public UpSampling1D(int size = 2, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        Size = LayerArguments.Positive(this, size);
        InputSpec = new InputSpec(ndim: 3);
    }

    /// <summary>How often each step is repeated.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.Repeat(inputs, Size, axis: 1);
}

namespace NKeras.Layers;

/// <summary>Cuts off the ends of sequences (<c>keras.layers.Cropping1D</c>).</summary>
/// <remarks>Input (batch, steps, channels), result (batch, new steps, channels).</remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 5, 4]);
/// Tensor y = new Cropping1D((1, 2)).Apply(x); // [2, 2, 4]
/// </code></example>
public sealed class Cropping1D : BaseCropping
{
    /// <summary>Creates the layer.</summary>
    /// <param name="cropping">Before and after the steps: <c>1</c> for both, or <c>(1, 2)</c>; 1 if omitted.</param>
    /// <param name="name">The name; <c>cropping1d</c>, <c>cropping1d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public Cropping1D(Ints2? cropping = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base([cropping ?? 1], "channels_last", name, trainable, dtype)
    {
        Cropping = cropping ?? 1;
    }

    /// <summary>How many elements are cut off before and after the steps.</summary>
    public Ints2 Cropping { get; }
}

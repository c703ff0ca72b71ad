namespace NKeras.Layers;

/// <summary>The mean of each of a given number of parts of images (<c>keras.layers.AdaptiveAveragePooling2D</c>).</summary>
/// <remarks>
/// Input (batch, rows, columns, channels), result (batch, outputSize…, channels); with <c>"channels_first"</c> the channels are
/// axis 1 of both. Part i of n of an axis goes from i / n of its length, rounded down, to (i + 1) / n, rounded up.
/// </remarks>
/// <example><code>
/// Tensor x = RandomOps.Normal([4, 10, 10, 3]);
/// Tensor y = new AdaptiveAveragePooling2D(4).Apply(x); // [4, 4, 4, 3]
/// </code></example>
public sealed class AdaptiveAveragePooling2D : BaseAdaptivePooling
{
    /// <summary>Creates the layer.</summary>
    /// <param name="outputSize">The number of parts along rows and columns: <c>4</c> or <c>(4, 3)</c>.</param>
    /// <param name="dataFormat"><c>"channels_last"</c> or <c>"channels_first"</c>; the global setting if omitted.</param>
    /// <param name="name">The name; <c>adaptive_average_pooling2d</c>, <c>adaptive_average_pooling2d_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">A number is not positive, or a word is unknown.</exception>
    public AdaptiveAveragePooling2D(
        Ints2 outputSize,
        string? dataFormat = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(max: false, [.. outputSize], dataFormat, name, trainable, dtype)
    {
    }
}

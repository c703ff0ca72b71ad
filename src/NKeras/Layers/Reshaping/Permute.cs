namespace NKeras.Layers;

/// <summary>Puts the axes of each sample in another order (<c>keras.layers.Permute</c>).</summary>
/// <remarks>Input (batch, …), result the same with axis <c>dims[i]</c> of the input as axis i + 1.</remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 10, 64]);
/// Tensor y = new Permute([2, 1]).Apply(x); // [2, 64, 10]
/// </code></example>
public sealed class Permute : Layer
{
    private readonly int[] _dims;

    /// <summary>Creates the layer.</summary>
    /// <param name="dims">The axes of the input in the order of the result's, counted from 1; the batch's stays in front.</param>
    /// <param name="name">The name; <c>permute</c>, <c>permute_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The axes are not 1, 2, … in some order.</exception>
    public Permute(Ints dims, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        ArgumentNullException.ThrowIfNull(dims);
        if (!dims.Order().SequenceEqual(Enumerable.Range(1, dims.Count)))
            throw new ArgumentException($"Layer '{Name}': dims are the axes from 1 to {dims.Count}, each once; received {dims}.", nameof(dims));
        _dims = [.. dims];
        InputSpec = new InputSpec(ndim: _dims.Length + 1);
    }

    /// <summary>The axes of the input in the order of the result's.</summary>
    public IReadOnlyList<int> Dims => _dims;

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.Transpose(inputs, [0, .. _dims]);
}

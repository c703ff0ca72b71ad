namespace NKeras.Layers;

/// <summary>The least of its inputs, element by element with broadcasting (<c>keras.layers.Minimum</c>).</summary>
/// <remarks>An input does not count where it is masked.</remarks>
/// <example><code>
/// KerasTensor least = new Minimum().Apply(a, b);
/// </code></example>
public sealed class Minimum : Merge
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">The name; <c>minimum</c>, <c>minimum_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Minimum(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
    }

    private protected override Tensor Combine(IReadOnlyList<Tensor> inputs) => CombineUnmasked(inputs, Ops.Minimum);
}

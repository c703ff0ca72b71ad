namespace NKeras.Layers;

/// <summary>The sum of its inputs, element by element with broadcasting (<c>keras.layers.Add</c>).</summary>
/// <example><code>
/// KerasTensor sum = new Add().Apply(a, b);
/// </code></example>
public sealed class Add : Merge
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">The name; <c>add</c>, <c>add_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Add(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
    }

    private protected override Tensor Combine(IReadOnlyList<Tensor> inputs) => inputs.Aggregate(Ops.Add);
}

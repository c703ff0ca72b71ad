namespace NKeras.Layers;

/// <summary>The mean of its inputs, element by element with broadcasting (<c>keras.layers.Average</c>).</summary>
/// <example><code>
/// KerasTensor mean = new Average().Apply(a, b, c);
/// </code></example>
public sealed class Average : Merge
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">The name; <c>average</c>, <c>average_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Average(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
    }

    private protected override Tensor Combine(IReadOnlyList<Tensor> inputs) => Ops.Divide(inputs.Aggregate(Ops.Add), inputs.Count);
}

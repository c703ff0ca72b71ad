namespace NKeras.Layers;

/// <summary>The first input minus the second, element by element with broadcasting (<c>keras.layers.Subtract</c>).</summary>
/// <example><code>
/// KerasTensor difference = new Subtract().Apply(a, b);
/// </code></example>
public sealed class Subtract : Merge
{
    /// <summary>Creates the layer.</summary>
    /// <param name="name">The name; <c>subtract</c>, <c>subtract_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    public Subtract(string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
    }

    private protected override Tensor Combine(IReadOnlyList<Tensor> inputs) => inputs.Count == 2
        ? Ops.Subtract(inputs[0], inputs[1])
        : throw new ArgumentException($"Layer '{Name}' takes a list of 2 inputs; received {inputs.Count}, of shapes {string.Join(", ", inputs.Select(t => t.Shape))}.", nameof(inputs));
}

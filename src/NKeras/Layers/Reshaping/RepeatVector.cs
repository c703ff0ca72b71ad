namespace NKeras.Layers;

/// <summary>Makes a sequence of each vector, by repeating it (<c>keras.layers.RepeatVector</c>).</summary>
/// <remarks>Input (batch, features), result (batch, n, features).</remarks>
/// <example><code>
/// Tensor x = Ops.Ones([2, 32]);
/// Tensor y = new RepeatVector(3).Apply(x); // [2, 3, 32]
/// </code></example>
public sealed class RepeatVector : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="n">How often each vector is repeated.</param>
    /// <param name="name">The name; <c>repeat_vector</c>, <c>repeat_vector_1</c>, … if omitted.</param>
    /// <param name="trainable">Kept for the layer's configuration; there are no weights.</param>
    /// <param name="dtype">The type to compute in; the global policy's if omitted.</param>
    /// <exception cref="ArgumentException">The number is not positive.</exception>
    public RepeatVector(int n, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        N = LayerArguments.Positive(this, n);
        InputSpec = new InputSpec(ndim: 2);
    }

    /// <summary>How often each vector is repeated.</summary>
    public int N { get; }

    /// <inheritdoc/>
    public override Tensor Call(Tensor inputs, bool training = false) => Ops.Repeat(Ops.ExpandDims(inputs, 1), N, axis: 1);
}

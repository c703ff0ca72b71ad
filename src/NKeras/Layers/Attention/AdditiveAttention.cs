namespace NKeras.Layers;

/// <summary>
/// Additive attention (<c>keras.layers.AdditiveAttention</c>; Bahdanau et al., 2015): every query takes the mean of the values, weighted by the softmax of its scores for the
/// keys, which are sums of <c>scale · tanh(query + key)</c>.
/// </summary>
/// <remarks>
/// Applied to a list of a query (batch, queries, features), a value (batch, keys, other features) and, unless it is the value, a key (batch, keys, features); result
/// (batch, queries, other features). The scale has an element for each feature. The result has the query's mask, and is zero where that is false.
/// </remarks>
/// <example><code>
/// Input query = new([8, 16]), value = new([4, 16]);
/// KerasTensor found = new AdditiveAttention().Apply(query, value); // (null, 8, 16)
/// </code></example>
public sealed class AdditiveAttention : Attention
{
    /// <summary>Creates the layer.</summary>
    /// <param name="useScale">Whether each feature has a factor that is learned.</param>
    /// <param name="dropout">The share of weights that are dropped in training, from 0 to 1.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>additive_attention</c>, <c>additive_attention_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public AdditiveAttention(bool useScale = true, double dropout = 0.0, int? seed = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(useScale, "dot", dropout, seed, name, trainable, dtype)
    {
    }

    private protected override bool ScoresAreProducts => false;

    private protected override Variable? MakeScale(Shape query) => AddWeight("scale", [LayerArguments.KnownDimension(this, query, -1)], "glorot_uniform");

    private protected override Tensor Scores(Tensor query, Tensor key)
    {
        Tensor tangents = Ops.Tanh(Ops.Add(Ops.ExpandDims(query, -2), Ops.ExpandDims(key, -3)));
        return Ops.Sum(Scale is null ? tangents : Ops.Multiply(Scale, tangents), -1);
    }
}

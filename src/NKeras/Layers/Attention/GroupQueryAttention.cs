using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// Attention with several heads, of which groups share keys and values (<c>keras.layers.GroupQueryAttention</c>; Ainslie et al., 2023). With one head of keys it is
/// multi-query attention, with as many as of queries what <see cref="MultiHeadAttention"/> does.
/// </summary>
/// <remarks>
/// Query (batch, queries, features), value (batch, keys, features), key (batch, keys, other features), result (batch, queries, features). The weights are those of the
/// projections <c>query</c>, <c>key</c>, <c>gate</c>, <c>value</c> and <c>attention_output</c>: a kernel and a bias each.
/// </remarks>
/// <example><code>
/// Input words = new([128, 256]);
/// KerasTensor mixed = new GroupQueryAttention(headDim: 64, numQueryHeads: 4, numKeyValueHeads: 2).Apply(words, words, useCausalMask: true);
/// </code></example>
public sealed class GroupQueryAttention : BaseMultiHeadAttention
{
    /// <summary>Creates the layer.</summary>
    /// <param name="headDim">The features in each head, greater than zero.</param>
    /// <param name="numQueryHeads">The number of heads of queries, greater than zero.</param>
    /// <param name="numKeyValueHeads">The number of heads of keys and values, of which that of queries is a multiple.</param>
    /// <param name="dropout">The share of weights that are dropped in training, from 0 to 1.</param>
    /// <param name="useBias">Whether the projections have biases.</param>
    /// <param name="slidingWindow">How near, in steps, a key must be to a query to count, itself included; anywhere if omitted.</param>
    /// <param name="flashAttention">Whether scores may not be asked for, so that they need not be kept.</param>
    /// <param name="kernelInitializer">Makes the projections' kernels; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the projections' biases; <c>"zeros"</c> if omitted.</param>
    /// <param name="kernelRegularizer">A penalty on each kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on each bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result and on that of each projection; none if omitted.</param>
    /// <param name="kernelConstraint">What each kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="biasConstraint">What each bias is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="useGate">Whether what the heads give is multiplied by a sigmoid of one more projection of the query.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>grouped_query_attention</c>, <c>grouped_query_attention_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A number is out of range, the heads cannot be grouped, or flash attention is to have dropout.</exception>
    public GroupQueryAttention(
        int headDim,
        int numQueryHeads,
        int numKeyValueHeads,
        double dropout = 0.0,
        bool useBias = true,
        int? slidingWindow = null,
        bool? flashAttention = null,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        bool useGate = false,
        int? seed = null,
        string? name = null,
        bool trainable = true,
        DTypePolicy? dtype = null)
        : base(
            (numQueryHeads, numKeyValueHeads, headDim, headDim), dropout, useBias, slidingWindow, flashAttention, kernelInitializer, biasInitializer, kernelRegularizer,
            biasRegularizer, activityRegularizer, activityRegularizer, kernelConstraint, biasConstraint, useGate, seed, name, trainable, dtype)
    {
        HeadDim = LayerArguments.Positive(this, headDim);
        NumQueryHeads = LayerArguments.Positive(this, numQueryHeads);
        NumKeyValueHeads = LayerArguments.Positive(this, numKeyValueHeads);
        if (numQueryHeads % numKeyValueHeads != 0)
            throw new ArgumentException($"Layer '{Name}': numQueryHeads is a multiple of numKeyValueHeads; received {numQueryHeads} and {numKeyValueHeads}.", nameof(numQueryHeads));
    }

    /// <summary>The features in each head.</summary>
    public int HeadDim { get; }

    /// <summary>The number of heads of queries.</summary>
    public int NumQueryHeads { get; }

    /// <summary>The number of heads of keys and values.</summary>
    public int NumKeyValueHeads { get; }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        if (ActivityRegularizer == null) config.Placed("activity_regularizer", null, before: "kernel_constraint");
        return InOrder(
            config, [
                "head_dim", "num_query_heads", "num_key_value_heads", "use_bias", "use_gate", "sliding_window", "dropout", "kernel_initializer", "bias_initializer",
                "kernel_regularizer", "bias_regularizer", .. ActivityRegularizer == null ? (string[])["activity_regularizer"] : [], "kernel_constraint", "bias_constraint", "seed",
            ]);
    }

    // Keras: the class has another name inside than outside.
    internal override string ClassName => "GroupedQueryAttention";

    // Keras: the layers inside are private, which files show.
    internal override string AttributeName(string field) => $"_{field}";

    private protected override int[] ChooseAxes(int rank) => [1];

    private protected override void CheckShapes(Shape query, Shape value, Shape key)
    {
        base.CheckShapes(query, value, key);
        if (query.Rank != 3)
            throw new ArgumentException($"Layer '{Name}' takes inputs with 3 axes, (batch, steps, features); received a query of shape {query}.", nameof(query));
        if (query[-1] is { } features && value[-1] is { } others && features != others)
            throw new ArgumentException($"Layer '{Name}': query and value have equally many features; received shapes {query} and {value}.", nameof(value));
    }
}

using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Regularizers;
using NKeras.Saving;

namespace NKeras.Layers;

/// <summary>
/// Attention with several heads (<c>keras.layers.MultiHeadAttention</c>; Vaswani et al., 2017): each head projects query, key and value, and gives every query the mean of
/// the values weighted by the softmax of its products with the keys.
/// </summary>
/// <remarks>
/// Query (batch, queries, features), value (batch, keys, other features), key (batch, keys, others again), result (batch, queries, features), or of the shape that
/// <c>outputShape</c> gives in place of the features. Inputs may have more axes than one between the batch and the features. The weights are those of the projections
/// <c>query</c>, <c>key</c>, <c>gate</c>, <c>value</c> and <c>attention_output</c>: a kernel and a bias each.
/// </remarks>
/// <example><code>
/// Input words = new([128, 256]);
/// KerasTensor mixed = new MultiHeadAttention(numHeads: 4, keyDim: 64).Apply(words, words, useCausalMask: true);
/// KerasTensor block = new LayerNormalization().Apply(new Add().Apply(words, mixed)); // (null, 128, 256)
/// </code></example>
public sealed class MultiHeadAttention : BaseMultiHeadAttention
{
    private int[]? _axes;

    /// <summary>Creates the layer.</summary>
    /// <param name="numHeads">The number of heads, greater than zero.</param>
    /// <param name="keyDim">The features of query and key in each head, greater than zero.</param>
    /// <param name="valueDim">The features of the value in each head; those of the key if omitted.</param>
    /// <param name="dropout">The share of weights that are dropped in training, from 0 to 1.</param>
    /// <param name="useBias">Whether the projections have biases.</param>
    /// <param name="outputShape">The result's dimensions in place of the query's features; those if omitted.</param>
    /// <param name="attentionAxes">The axes that attention goes along; all between the batch's and the features' if omitted.</param>
    /// <param name="slidingWindow">How near, in steps, a key must be to a query to count, itself included; anywhere if omitted.</param>
    /// <param name="flashAttention">Whether scores may not be asked for, so that they need not be kept.</param>
    /// <param name="kernelInitializer">Makes the projections' kernels; <c>"glorot_uniform"</c> if omitted.</param>
    /// <param name="biasInitializer">Makes the projections' biases; <c>"zeros"</c> if omitted.</param>
    /// <param name="kernelRegularizer">A penalty on each kernel; none if omitted.</param>
    /// <param name="biasRegularizer">A penalty on each bias; none if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the result of each projection; none if omitted.</param>
    /// <param name="kernelConstraint">What each kernel is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="biasConstraint">What each bias is made to fulfil after each step; nothing if omitted.</param>
    /// <param name="useGate">Whether what the heads give is multiplied by a sigmoid of one more projection of the query.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>multi_head_attention</c>, <c>multi_head_attention_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">A number is out of range, or flash attention is to have dropout.</exception>
    public MultiHeadAttention(
        int numHeads,
        int keyDim,
        int? valueDim = null,
        double dropout = 0.0,
        bool useBias = true,
        PartialShape? outputShape = null,
        Ints? attentionAxes = null,
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
            (numHeads, numHeads, keyDim, valueDim ?? keyDim), dropout, useBias, slidingWindow, flashAttention, kernelInitializer, biasInitializer, kernelRegularizer,
            biasRegularizer, activityRegularizer, null, kernelConstraint, biasConstraint, useGate, seed, name, trainable, dtype)
    {
        NumHeads = LayerArguments.Positive(this, numHeads);
        KeyDim = LayerArguments.Positive(this, keyDim);
        ValueDim = LayerArguments.Positive(this, valueDim ?? keyDim, nameof(valueDim));
        OutputShape = outputShape is { Count: 0 } ? null : outputShape;
        AttentionAxes = attentionAxes is { Count: > 0 } ? [.. attentionAxes] : null;
        ProjectionRegularizer = activityRegularizer;
        if (OutputShape is { Shape.IsKnown: false })
            throw new ArgumentException($"Layer '{Name}': outputShape has no unknown dimension; received {outputShape}.", nameof(outputShape));
    }

    /// <summary>The number of heads.</summary>
    public int NumHeads { get; }

    /// <summary>The features of query and key in each head.</summary>
    public int KeyDim { get; }

    /// <summary>The features of the value in each head.</summary>
    public int ValueDim { get; }

    /// <summary>The result's dimensions in place of the query's features; null for those.</summary>
    public PartialShape? OutputShape { get; }

    /// <summary>The axes that attention goes along; null for all that are between the batch's and the features', which is known once the layer is built.</summary>
    public Ints? AttentionAxes { get; private set; }

    /// <summary>The penalty on the result of each projection; null for none.</summary>
    // Keras: activity_regularizer, which this layer, unlike others, does not apply to its own result.
    public Regularizer? ProjectionRegularizer { get; }

    /// <inheritdoc/>
    public override JsonObject GetConfig()
    {
        JsonObject config = base.GetConfig();
        config["activity_regularizer"] = KerasSerializer.Serialize(ProjectionRegularizer);
        return InOrder(
            config, "num_heads", "key_dim", "value_dim", "dropout", "use_bias", "use_gate", "output_shape", "attention_axes", "sliding_window", "kernel_initializer",
            "bias_initializer", "kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint", "seed");
    }

    /// <summary>Makes the queries of all heads; null before the layer is built.</summary>
    public EinsumDense? QueryDense => ProjectsQuery;

    /// <summary>Makes the keys of all heads; null before the layer is built.</summary>
    public EinsumDense? KeyDense => ProjectsKey;

    /// <summary>Makes the values of all heads; null before the layer is built.</summary>
    public EinsumDense? ValueDense => ProjectsValue;

    /// <summary>Makes the result of what all heads give; null before the layer is built.</summary>
    public EinsumDense? OutputDense => ProjectsResult;

    // Keras: the gate is the one layer inside that no property shows.
    internal override string AttributeName(string field) => field is "gate_dense" or "softmax" or "dropout_layer" ? $"_{field}" : field;

    private protected override int[] ChooseAxes(int rank)
    {
        if (_axes != null && _axes.All(a => a < rank - 1)) return _axes;
        int[] axes = AttentionAxes is null ? [.. Enumerable.Range(1, rank - 2)] : [.. AttentionAxes.Select(a => a < 0 ? a + rank : a)];
        if (axes.Any(a => a < 1 || a >= rank - 1) || axes.Distinct().Count() < axes.Length)
            throw new ArgumentException($"Layer '{Name}': attentionAxes are axes between the batch's and the features', none of them twice; received {AttentionAxes} for inputs with {rank} axes.");
        AttentionAxes = axes;
        return _axes = axes;
    }

    private protected override int[] ResultDims(Shape query) => OutputShape is { } shape ? [.. shape.Shape.Dims] : base.ResultDims(query);
}

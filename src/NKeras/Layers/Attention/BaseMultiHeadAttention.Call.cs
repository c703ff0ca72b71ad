using NKeras.Core;

namespace NKeras.Layers;

public abstract partial class BaseMultiHeadAttention
{
    private static readonly CallParameter[] s_parameters =
    [
        "query", "value", "key", "query_mask", "value_mask", "key_mask", "attention_mask",
        new("return_attention_scores", IsFlag: true), new("training", IsFlag: true), new("use_causal_mask", IsFlag: true),
    ];

    /// <inheritdoc/>
    internal override Tensors CallWith(CallArguments arguments, bool training)
    {
        Tensor query = arguments.Inputs[0], value = arguments["value"] as Tensor ?? throw NeedsValue(), key = arguments["key"] as Tensor ?? value;
        CheckShapes(query.Shape, value.Shape, key.Shape);
        bool withScores = arguments["return_attention_scores"] is true, causal = arguments["use_causal_mask"] is true;
        if (withScores && FlashAttention == true)
            throw new ArgumentException($"Layer '{Name}': flash attention keeps no scores to return; make the layer without flashAttention to ask for them.");
        int[] axes = ChooseAxes(query.Rank);
        Tensor? mask = Mask(arguments, query.Shape, value.Shape, axes);
        Tensor? gate = _gateDense?.Apply(query);
        Tensor q = _queryDense!.Apply(query), k = _keyDense!.Apply(key), v = _valueDense!.Apply(value);

        // Weights that are not asked for and of which none is dropped need not exist all at once.
        bool whole = withScores || q.Rank != 4 || (Dropout > 0 && (training || mask is not null));
        (Tensor result, Tensor? scores) = whole
            ? Attend(q, k, v, And(mask, causal ? Positions(query.Shape, value.Shape, axes, (row, column) => Ops.GreaterEqual(row, column)) : null, axes), axes, training)
            : (Ops.DotProductAttention(q, k, v, mask: mask is null ? null : Spread(mask, ScoresShape(q.Shape, k.Shape, axes), axes), scale: Scale, isCausal: causal), null);
        result = _outputDense!.Apply(gate is null ? result : Ops.Multiply(result, gate));
        return withScores ? Tensors.Create([result, scores!]) : result;
    }

    private double Scale => 1 / Math.Sqrt(_keyDim);

    private (Tensor Result, Tensor Scores) Attend(Tensor query, Tensor key, Tensor value, Tensor? mask, int[] axes, bool training)
    {
        if (_keyHeads != _heads)
        {
            // Consecutive heads of the query share keys and values.
            key = Ops.Repeat(key, _heads / _keyHeads, axis: -2);
            value = Ops.Repeat(value, _heads / _keyHeads, axis: -2);
        }

        (string toScores, string toSum) = HeadEquations.Attention(query.Rank, axes);
        Tensor products = Ops.Einsum(toScores, key, Ops.Multiply(query, Scale));
        Tensor scores = _softmax!.Apply(products, mask: mask is null ? null : Spread(mask, products.Shape, axes));
        return (Ops.Einsum(toSum, _dropoutLayer!.Apply(scores, training), value), scores);
    }

    /// <summary>What the masks of the inputs, the attention mask and the window leave of the keys for each query; null for all.</summary>
    private Tensor? Mask(CallArguments arguments, Shape query, Shape value, int[] axes)
    {
        // Keras: MultiHeadAttention takes the mask that travels with the query even if another one is given.
        Tensor? rows = OfSteps("query_mask", query, -1), columns = And(OfSteps("value_mask", value, -2), OfSteps("key_mask", value, -2), axes);
        Tensor? window = SlidingWindow is { } width ? Positions(query, value, axes, (row, column) => Ops.Less(Ops.Abs(Ops.Subtract(row, column)), width)) : null;
        Tensor? given = arguments["attention_mask"] is Tensor mask ? Ops.Cast(mask, DType.Bool) : null;
        return And(given, And(And(rows, columns, axes), window, axes), axes);

        Tensor? OfSteps(string name, Shape input, int axis)
        {
            if (arguments[name] is not Tensor steps) return null;
            bool fits = steps.Rank >= 1 && steps.Rank < input.Rank;
            for (int i = 0; fits && i < steps.Rank; i++) fits = LayerArguments.Spreads(steps.Shape[i], input[i]);
            return fits
                ? Ops.ExpandDims(Ops.Cast(steps, DType.Bool), axis)
                : throw new ArgumentException($"Layer '{Name}': {name} has the dimensions of the tensor it belongs to but for the last; received shape {steps.Shape} for a tensor of shape {input}.");
        }
    }

    /// <summary>A mask (1, queries, keys) by the numbers of rows and columns; null while they are not known, since it does not change shapes.</summary>
    private Tensor? Positions(Shape query, Shape value, int[] axes, Func<Tensor, Tensor, Tensor> counts)
    {
        if (axes.Length != 1)
            throw new ArgumentException($"Layer '{Name}': causal masks and windows go along one axis; attention goes along axes ({string.Join(", ", axes)}).");
        if (query[axes[0]] is not { } rows || value[axes[0]] is not { } columns) return null;
        return Ops.ExpandDims(counts(Ops.Reshape(Ops.Arange(rows), [rows, 1]), Ops.Reshape(Ops.Arange(columns), [1, columns])), 0);
    }

    /// <summary>Where both masks, as far as there are two, are true. One of them may have the axis of heads.</summary>
    private static Tensor? And(Tensor? a, Tensor? b, int[] axes)
    {
        if (a is null || b is null) return a ?? b;
        int rank = Math.Max(a.Rank, b.Rank);
        return Ops.LogicalAnd(ToRank(a, rank, axes), ToRank(b, rank, axes));
    }

    /// <summary>A mask with axes of one element for those, from the heads' on to the left, that it does not have.</summary>
    private static Tensor ToRank(Tensor mask, int rank, int[] axes)
    {
        while (mask.Rank < rank) mask = Ops.ExpandDims(mask, -Math.Min((2 * axes.Length) + 1, mask.Rank + 1));
        return mask;
    }

    private Tensor Spread(Tensor mask, Shape scores, int[] axes)
    {
        Tensor spread = ToRank(mask, scores.Rank, axes);
        bool fits = spread.Rank == scores.Rank;
        for (int i = 0; fits && i < scores.Rank; i++) fits = LayerArguments.Spreads(spread.Shape[i], scores[i]);
        return fits
            ? spread
            : throw new ArgumentException($"Layer '{Name}': masks broadcast to the scores (batch, …, heads, queries, keys) = {scores}; received one of shape {mask.Shape}.");
    }

    private Shape ScoresShape(Shape query, Shape key, int[] axes) => new(
        [.. Enumerable.Range(0, query.Rank - 2).Except(axes).Select(i => query.Dims[i]), _heads, .. axes.Select(a => query.Dims[a]), .. axes.Select(a => key.Dims[a])]);
}

using NKeras.Core;

namespace NKeras.Layers;

/// <summary>
/// Dot-product attention (<c>keras.layers.Attention</c>; Luong et al., 2015): every query takes the mean of the values, weighted by the softmax of its scores for the keys.
/// </summary>
/// <remarks>
/// Applied to a list of a query (batch, queries, features), a value (batch, keys, other features) and, unless it is the value, a key (batch, keys, features); result
/// (batch, queries, other features). There may be more axes in front. The result has the query's mask, and is zero where that is false.
/// </remarks>
/// <example><code>
/// Input query = new([8, 16]), value = new([4, 16]);
/// KerasTensor found = new Attention(useScale: true).Apply(query, value); // (null, 8, 16)
/// var (_, scores) = new Attention().ApplyWithScores([query, value]);     // (null, 8, 4)
/// </code></example>
public class Attention : Layer
{
    private static readonly CallParameter[] s_parameters =
        ["inputs", "mask", new("training", IsFlag: true), new("return_attention_scores", IsFlag: true), new("use_causal_mask", IsFlag: true)];

    private readonly SeedGenerator? _seedGenerator;
    private Variable? _concatScoreWeight;

    /// <summary>Creates the layer.</summary>
    /// <param name="useScale">Whether the scores are multiplied by a number that is learned.</param>
    /// <param name="scoreMode">What scores are: <c>"dot"</c> for the product of query and key, <c>"concat"</c> for the sum of the hyperbolic tangents of their sum.</param>
    /// <param name="dropout">The share of weights that are dropped in training, from 0 to 1.</param>
    /// <param name="seed">The seed of dropout; from the program's global sequence if omitted.</param>
    /// <param name="name">The name; <c>attention</c>, <c>attention_1</c>, … if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <exception cref="ArgumentException">The mode is unknown, or the share is not between 0 and 1.</exception>
    public Attention(
        bool useScale = false, string scoreMode = "dot", double dropout = 0.0, int? seed = null, string? name = null, bool trainable = true, DTypePolicy? dtype = null)
        : base(name, trainable, dtype)
    {
        (UseScale, ScoreMode) = (useScale, LayerArguments.OneOf(this, ["dot", "concat"], scoreMode));
        (Dropout, Seed) = (LayerArguments.Rate(this, dropout), seed);
        if (dropout > 0) _seedGenerator = AddSeedGenerator(seed);
    }

    /// <summary>Whether there is a scale that is learned.</summary>
    public bool UseScale { get; }

    /// <summary>What scores are.</summary>
    public string ScoreMode { get; }

    /// <summary>The share of weights that are dropped in training.</summary>
    public double Dropout { get; }

    /// <summary>The seed of dropout that was given; null if none was.</summary>
    public int? Seed { get; }

    /// <summary>The scale; null without one or before the layer is built.</summary>
    public Variable? Scale { get; private set; }

    /// <inheritdoc/>
    internal override IReadOnlyList<CallParameter> Parameters => s_parameters;

    /// <summary>Applies the layer to symbolic tensors, saying more about the call.</summary>
    /// <param name="inputs">The query, the value, and the key unless it is the value.</param>
    /// <param name="mask">Which queries count, (batch, queries), and which values, (batch, keys); null for all. The masks that travel with the inputs if omitted.</param>
    /// <param name="training">Whether to behave as in training, at this place whatever the model does; null to follow the model.</param>
    /// <param name="useCausalMask">Whether keys behind the query do not count.</param>
    /// <exception cref="ArgumentException">The inputs do not fit; the message names the layer.</exception>
    public KerasTensor Apply(IReadOnlyList<KerasTensor?> inputs, IReadOnlyList<KerasTensor?>? mask = null, bool? training = null, bool useCausalMask = false) =>
        (KerasTensor)ApplyTo(Arguments(inputs, mask, training, false, useCausalMask))[0];

    /// <summary>Applies the layer to data, saying more about the call. No graph is recorded.</summary>
    /// <inheritdoc cref="Apply(IReadOnlyList{KerasTensor?}, IReadOnlyList{KerasTensor?}?, bool?, bool)"/>
    public Tensor Apply(IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor?>? mask = null, bool? training = null, bool useCausalMask = false) =>
        ApplyTo(Arguments(inputs, mask, training, false, useCausalMask))[0];

    /// <summary>Applies the layer to symbolic tensors, and returns the weights of the values too.</summary>
    /// <inheritdoc cref="Apply(IReadOnlyList{KerasTensor?}, IReadOnlyList{KerasTensor?}?, bool?, bool)"/>
    /// <returns>The result, and the scores (batch, queries, keys), which add up to one for each query.</returns>
    // Keras: return_attention_scores=True makes the result a tuple; in C# that is another type, so another method.
    public (KerasTensor Output, KerasTensor Scores) ApplyWithScores(
        IReadOnlyList<KerasTensor?> inputs, IReadOnlyList<KerasTensor?>? mask = null, bool? training = null, bool useCausalMask = false)
    {
        Tensors results = ApplyTo(Arguments(inputs, mask, training, true, useCausalMask));
        return ((KerasTensor)results[0], (KerasTensor)results[1]);
    }

    /// <summary>Applies the layer to data, and returns the weights of the values too. No graph is recorded.</summary>
    /// <inheritdoc cref="ApplyWithScores(IReadOnlyList{KerasTensor?}, IReadOnlyList{KerasTensor?}?, bool?, bool)"/>
    public (Tensor Output, Tensor Scores) ApplyWithScores(
        IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor?>? mask = null, bool? training = null, bool useCausalMask = false)
    {
        Tensors results = ApplyTo(Arguments(inputs, mask, training, true, useCausalMask));
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    public override void Build(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        CheckShapes(inputShapes);
        if (UseScale) Scale = MakeScale(inputShapes[0]);
        if (ScoreMode == "concat") _concatScoreWeight = AddWeight("concat_score_weight", Shape.Scalar, "ones");
        Built = true;
    }

    /// <inheritdoc/>
    public override Tensors Call(Tensors inputs, bool training, Tensors? mask) => Attend(inputs, training, mask, false, false);

    /// <inheritdoc/>
    public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask = null) => previousMask?[0] is { } mask ? (Tensors)mask : null;

    /// <inheritdoc/>
    internal override Tensors CallWith(CallArguments arguments, bool training)
    {
        if (arguments.Positional[0] is not Tensors { IsSingle: false } inputs)
            throw new ArgumentException($"Layer '{Name}' is applied to a list, [query, value] or [query, value, key]; received {arguments.Inputs}.");
        if (arguments["mask"] is Tensor or Tensors { Count: < 2 or > 3 })
            throw new ArgumentException($"Layer '{Name}' takes a list of masks, [query mask, value mask]; received {Given(arguments["mask"])}.");
        bool withScores = arguments["return_attention_scores"] is true, causal = arguments["use_causal_mask"] is true;
        return withScores || causal ? Attend(inputs, training, Given(arguments["mask"]), withScores, causal) : Call(inputs, training, Given(arguments["mask"]));
    }

    /// <summary>Creates the scale, for queries of a shape.</summary>
    private protected virtual Variable? MakeScale(Shape query) => AddWeight("scale", Shape.Scalar, "ones");

    /// <summary>The scores of queries (…, queries, features) for keys (…, keys, features): (…, queries, keys).</summary>
    private protected virtual Tensor Scores(Tensor query, Tensor key)
    {
        if (ScoreMode == "dot")
        {
            Tensor products = Ops.Matmul(query, Ops.Swapaxes(key, -2, -1));
            return Scale is null ? products : Ops.Multiply(products, Scale);
        }

        Tensor sums = Ops.Add(Ops.ExpandDims(query, -2), Ops.ExpandDims(key, -3));
        if (Scale is not null) sums = Ops.Multiply(Scale, sums);
        return Ops.Multiply(_concatScoreWeight!, Ops.Sum(Ops.Tanh(sums), -1));
    }

    /// <summary>Whether scores are products of query and key.</summary>
    private protected virtual bool ScoresAreProducts => ScoreMode == "dot";

    private Tensors Attend(Tensors inputs, bool training, Tensors? mask, bool withScores, bool causal)
    {
        CheckShapes([.. inputs.Select<Tensor, Shape>(t => t.Shape)]);
        Tensor query = inputs[0], value = inputs[1], key = inputs.Count > 2 ? inputs[2] : value;
        LayerArguments.MaskFits(this, mask?[0], query.Shape, query.Rank - 1);
        if (mask?[1] is { Rank: 2 } steps) LayerArguments.MaskFits(this, steps, value.Shape);
        Tensor? counts = mask?[1] is { } given ? Ops.Cast(given, DType.Bool) : null;
        if (counts is { Rank: 2 }) counts = Ops.ExpandDims(counts, -2);
        bool drops = training && Dropout > 0;
        Tensor result, weights = null!;
        if (ScoresAreProducts && !withScores && !drops && query.Rank == 3 && query.DType.IsFloating && counts is null or { Rank: 3 })
        {
            // One head: all scores need not exist at once.
            Tensor scaled = Scale is null ? query : Ops.Multiply(query, Scale);
            result = Ops.DotProductAttention(
                Ops.ExpandDims(scaled, 2), Ops.ExpandDims(key, 2), Ops.ExpandDims(value, 2), mask: counts is null ? null : Ops.ExpandDims(counts, 1), scale: 1, isCausal: causal);
            result = Ops.Squeeze(result, 2);
        }
        else
        {
            weights = Probabilities(Scores(query, key), counts, causal);
            result = Ops.Matmul(drops ? weights = RandomOps.Dropout(weights, Dropout, seed: _seedGenerator) : weights, value);
        }

        if (mask?[0] is { } asks) result = Ops.Where(Ops.ExpandDims(Ops.Cast(asks, DType.Bool), -1), result, 0);
        return withScores ? Tensors.Create([result, weights]) : result;
    }

    private static Tensor Probabilities(Tensor scores, Tensor? counts, bool causal)
    {
        if (causal && scores.Shape[-2] is { } rows && scores.Shape[-1] is { } columns)
        {
            Tensor before = Ops.GreaterEqual(Ops.Reshape(Ops.Arange(rows), [rows, 1]), Ops.Reshape(Ops.Arange(columns), [1, columns]));
            counts = counts is null ? before : Ops.LogicalAnd(counts, before);
        }

        // So much less that nothing is left of it beside the rest, but finite in the type: where all is masked, no NaN arises.
        if (counts is not null) scores = Ops.Where(counts, scores, Ops.Subtract(scores, scores.DType == DType.Float16 ? 65504.0 : 1e9));
        return Ops.Softmax(scores, axis: -1);
    }

    private void CheckShapes(IReadOnlyList<Shape> shapes)
    {
        if (shapes.Count is not (2 or 3))
            throw new ArgumentException($"Layer '{Name}' is applied to a list, [query, value] or [query, value, key]; received {shapes.Count} of shapes {string.Join(", ", shapes)}.");
        Shape query = shapes[0], value = shapes[1], key = shapes[^1];
        bool fits = query.Rank >= 2 && value.Rank == query.Rank && key.Rank == query.Rank && Agree(query[-1], key[-1]) && Agree(value[-2], key[-2]);
        for (int i = 0; fits && i < query.Rank - 2; i++) fits = Agree(query[i], key[i]) && Agree(value[i], key[i]);
        if (!fits)
            throw new ArgumentException($"Layer '{Name}' takes a query (batch, queries, features), a value (batch, keys, other features) and a key (batch, keys, features); received shapes {string.Join(", ", shapes)}.");

        static bool Agree(int? a, int? b) => a == b || a is null or 1 || b is null or 1;
    }

    private static CallArguments Arguments(IEnumerable<Tensor?> inputs, IEnumerable<Tensor?>? mask, bool? training, bool withScores, bool causal)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        (string Name, object? Value)[] named =
        [
            ("mask", mask is null ? null : Tensors.Create([.. mask!])), ("training", training), ("return_attention_scores", withScores ? true : null), ("use_causal_mask", causal ? true : null),
        ];
        return new CallArguments([Tensors.Create([.. inputs!])], [.. named.Where(n => n.Value is not null).Select(n => KeyValuePair.Create(n.Name, n.Value))]);
    }
}

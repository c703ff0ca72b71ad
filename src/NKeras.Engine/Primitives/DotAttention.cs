using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Primitives;

/// <summary>
/// Scaled dot-product attention: for each query the mean of the values, weighted by the softmax of its products with the keys. A primitive so that the
/// products for long sequences need not exist all at once (Dao et al., 2022).
/// </summary>
/// <remarks>
/// Takes queries [batch, queries, heads, depth], keys [batch, keys, key heads, depth] and values [batch, keys, key heads, value depth], where consecutive heads share a
/// key head, then a bias that is added to the products and a mask of those that count, if there are, each with four axes that are those of [batch, heads, queries, keys] or
/// have one element. Results: [batch, queries, heads, value depth], and the greatest logit and the sum of the exponentials of what the others are below it,
/// [batch, heads, queries, 2], which the gradient makes the weights from again.
/// </remarks>
/// <param name="Scale">The factor of the products.</param>
/// <param name="Causal">Whether keys after the query do not count.</param>
/// <param name="HasBias">Whether there is a bias.</param>
/// <param name="HasMask">Whether there is a mask.</param>
internal sealed record DotAttention(double Scale, bool Causal, bool HasBias, bool HasMask) : Primitive
{
    /// <summary>What is added to logits that do not count: so low that their exponentials vanish, while a row of nothing else stays finite.</summary>
    public const double Masked = -0.7 * 3.38953e38;

    public override TensorSpec[] Infer(ReadOnlySpan<TensorSpec> inputs)
    {
        TensorSpec q = inputs[0], k = inputs[1], v = inputs[2];
        bool fits = (q.DType == DType.Float32 || q.DType == DType.Float64) && k.DType == q.DType && v.DType == q.DType
            && q.Shape.Rank == 4 && k.Shape.Rank == 4 && v.Shape.Rank == 4
            && Agree(q, k, 0) && Agree(q, v, 0) && Agree(q, k, 3) && Agree(k, v, 0) && Agree(k, v, 1) && Agree(k, v, 2);
        int shared = fits ? Known(k.Shape.Dims[2], v.Shape.Dims[2]) : 0;
        if (!fits || shared == 0 || (shared != Shape.Unknown && q.Shape.Dims[2] != Shape.Unknown && q.Shape.Dims[2] % shared != 0))
            throw new ArgumentException($"{Name} takes queries, keys and values of one type, not {q}, {k} and {v}.");
        Shape logits = Logits(inputs);
        for (int i = 3; i < 3 + (HasBias ? 1 : 0) + (HasMask ? 1 : 0); i++)
        {
            TensorSpec extra = inputs[i];
            bool spreads = extra.Shape.Rank == 4 && extra.DType == (i == 3 && HasBias ? q.DType : DType.Bool);
            for (int axis = 0; axis < 4 && spreads; axis++) spreads = extra.Shape.Dims[axis] == 1 || Agree(extra.Shape.Dims[axis], logits.Dims[axis]);
            if (!spreads) throw new ArgumentException($"{Name}: {extra} is no bias or mask for logits {logits}.");
        }

        return [q with { Shape = q.Shape.With(0, logits.Dims[0]).With(3, v.Shape.Dims[3]) }, q with { Shape = logits.With(3, 2) }];
    }

    /// <summary>The shape of all logits.</summary>
    public static Shape Logits(ReadOnlySpan<TensorSpec> inputs) => new(
    [
        Known(Known(inputs[0].Shape.Dims[0], inputs[1].Shape.Dims[0]), inputs[2].Shape.Dims[0]), inputs[0].Shape.Dims[2], inputs[0].Shape.Dims[1], Known(inputs[1].Shape.Dims[1], inputs[2].Shape.Dims[1]),
    ]);

    private static bool Agree(TensorSpec a, TensorSpec b, int axis) => Agree(a.Shape.Dims[axis], b.Shape.Dims[axis]);

    private static bool Agree(int a, int b) => a == b || a == Shape.Unknown || b == Shape.Unknown;

    public override Tensor?[] Gradient(GradientContext context)
    {
        bool ofBias = HasBias && context.Needs(3);
        Tensor[] gradients = new DotAttentionBackward(this, ofBias).ApplyAll([.. context.Inputs, .. context.Outputs, context.Cotangents[0] ?? Filled(context.Outputs[0].Spec, 0)]);
        Tensor?[] results = new Tensor?[context.Inputs.Length];
        for (int i = 0; i < 3; i++) results[i] = gradients[i];
        if (ofBias) results[3] = SumTo(gradients[3], context.Inputs[3].Shape);
        return results;
    }

    /// <summary>The first result, composed of other primitives. Dimensions may be unknown.</summary>
    public Tensor Compose(ReadOnlySpan<Tensor> inputs)
    {
        Tensor[] t = [Transpose(inputs[0], 0, 2, 1, 3), Transpose(inputs[1], 0, 2, 1, 3), Transpose(inputs[2], 0, 2, 1, 3)];
        (Shape q, Shape k, Shape v) = (t[0].Shape, t[1].Shape, t[2].Shape);
        int queries = q.Dims[2], keys = k.Dims[2], batch = Known(q.Dims[0], k.Dims[0]), heads = Known(k.Dims[1], v.Dims[1]);
        Shape all = new([batch, q.Dims[1], queries, keys]);

        // Heads that share keys and values are one matrix of queries.
        bool grouped = heads != q.Dims[1];
        if (grouped) t[0] = Reshape(t[0], new Shape([q.Dims[0], heads, Shape.Unknown, q.Dims[3]]));
        Tensor logits = MatMul(Scale * t[0], t[1], transposeB: true);
        if (grouped) logits = Reshape(logits, all);
        if (HasBias) logits += inputs[3];
        Tensor? counts = HasMask ? inputs[HasBias ? 4 : 3] : null;
        if (Causal && queries != Shape.Unknown && keys != Shape.Unknown)
        {
            Tensor before = Binary(ElementwiseFunction.LessEqual, new Iota(DType.Int32, [1, keys], 1).Apply(), new Iota(DType.Int32, [queries, 1], 0).Apply());
            counts = counts is null ? before : Binary(ElementwiseFunction.LogicalAnd, counts, before);
        }

        // Keras: adds it; so where no key counts for a query, gradients flow as if all did.
        if (counts is not null) logits += Where(counts, ScalarLike(logits, 0), ScalarLike(logits, Masked));
        Tensor weights = new Softmax(false).Apply(logits);
        if (grouped) weights = Reshape(weights, new Shape([batch, heads, Shape.Unknown, keys]));
        Tensor mean = MatMul(weights, t[2]);
        if (grouped) mean = Reshape(mean, new Shape([batch, q.Dims[1], queries, v.Dims[3]]));
        return Transpose(mean, 0, 2, 1, 3);
    }

    public override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs)
    {
        AttentionReference reference = new(this, inputs);
        (ElementView v, ElementView result, ElementView stats) = (inputs[2], outputs[0], outputs[1]);
        int depth = v.Shape.Dims[3];
        foreach ((int batch, int head, int query) in reference.Rows)
        {
            (double max, double sum) = reference.ReadRow(batch, head, query);
            int row = reference.StatsAt(batch, head, query), at = reference.QueryAt(batch, head, query) * depth;
            stats.SetDouble(row, max);
            stats.SetDouble(row + 1, sum);
            for (int e = 0; e < depth; e++)
            {
                double mean = 0;
                for (int key = 0; key < reference.Keys; key++) mean += reference.Weights[key] * v.Double((reference.KeyAt(batch, head, key) * depth) + e);
                result.SetDouble(at + e, mean);
            }
        }
    }

    private static Tensor SumTo(Tensor x, Shape shape)
    {
        int[] axes = [.. Enumerable.Range(0, 4).Where(i => shape.Dims[i] == 1 && x.Shape.Dims[i] != 1)];
        return Reshape(Sum(x, axes), shape);
    }

    private static int Known(int a, int b) => a == Shape.Unknown ? b : a;
}

using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>What is added to masked logits: so low that their exponentials vanish, while a row of nothing else stays finite.</summary>
    private const double MaskedLogit = -0.7 * 3.38953e38;

    /// <summary>
    /// Scaled dot-product attention (<c>keras.ops.dot_product_attention</c>): each query's mean of the values, weighted by the softmax
    /// of its products with the keys. Computed in float32 at least.
    /// </summary>
    /// <param name="query">[batch, queries, heads, depth].</param>
    /// <param name="key">[batch, keys, key heads, depth]. Heads are a multiple of key heads, which consecutive heads share.</param>
    /// <param name="value">[batch, keys, key heads, value depth].</param>
    /// <param name="bias">Added to the logits; broadcast to [batch, heads, queries, keys].</param>
    /// <param name="mask">True (not zero) where a key counts for a query; broadcast to [batch, heads, queries, keys]. Where none does, all count equally.</param>
    /// <param name="scale">The factor of the products; 1 / √depth if omitted.</param>
    /// <param name="isCausal">Whether keys after the query do not count.</param>
    /// <param name="flashAttention">No difference here: there is one implementation.</param>
    /// <param name="attnLogitsSoftCap">Not supported, as in Keras on anything but a TPU: must be null.</param>
    /// <returns>[batch, queries, heads, value depth].</returns>
    /// <exception cref="ArgumentException">Shapes do not belong together, or <paramref name="attnLogitsSoftCap"/> is given.</exception>
    public static Tensor DotProductAttention(
        Tensor query, Tensor key, Tensor value, Tensor? bias = null, Tensor? mask = null, double? scale = null, bool isCausal = false, bool? flashAttention = null, double? attnLogitsSoftCap = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (attnLogitsSoftCap is { } cap)
            throw new ArgumentException($"DotProductAttention: attnLogitsSoftCap is only supported by Keras on JAX on a TPU; received {cap}.", nameof(attnLogitsSoftCap));
        CallArguments arguments = new(
            [query, key, value],
            [KeyValuePair.Create("bias", (object?)bias), KeyValuePair.Create("mask", (object?)mask), KeyValuePair.Create("scale", (object?)scale)]);
        return OpDispatch.CallWith("DotProductAttention", arguments, c =>
        {
            Tensor[] t = [.. c.Positional.Cast<Tensor>()];
            return Attention(t[0], t[1], t[2], (Tensor?)c["bias"], (Tensor?)c["mask"], scale, isCausal);
        }, ("is_causal", isCausal), ("flash_attention", flashAttention), ("attn_logits_soft_cap", attnLogitsSoftCap));
    }

    private static Tensor Attention(Tensor query, Tensor key, Tensor value, Tensor? bias, Tensor? mask, double? scale, bool isCausal)
    {
        int heads = CheckAttention(query.Shape, key.Shape, value.Shape);
        Tensor[] unified = Promotion.UnifyAll([query, key, value]);
        DType type = unified[0].DType, compute = type.IsFloating && type.Size >= 4 ? type : DType.Float32;
        if (!type.IsFloating) type = compute;
        Tensor[] t = [.. unified.Select(x => PrimitiveOps.Transpose(PrimitiveOps.Convert(x, compute), 0, 2, 1, 3))];
        (Shape q, Shape k) = (t[0].Shape, t[1].Shape);
        int queries = q.Dims[2], keys = k.Dims[2], depth = q.Dims[3], valueDepth = t[2].Shape.Dims[3], batch = Known(q.Dims[0], k.Dims[0]);
        Shape all = new([batch, q.Dims[1], queries, keys]);

        // Heads that share keys and values are one matrix of queries.
        bool grouped = heads != q.Dims[1];
        if (grouped) t[0] = PrimitiveOps.Reshape(t[0], new Shape([q.Dims[0], heads, Shape.Unknown, depth]));
        Tensor scaled = Multiply(t[0], scale ?? 1 / Math.Sqrt(depth == Shape.Unknown ? 1 : depth));
        Tensor logits = PrimitiveOps.MatMul(scaled, t[1], transposeB: true);
        if (grouped) logits = PrimitiveOps.Reshape(logits, all);
        if (bias is not null) logits = PrimitiveOps.Binary(ElementwiseFunction.Add, logits, Onto("bias", PrimitiveOps.Convert(bias, compute), all));
        Tensor? counts = mask is null ? null : Onto("mask", PrimitiveOps.Convert(mask, DType.Bool), all);
        if (isCausal && queries != Shape.Unknown && keys != Shape.Unknown)
        {
            Tensor row = new Iota(DType.Int32, [queries, 1], 0).Apply(), column = new Iota(DType.Int32, [1, keys], 1).Apply();
            Tensor before = PrimitiveOps.Binary(ElementwiseFunction.LessEqual, column, row);
            counts = counts is null ? before : PrimitiveOps.Binary(ElementwiseFunction.LogicalAnd, counts, before);
        }

        // Keras: adds it; so where no key counts for a query, gradients flow as if all did.
        if (counts is not null)
            logits = PrimitiveOps.Binary(ElementwiseFunction.Add, logits, PrimitiveOps.Where(counts, PrimitiveOps.ScalarLike(logits, 0), PrimitiveOps.ScalarLike(logits, MaskedLogit)));
        Tensor weights = new Softmax(false).Apply(logits);
        if (grouped) weights = PrimitiveOps.Reshape(weights, new Shape([batch, heads, Shape.Unknown, keys]));
        Tensor mean = PrimitiveOps.MatMul(weights, t[2]);
        if (grouped) mean = PrimitiveOps.Reshape(mean, new Shape([batch, q.Dims[1], queries, valueDepth]));
        return PrimitiveOps.Convert(PrimitiveOps.Transpose(mean, 0, 2, 1, 3), type);
    }

    /// <summary>The number of heads of keys and values.</summary>
    private static int CheckAttention(Shape query, Shape key, Shape value)
    {
        bool fits = query.Rank == 4 && key.Rank == 4 && value.Rank == 4
            && Agree(query, key, 0) && Agree(query, value, 0) && Agree(key, value, 1) && Agree(key, value, 2) && Agree(query, key, 3);
        if (!fits)
            throw new ArgumentException($"DotProductAttention takes a query (batch, queries, heads, depth), a key (batch, keys, heads, depth) and a value (batch, keys, heads, depth); received shapes {query}, {key} and {value}.");
        int heads = query.Dims[2], shared = Known(key.Dims[2], value.Dims[2]);
        if (heads == Shape.Unknown || shared == Shape.Unknown) return heads;
        return shared > 0 && heads % shared == 0
            ? shared
            : throw new ArgumentException($"DotProductAttention: the query's {heads} heads are no multiple of the key's {shared} (shapes {query} and {key}).");
    }

    private static bool Agree(Shape a, Shape b, int axis) => a.Dims[axis] == b.Dims[axis] || a.Dims[axis] == Shape.Unknown || b.Dims[axis] == Shape.Unknown;

    private static int Known(int a, int b) => a == Shape.Unknown ? b : a;

    /// <summary>A bias or mask, which must not make the logits larger.</summary>
    private static Tensor Onto(string what, Tensor x, Shape logits)
    {
        bool fits = x.Rank <= 4;
        for (int i = 1; i <= x.Rank && fits; i++)
        {
            int dim = x.Shape.Dims[^i], full = logits.Dims[^i];
            fits = dim == 1 || dim == full || dim == Shape.Unknown || full == Shape.Unknown;
        }

        return fits ? x : throw new ArgumentException($"DotProductAttention: a {what} of shape {x.Shape} cannot be broadcast to (batch, heads, queries, keys) = {logits}.");
    }
}

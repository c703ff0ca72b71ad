using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
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
        CheckAttention(query.Shape, key.Shape, value.Shape);
        Tensor[] unified = Promotion.UnifyAll([query, key, value]);
        DType type = unified[0].DType, compute = type.IsFloating && type.Size >= 4 ? type : DType.Float32;
        if (!type.IsFloating) type = compute;
        List<Tensor> inputs = [.. unified.Select(x => PrimitiveOps.Convert(x, compute))];
        (Shape q, Shape k) = (inputs[0].Shape, inputs[1].Shape);
        Shape all = new([Known(q.Dims[0], k.Dims[0]), q.Dims[2], q.Dims[1], k.Dims[1]]);
        if (bias is not null) inputs.Add(Onto("bias", PrimitiveOps.Convert(bias, compute), all));
        if (mask is not null) inputs.Add(Onto("mask", PrimitiveOps.Convert(mask, DType.Bool), all));
        int depth = Known(q.Dims[3], k.Dims[3]);
        DotAttention attention = new(scale ?? 1 / Math.Sqrt(depth == Shape.Unknown ? 1 : depth), isCausal, bias is not null, mask is not null);

        // The fused kernel is one of floats, and gains nothing where all logits fit a tile.
        bool fuses = compute == DType.Float32 && inputs.All(x => x.Shape.IsKnown) && (long)q.Dims[1] * k.Dims[1] > 64 * 64;
        return PrimitiveOps.Convert(fuses ? attention.ApplyAll([.. inputs])[0] : attention.Compose([.. inputs]), type);
    }

    private static void CheckAttention(Shape query, Shape key, Shape value)
    {
        bool fits = query.Rank == 4 && key.Rank == 4 && value.Rank == 4
            && Agree(query, key, 0) && Agree(query, value, 0) && Agree(key, value, 1) && Agree(key, value, 2) && Agree(query, key, 3);
        if (!fits)
            throw new ArgumentException($"DotProductAttention takes a query (batch, queries, heads, depth), a key (batch, keys, heads, depth) and a value (batch, keys, heads, depth); received shapes {query}, {key} and {value}.");
        int heads = query.Dims[2], shared = Known(key.Dims[2], value.Dims[2]);
        if (heads != Shape.Unknown && shared != Shape.Unknown && (shared == 0 || heads % shared != 0))
            throw new ArgumentException($"DotProductAttention: the query's {heads} heads are no multiple of the key's {shared} (shapes {query} and {key}).");
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

        // All four axes, as the primitive takes them.
        return fits ? PrimitiveOps.Reshape(x, new Shape([.. Enumerable.Repeat(1, 4 - x.Rank), .. x.Shape.Dims])) : throw new ArgumentException($"DotProductAttention: a {what} of shape {x.Shape} cannot be broadcast to (batch, heads, queries, keys) = {logits}.");
    }
}

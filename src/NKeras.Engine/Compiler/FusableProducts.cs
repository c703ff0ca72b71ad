using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>The primitives whose kernels take a bias and a tail: a line here is all another one needs.</summary>
internal static class FusableProducts
{
    /// <summary>
    /// Per primitive, the fewest columns of a result whose tail is worth fusing: convolutions hand pixels over one by one,
    /// which takes longer for a few channels than a loop over everything does.
    /// </summary>
    private static readonly Dictionary<Type, int> s_fewestColumnsOfTail = new()
    {
        [typeof(MatMul)] = 1,
        [typeof(Convolution)] = 32,
    };

    /// <summary>A value's product, if it is one in float32, alone or with what has been fused into it so far.</summary>
    public static FusedProduct? Of(Value value)
    {
        if (value.DType != DType.Float32 || value.Producer is not { } node) return null;
        if (node.Primitive is FusedProduct fused) return fused;
        return s_fewestColumnsOfTail.ContainsKey(node.Primitive.GetType()) ? new FusedProduct(node.Primitive, false, false, null) : null;
    }

    /// <summary>Whether a tail on a result of the given shape is worth fusing.</summary>
    public static bool TakesTail(FusedProduct product, Shape result) => result.Dims[^1] >= s_fewestColumnsOfTail[product.Product.GetType()];
}

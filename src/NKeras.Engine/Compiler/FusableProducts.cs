using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>The primitives whose kernels take a bias and a tail: a line here is all another one needs.</summary>
internal static class FusableProducts
{
    private static readonly HashSet<Type> s_products = [typeof(MatMul)];

    /// <summary>A value's product, if it is one in float32, alone or with what has been fused into it so far.</summary>
    public static FusedProduct? Of(Value value)
    {
        if (value.DType != DType.Float32 || value.Producer is not { } node) return null;
        if (node.Primitive is FusedProduct fused) return fused;
        return s_products.Contains(node.Primitive.GetType()) ? new FusedProduct(node.Primitive, false, false, null) : null;
    }
}

using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>A vector added to a product's rows, which nothing else reads, is added where the product is computed.</summary>
internal static class BiasFusion
{
    public static Graph Run(Graph graph)
    {
        GraphRewriter rewriter = new(graph);
        Dictionary<Value, int> uses = graph.CountUses();
        foreach (Node node in graph.Nodes)
        {
            if (node.Primitive is Elementwise { Function: ElementwiseFunction.Add }
                && (Fuse(rewriter, uses, node, 0, 1) ?? Fuse(rewriter, uses, node, 1, 0)) is { } sum)
                rewriter.Replace(node.Outputs, [sum]);
            else
                rewriter.Keep(node);
        }

        return rewriter.Finish();
    }

    private static Value? Fuse(GraphRewriter rewriter, Dictionary<Value, int> uses, Node node, int product, int vector)
    {
        Value result = node.Inputs[product], bias = node.Inputs[vector];
        int width = result.Shape.Rank == 0 ? 0 : result.Shape.Dims[^1];
        if (uses[result] != 1 || result.Shape != node.Output.Shape || bias.Shape.Rank == 0 || bias.Shape.Dims[^1] != width || bias.Shape.Size != width) return null;

        // The product stays behind without users, and is swept up as dead code.
        if (FusableProducts.Of(rewriter.Map(result)) is not { HasBias: false, Tail: null, Relu: false } fused) return null;
        Value[] operands = rewriter.Map(result).Producer!.Inputs;
        Value row = rewriter.Map(bias);
        if (row.Shape.Rank != 1) row = rewriter.Emit(new Reshape([width]), row)[0];
        return rewriter.Emit(fused with { HasBias = true }, [.. operands, row])[0];
    }
}

using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>
/// Where only the filter's gradient asks for what comes out of a pooling's backward pass, it makes it image by image. That is
/// so in the first layer, whose input needs no gradient, and whose images are the largest.
/// </summary>
internal static class FilterGradientFusion
{
    public static Graph Run(Graph graph)
    {
        GraphRewriter rewriter = new(graph);
        Dictionary<Value, int> uses = graph.CountUses();
        foreach (Node node in graph.Nodes)
        {
            if (node.Primitive is ConvolutionBackwardFilter { Groups: 1 } filter
                && node.Inputs[1].Producer is { Primitive: MaxPoolingBackward pooling } backward
                && uses[backward.Output] == 1 && PooledConvolutionParts.Pays(backward.Output.Shape) && FilterGradient.IsSmall(node.Output.Shape))
            {
                Value[] inputs = [rewriter.Map(node.Inputs[0]), .. rewriter.MapInputs(backward)];
                rewriter.Replace(node.Outputs, rewriter.Emit(new PooledFilterGradient(filter, pooling), inputs));
            }
            else
            {
                rewriter.Keep(node);
            }
        }

        return rewriter.Finish();
    }
}

using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>A loop that alone reads a product's result becomes the product's tail.</summary>
/// <remarks>
/// Only loops whose other operands are as large as the result, or one value per row or column: these are found from a
/// position in the result. Updates of state stay loops of their own, which can write in place.
/// </remarks>
internal static class TailFusion
{
    private const int MostExtraInputs = 12;

    public static Graph Run(Graph graph)
    {
        GraphRewriter rewriter = new(graph);
        Dictionary<Value, int> uses = graph.CountUses();
        HashSet<Value> states = [.. graph.Updates.Select(u => u.Value)];
        foreach (Node node in graph.Nodes)
        {
            if (node.Primitive is FusedElementwise loop && !node.Outputs.Any(states.Contains)
                && node.Inputs.FirstOrDefault(v => uses[v] == 1 && CanFuse(rewriter, node, v)) is { } result)
                Fuse(rewriter, node, loop.Program, result);
            else
                rewriter.Keep(node);
        }

        return rewriter.Finish();
    }

    private static bool CanFuse(GraphRewriter rewriter, Node node, Value result) =>
        result.Shape == node.Output.Shape && result.Shape.Rank > 0
        && FusableProducts.Of(rewriter.Map(result)) is { Relu: false, Tail: null }
        && node.Inputs.Length <= MostExtraInputs + 1
        && node.Outputs.Any(o => o.DType == DType.Float32)
        && node.Inputs.All(v => IsAddressable(v.Shape, result.Shape));

    private static bool IsAddressable(Shape operand, Shape result) =>
        operand == result || operand.Size == 1
        || (operand.Dims[^1] == operand.Size && operand.Dims[^1] == result.Dims[^1])
        || operand == result.With(-1, 1);

    private static void Fuse(GraphRewriter rewriter, Node node, ElementwiseProgram program, Value result)
    {
        FusedProduct product = FusableProducts.Of(rewriter.Map(result))!;
        Value[] operands = rewriter.Map(result).Producer!.Inputs;
        if (IsRelu(program))
        {
            rewriter.Replace(node.Outputs, rewriter.Emit(product with { Relu = true }, operands));
            return;
        }

        // The result's place is where the first output goes: the result comes first, and a float32 output.
        int[] inputs = [Array.IndexOf(node.Inputs, result), .. Enumerable.Range(0, node.Inputs.Length).Where(i => node.Inputs[i] != result)];
        int first = Array.FindIndex(node.Outputs, o => o.DType == DType.Float32);
        int[] outputs = [first, .. Enumerable.Range(0, node.Outputs.Length).Where(i => i != first)];
        Value[] results = rewriter.Emit(
            product with { Tail = program.Reorder(inputs, outputs) },
            [.. operands, .. inputs.Skip(1).Select(i => rewriter.Map(node.Inputs[i]))]);
        rewriter.Replace([.. outputs.Select(i => node.Outputs[i])], results);
    }

    private static bool IsRelu(ElementwiseProgram program) =>
        program.Inputs.Length == 1 && program.Instructions.Length == 1 && program.Outputs.Length == 1
        && program.Instructions[0] == new Instruction(ElementwiseFunction.Relu, 0);
}

using NKeras.Engine.Cpu;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>A loop over a product's result becomes the product's tail.</summary>
/// <remarks>
/// Only loops whose other operands are as large as the result, or one value per row or column: these are found from a
/// position in the result. Updates of state stay loops of their own, which can write in place.
/// </remarks>
internal sealed class TailFusion
{
    private const int MostExtraInputs = 12;

    private readonly Graph _graph;
    private readonly GraphRewriter _rewriter;
    private readonly NodeClusters _uses;
    private readonly HashSet<Value> _states;

    private TailFusion(Graph graph)
    {
        _graph = graph;
        _rewriter = new GraphRewriter(graph);
        _uses = new NodeClusters(graph);
        _states = [.. graph.Updates.Select(u => u.Value)];
    }

    public static Graph Run(Graph graph) => new TailFusion(graph).Run();

    private static bool IsAddressable(Shape operand, Shape result) =>
        operand == result || operand.Size == 1
        || (operand.Dims[^1] == operand.Size && operand.Dims[^1] == result.Dims[^1])
        || operand == result.With(-1, 1);

    private static bool IsRelu(ElementwiseProgram program) =>
        program.Inputs.Length == 1 && program.Instructions.Length == 1 && program.Outputs.Length == 1
        && program.Instructions[0] == new Instruction(ElementwiseFunction.Relu, 0);

    private Graph Run()
    {
        for (int i = 0; i < _graph.Nodes.Count; i++)
        {
            Node node = _graph.Nodes[i];
            if (node.Primitive is FusedElementwise loop && !node.Outputs.Any(_states.Contains)
                && Array.Find(node.Inputs, v => CanFuse(i, node, loop.Program, v)) is { } result)
                Fuse(node, loop.Program, result);
            else
                _rewriter.Keep(node);
        }

        return _rewriter.Finish();
    }

    private bool CanFuse(int position, Node node, ElementwiseProgram program, Value result)
    {
        if (result.Shape != node.Output.Shape || result.Shape.Rank == 0 || node.Inputs.Length > MostExtraInputs + 1) return false;
        if (FusableProducts.Of(_rewriter.Map(result)) is not { Relu: false, Tail: null } product) return false;
        if (!FusableProducts.TakesTail(product, result.Shape) && !(IsRelu(program) && !IsKept(result))) return false;

        // The product moves to the loop's place: whatever else reads its result has to come later.
        return _uses.Consumers(result).All(c => c >= position)
            && (IsKept(result) || node.Outputs.Any(o => o.DType == DType.Float32))
            && node.Inputs.All(v => IsAddressable(v.Shape, result.Shape));
    }

    /// <summary>Whether the product's result itself is needed besides what the loop makes of it.</summary>
    private bool IsKept(Value result) => _uses.IsResult(result) || _uses.Consumers(result).Count > 1;

    private void Fuse(Node node, ElementwiseProgram program, Value result)
    {
        FusedProduct product = FusableProducts.Of(_rewriter.Map(result))!;
        Value[] operands = _rewriter.Map(result).Producer!.Inputs;
        if (IsRelu(program) && !IsKept(result))
        {
            _rewriter.Replace(node.Outputs, _rewriter.Emit(product with { Relu = true }, operands));
            return;
        }

        // The first output lies where the product's result does: that result if it is kept, else any of the same type.
        List<(Value Value, int Register)> outputs = [.. node.Outputs.Select((v, i) => (v, program.Outputs[i]))];
        int at = Array.IndexOf(node.Inputs, result);
        (Value, int) first = IsKept(result) ? (result, at) : outputs.Find(o => o.Value.DType == DType.Float32);
        outputs.Remove(first);
        outputs.Insert(0, first);
        int[] inputs = [at, .. Enumerable.Range(0, node.Inputs.Length).Where(i => i != at)];
        ElementwiseProgram tail = program.Rearrange(inputs, [.. outputs.Select(o => o.Register)]);
        Value[] results = _rewriter.Emit(product with { Tail = tail }, [.. operands, .. inputs.Skip(1).Select(i => _rewriter.Map(node.Inputs[i]))]);
        _rewriter.Replace([.. outputs.Select(o => o.Value)], results);
    }
}

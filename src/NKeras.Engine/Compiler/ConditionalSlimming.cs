using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Takes out of a conditional what it need not take or give; puts a branch in its place whose number is known.</summary>
internal static class ConditionalSlimming
{
    public static void Run(GraphRewriter rewriter, Node node, Conditional conditional, HashSet<Value> used)
    {
        Value[] outer = rewriter.MapInputs(node);
        Graph[] branches = [.. conditional.Branches.Select(b => GraphOptimizer.Simplify(b.Graph))];
        if (outer[0].Constant is { } index)
        {
            Inline(rewriter, node, branches[Math.Clamp(index.Item<int>(), 0, branches.Length - 1)], outer);
            return;
        }

        int[] given = [.. Enumerable.Range(0, node.Outputs.Length).Where(i => used.Contains(node.Outputs[i]))];
        if (given.Length == 0)
        {
            rewriter.Drop();
            return;
        }

        HashSet<Value>[] needed = [.. branches.Select(b => InnerGraphs.Needed(b, given.Select(i => b.Outputs[i])))];
        List<int> taken = [];
        List<(Value Old, Value New)>[] replaced = [.. branches.Select(_ => new List<(Value, Value)>())];
        for (int i = 1; i < outer.Length; i++)
        {
            int at = i - 1;
            if (!branches.Where((b, k) => needed[k].Contains(b.Inputs[at])).Any()) continue;
            int same = taken.FindIndex(t => outer[t + 1] == outer[i]);
            if (outer[i].Constant == null && same < 0)
            {
                taken.Add(at);
                continue;
            }

            for (int k = 0; k < branches.Length; k++) replaced[k].Add((branches[k].Inputs[at], outer[i].Constant != null ? outer[i] : branches[k].Inputs[taken[same]]));
        }

        bool unchanged = given.Length == node.Outputs.Length && taken.Count == outer.Length - 1 && branches.Zip(conditional.Branches).All(b => b.First == b.Second.Graph);
        if (unchanged)
        {
            rewriter.Keep(node);
            return;
        }

        Subgraph[] slim = [.. branches.Select((b, k) => InnerGraphs.Rebuild(b, replaced[k], [.. taken.Select(i => b.Inputs[i])], given.Select(i => b.Outputs[i])))];
        Value[] outputs = rewriter.Emit(new Conditional([.. slim]), [outer[0], .. taken.Select(i => outer[i + 1])]);
        for (int i = 0; i < given.Length; i++) rewriter.Replace([node.Outputs[given[i]]], [outputs[i]]);
    }

    private static void Inline(GraphRewriter rewriter, Node node, Graph branch, Value[] outer)
    {
        Dictionary<Value, Value> values = [];
        for (int i = 0; i < branch.Inputs.Count; i++) values[branch.Inputs[i]] = outer[i + 1];
        foreach (Node inner in branch.Nodes)
        {
            Value[] results = rewriter.Emit(inner.Primitive, Array.ConvertAll(inner.Inputs, Of));
            for (int i = 0; i < results.Length; i++) values[inner.Outputs[i]] = results[i];
        }

        rewriter.Replace(node.Outputs, [.. branch.Outputs.Select(Of)]);

        Value Of(Value value) => values.GetValueOrDefault(value, value);
    }
}

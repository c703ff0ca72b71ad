using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Takes out of a while loop what it need not carry or take.</summary>
internal static class WhileSlimming
{
    public static void Run(GraphRewriter rewriter, Node node, WhileLoop loop, HashSet<Value> used)
    {
        Value[] outer = rewriter.MapInputs(node);
        Graph condition = GraphOptimizer.Simplify(loop.Condition.Graph), body = GraphOptimizer.Simplify(loop.Body.Graph);
        int carries = loop.Carries, extras = condition.Inputs.Count - carries;

        HashSet<Value> asked = InnerGraphs.Needed(condition, condition.Outputs);
        int[] ends = [.. Enumerable.Range(0, carries).Where(i => used.Contains(node.Outputs[i]) || asked.Contains(condition.Inputs[i]))];
        HashSet<Value> needed = InnerGraphs.NeededInLoop(body, carries, ends.Select(i => body.Outputs[i]));
        int[] constant = [.. Enumerable.Range(0, carries).Where(i => body.Outputs[i] == body.Inputs[i])];
        int[] carried = [.. Enumerable.Range(0, carries).Except(constant).Where(i => ends.Contains(i) || needed.Contains(body.Inputs[i]))];

        Extras ofCondition = new(), ofBody = new();
        foreach (int i in constant)
        {
            if (asked.Contains(condition.Inputs[i])) ofCondition.Add(condition.Inputs[i], outer[i]);
            if (needed.Contains(body.Inputs[i])) ofBody.Add(body.Inputs[i], outer[i]);
        }

        for (int i = carries; i < condition.Inputs.Count; i++)
        {
            if (asked.Contains(condition.Inputs[i])) ofCondition.Add(condition.Inputs[i], outer[i]);
        }

        for (int i = carries; i < body.Inputs.Count; i++)
        {
            if (needed.Contains(body.Inputs[i])) ofBody.Add(body.Inputs[i], outer[extras + i]);
        }

        bool unchanged = condition == loop.Condition.Graph && body == loop.Body.Graph && carried.Length == carries
            && ofCondition.Inner.Count == extras && ofBody.Inner.Count == body.Inputs.Count - carries;
        if (unchanged)
        {
            rewriter.Keep(node);
            return;
        }

        foreach (int i in constant) rewriter.Replace([node.Outputs[i]], [outer[i]]);
        if (!node.Outputs.Where((_, i) => carried.Contains(i)).Any(used.Contains))
        {
            rewriter.Drop();
            return;
        }

        WhileLoop slim = new(
            InnerGraphs.Rebuild(condition, ofCondition.Replaced, [.. carried.Select(i => condition.Inputs[i]), .. ofCondition.Inner], condition.Outputs),
            InnerGraphs.Rebuild(body, ofBody.Replaced, [.. carried.Select(i => body.Inputs[i]), .. ofBody.Inner], carried.Select(i => body.Outputs[i])),
            carried.Length,
            loop.Most);
        Value[] outputs = rewriter.Emit(slim, [.. carried.Select(i => outer[i]), .. ofCondition.Outer, .. ofBody.Outer]);
        for (int i = 0; i < carried.Length; i++) rewriter.Replace([node.Outputs[carried[i]]], [outputs[i]]);
    }

    /// <summary>What a loop's graph takes besides the carried values; constants are known inside.</summary>
    private sealed class Extras
    {
        public List<Value> Inner { get; } = [];

        public List<Value> Outer { get; } = [];

        public List<(Value Old, Value New)> Replaced { get; } = [];

        public void Add(Value inner, Value outer)
        {
            if (outer.Constant != null)
            {
                Replaced.Add((inner, outer));
            }
            else if (Outer.IndexOf(outer) is >= 0 and int at)
            {
                Replaced.Add((inner, Inner[at]));
            }
            else
            {
                Inner.Add(inner);
                Outer.Add(outer);
            }
        }
    }
}

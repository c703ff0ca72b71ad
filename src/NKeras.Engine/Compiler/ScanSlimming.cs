using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler;

/// <summary>Takes out of a scan what it need not carry, take, compute in each step, or give.</summary>
internal sealed class ScanSlimming
{
    private readonly GraphRewriter _rewriter;
    private readonly Node _node;
    private readonly Scan _scan;
    private readonly HashSet<Value> _used;
    private readonly Value[] _outer;
    private readonly Graph _body;
    private readonly List<(Value Old, Value New)> _replaced = [];

    // What is the same in all steps: by the value inside, the value outside.
    private readonly Dictionary<Value, Value> _same = [];
    private readonly List<(Value Inner, Value Outer)> _shared = [];

    public ScanSlimming(GraphRewriter rewriter, Node node, Scan scan, HashSet<Value> used)
    {
        (_rewriter, _node, _scan, _used) = (rewriter, node, scan, used);
        _outer = rewriter.MapInputs(node);
        _body = GraphOptimizer.Simplify(scan.Body.Graph);
    }

    public void Run()
    {
        int carries = _scan.Carries, sequences = carries + _scan.Sequences;
        int[] results = [.. Enumerable.Range(carries, _body.Outputs.Count - carries).Where(i => _used.Contains(_node.Outputs[i]))];
        HashSet<Value> needed = InnerGraphs.NeededInLoop(
            _body, carries, [.. results.Select(i => _body.Outputs[i]), .. Enumerable.Range(0, carries).Where(i => _used.Contains(_node.Outputs[i])).Select(i => _body.Outputs[i])]);

        int[] constant = [.. Enumerable.Range(0, carries).Where(i => _body.Outputs[i] == _body.Inputs[i])];
        int[] carried = [.. Enumerable.Range(0, carries).Except(constant).Where(i => _used.Contains(_node.Outputs[i]) || needed.Contains(_body.Inputs[i]))];
        int[] taken = [.. Enumerable.Range(carries, _scan.Sequences).Where(i => needed.Contains(_body.Inputs[i]))];
        foreach (int i in constant.Concat(Enumerable.Range(sequences, _body.Inputs.Count - sequences)))
        {
            if (needed.Contains(_body.Inputs[i])) Share(_body.Inputs[i], _outer[i]);
        }

        taken = [.. taken.Where(i => !IsTakenBefore(taken, i))];
        bool hoisted = Hoist(needed);

        // A slice that is given as it is, and a result that is given twice.
        int[] copies = [.. results.Where(i => Source(i) >= carries && Source(i) < sequences)];
        int[] stacked = [.. results.Except(copies)];
        int[] distinct = [.. stacked.Where(i => stacked.First(j => _body.Outputs[j] == _body.Outputs[i]) == i)];
        bool unchanged = _body == _scan.Body.Graph && !hoisted && _replaced.Count == 0 && constant.Length == 0 && copies.Length == 0
            && carried.Length == carries && taken.Length == _scan.Sequences && distinct.Length == _body.Outputs.Count - carries
            && _shared.Count == _body.Inputs.Count - sequences;
        if (unchanged)
        {
            _rewriter.Keep(_node);
            return;
        }

        foreach (int i in constant) _rewriter.Replace([_node.Outputs[i]], [_outer[i]]);
        foreach (int i in copies) _rewriter.Replace([_node.Outputs[i]], [_outer[Source(i)]]);
        if (carried.Length + distinct.Length == 0)
        {
            _rewriter.Drop();
            return;
        }

        Subgraph body = InnerGraphs.Rebuild(
            _body,
            _replaced,
            [.. carried.Concat(taken).Select(i => _body.Inputs[i]), .. _shared.Select(s => s.Inner)],
            carried.Concat(distinct).Select(i => _body.Outputs[i]));
        Value[] outputs = _rewriter.Emit(
            new Scan(body, _scan.Length, carried.Length, taken.Length, _scan.Reverse),
            [.. carried.Concat(taken).Select(i => _outer[i]), .. _shared.Select(s => s.Outer)]);
        for (int i = 0; i < carried.Length; i++) _rewriter.Replace([_node.Outputs[carried[i]]], [outputs[i]]);
        foreach (int i in stacked)
            _rewriter.Replace([_node.Outputs[i]], [outputs[carried.Length + Array.FindIndex(distinct, j => _body.Outputs[j] == _body.Outputs[i])]]);
    }

    /// <summary>Which input a result is.</summary>
    private int Source(int result) => _body.Inputs.ToList().IndexOf(_body.Outputs[result]);

    /// <summary>Makes a value that is the same in all steps an input that steps share; a constant is known inside.</summary>
    private void Share(Value inner, Value outer)
    {
        _same[inner] = outer;
        if (outer.Constant != null)
        {
            _replaced.Add((inner, outer));
        }
        else if (_shared.FirstOrDefault(s => s.Outer == outer).Inner is { } earlier)
        {
            _replaced.Add((inner, earlier));
        }
        else
        {
            Value entering = inner;
            if (inner.Producer != null) _replaced.Add((inner, entering = new Value(inner.Spec, null, 0)));
            _shared.Add((entering, outer));
        }
    }

    private bool IsTakenBefore(int[] taken, int input)
    {
        int first = taken.First(i => _outer[i] == _outer[input]);
        if (first == input) return false;
        _replaced.Add((_body.Inputs[input], _body.Inputs[first]));
        return true;
    }

    /// <summary>Computes what is the same in all steps before the scan. Copies stay inside, where they often cost nothing.</summary>
    private bool Hoist(HashSet<Value> needed)
    {
        HashSet<Value> ends = [];
        Dictionary<Value, Value> outside = new(_same);
        foreach (Node node in _body.Nodes)
        {
            bool movable = node.Outputs.Any(needed.Contains) && node.Primitive is not (BroadcastTo or Iota) && node.Inputs.Length > 0
                && node.Inputs.All(v => v.Constant != null || outside.ContainsKey(v));
            if (!movable)
            {
                ends.UnionWith(node.Inputs);
                continue;
            }

            Value[] results = _rewriter.Emit(node.Primitive, [.. node.Inputs.Select(v => outside.GetValueOrDefault(v, v))]);
            for (int i = 0; i < results.Length; i++) outside[node.Outputs[i]] = results[i];
        }

        ends.UnionWith(_body.Outputs);
        bool hoisted = false;
        foreach ((Value inner, Value outer) in outside)
        {
            if (_same.ContainsKey(inner)) continue;
            hoisted = true;
            if (ends.Contains(inner)) Share(inner, outer);
        }

        return hoisted;
    }
}

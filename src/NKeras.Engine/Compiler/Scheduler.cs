using NKeras.Engine.Graphs;

namespace NKeras.Engine.Compiler;

/// <summary>
/// Orders nodes so that new state is computed after the last reader of the old, where no dependency forbids it: it can then
/// be written in place. Otherwise nodes keep their order.
/// </summary>
internal sealed class Scheduler
{
    private readonly Graph _graph;
    private readonly Dictionary<Node, int> _positions = [];
    private readonly Dictionary<Value, List<int>> _readers = [];
    private readonly HashSet<int>[] _successors;

    private Scheduler(Graph graph)
    {
        _graph = graph;
        _successors = [.. graph.Nodes.Select(_ => new HashSet<int>())];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            _positions[graph.Nodes[i]] = i;
            foreach (Value input in graph.Nodes[i].Inputs)
            {
                if (input.Producer is { } producer) _successors[_positions[producer]].Add(i);
                if (!_readers.TryGetValue(input, out List<int>? readers)) _readers[input] = readers = [];
                readers.Add(i);
            }
        }
    }

    public static Graph Run(Graph graph)
    {
        Scheduler scheduler = new(graph);
        Dictionary<StateCell, Value[]> states = graph.Nodes.SelectMany(n => n.Inputs).Where(v => v.Cell != null).Distinct()
            .GroupBy(v => v.Cell!).ToDictionary(g => g.Key, g => g.ToArray());
        foreach ((StateCell cell, Value value) in graph.Updates)
        {
            if (Producer(value) is not { } writer || !states.TryGetValue(cell, out Value[]? olds)) continue;
            foreach (Value old in olds) scheduler.WriteLast(scheduler._positions[writer], old);
        }

        Node[] sorted = [.. scheduler.Sorted().Select(i => graph.Nodes[i])];
        return sorted.SequenceEqual(graph.Nodes) ? graph : new Graph { Inputs = graph.Inputs, Nodes = sorted, Outputs = graph.Outputs, Updates = graph.Updates };
    }

    /// <summary>The node that computes a value's elements; null if they come from outside.</summary>
    private static Node? Producer(Value value) => value.Producer is { IsView: true } view ? Producer(view.Inputs[0]) : value.Producer;

    private void WriteLast(int writer, Value old)
    {
        // An edge from a reader to the writer adds nothing to what the writer reaches: one search serves all readers.
        HashSet<int> later = [writer];
        Stack<int> open = new([writer]);
        while (open.TryPop(out int node))
        {
            foreach (int next in _successors[node])
            {
                if (later.Add(next)) open.Push(next);
            }
        }

        foreach (int reader in Readers(old))
        {
            if (!later.Contains(reader)) _successors[reader].Add(writer);
        }
    }

    /// <summary>The nodes that read a value, also through views.</summary>
    private IEnumerable<int> Readers(Value value) => _readers.GetValueOrDefault(value, [])
        .SelectMany(i => _graph.Nodes[i].IsView ? Readers(_graph.Nodes[i].Output) : [i]);

    private IEnumerable<int> Sorted()
    {
        int[] missing = new int[_successors.Length];
        foreach (int next in _successors.SelectMany(s => s)) missing[next]++;
        PriorityQueue<int, int> ready = new();
        for (int i = 0; i < missing.Length; i++)
        {
            if (missing[i] == 0) ready.Enqueue(i, i);
        }

        while (ready.TryDequeue(out int node, out _))
        {
            yield return node;
            foreach (int next in _successors[node])
            {
                if (--missing[next] == 0) ready.Enqueue(next, next);
            }
        }
    }
}

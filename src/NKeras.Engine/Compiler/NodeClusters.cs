using NKeras.Engine.Graphs;

namespace NKeras.Engine.Compiler;

/// <summary>A graph's nodes in disjoint clusters, each of which is to become one node.</summary>
internal sealed class NodeClusters
{
    private readonly Graph _graph;
    private readonly int[] _clusterOf;
    private readonly List<int>[] _members;
    private readonly Dictionary<Node, int> _positions = [];
    private readonly Dictionary<Value, List<int>> _consumers = [];
    private readonly HashSet<Value> _results;

    /// <summary>Puts each node into a cluster of its own.</summary>
    public NodeClusters(Graph graph)
    {
        _graph = graph;
        _clusterOf = [.. Enumerable.Range(0, graph.Nodes.Count)];
        _members = [.. _clusterOf.Select(i => new List<int> { i })];
        _results = [.. graph.Results];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            _positions[graph.Nodes[i]] = i;
            foreach (Value input in graph.Nodes[i].Inputs)
            {
                if (!_consumers.TryGetValue(input, out List<int>? list)) _consumers[input] = list = [];
                list.Add(i);
            }
        }
    }

    /// <summary>The cluster of a node, by the node's position.</summary>
    public int this[int node] => _clusterOf[node];

    /// <summary>The positions of a cluster's nodes, in order.</summary>
    public IReadOnlyList<int> Members(int cluster) => _members[cluster];

    public int PositionOf(Node node) => _positions[node];

    /// <summary>The positions of the nodes that use a value.</summary>
    public IReadOnlyList<int> Consumers(Value value) => _consumers.GetValueOrDefault(value, []);

    /// <summary>Whether a value leaves the graph.</summary>
    public bool IsResult(Value value) => _results.Contains(value);

    /// <summary>Whether a value is used outside a set of clusters.</summary>
    public bool Escapes(Value value, int a, int b) =>
        IsResult(value) || Consumers(value).Any(c => _clusterOf[c] != a && _clusterOf[c] != b);

    /// <summary>Makes one cluster of two.</summary>
    public void Merge(int from, int into)
    {
        foreach (int node in _members[from]) _clusterOf[node] = into;
        _members[into].AddRange(_members[from]);
        _members[into].Sort();
        _members[from].Clear();
    }

    /// <summary>Whether something outside depends on one cluster and is needed by the other: then they cannot run as one.</summary>
    public bool HasDetour(int from, int to)
    {
        HashSet<int> seen = [from, to];
        Stack<int> open = new([from]);
        while (open.TryPop(out int cluster))
        {
            foreach (int node in _members[cluster])
            {
                foreach (Value output in _graph.Nodes[node].Outputs)
                {
                    foreach (int consumer in Consumers(output))
                    {
                        int next = _clusterOf[consumer];
                        if (next == to && cluster != from) return true;
                        if (seen.Add(next)) open.Push(next);
                    }
                }
            }
        }

        return false;
    }

    /// <summary>The clusters in an order in which they can run: each as late as its last node was, where dependencies allow.</summary>
    public IEnumerable<int> InOrder()
    {
        Dictionary<int, int> missing = [];
        Dictionary<int, List<int>> successors = [];
        foreach (int cluster in _clusterOf.Distinct())
        {
            HashSet<int> producers = [];
            foreach (int node in _members[cluster])
            {
                foreach (Value input in _graph.Nodes[node].Inputs)
                {
                    if (input.Producer is { } producer && _clusterOf[_positions[producer]] is int other && other != cluster) producers.Add(other);
                }
            }

            missing[cluster] = producers.Count;
            foreach (int producer in producers)
            {
                if (!successors.TryGetValue(producer, out List<int>? list)) successors[producer] = list = [];
                list.Add(cluster);
            }
        }

        PriorityQueue<int, int> ready = new();
        foreach ((int cluster, int count) in missing)
        {
            if (count == 0) ready.Enqueue(cluster, _members[cluster][^1]);
        }

        while (ready.TryDequeue(out int cluster, out _))
        {
            yield return cluster;
            foreach (int next in successors.GetValueOrDefault(cluster, []))
            {
                if (--missing[next] == 0) ready.Enqueue(next, _members[next][^1]);
            }
        }
    }
}

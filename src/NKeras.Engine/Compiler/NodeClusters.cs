using NKeras.Engine.Graphs;

namespace NKeras.Engine.Compiler;

/// <summary>A graph's nodes in disjoint clusters, each of which is to become one node.</summary>
internal sealed class NodeClusters
{
    /// <summary>A place in the order whose cluster went into another.</summary>
    private const int None = -1;

    /// <summary>
    /// Where more than this depends on the first of two clusters before the second, they are taken to be connected: they
    /// mostly are (an activation and its use in the backward pass), and searching on would make compiling quadratic.
    /// </summary>
    private const int WidestSearch = 500;

    private readonly Graph _graph;
    private readonly int[] _clusterOf;
    private readonly List<int>[] _members;

    // The clusters in an order in which they can run, and where in it each is: a search for what lies between two clusters
    // need not leave the part of the order between them (Pearce and Kelly, 2006).
    private readonly int[] _order;
    private readonly int[] _rank;
    private readonly Dictionary<Node, int> _positions = [];
    private readonly Dictionary<Value, List<int>> _consumers = [];
    private readonly HashSet<Value> _results;

    /// <summary>Puts each node into a cluster of its own.</summary>
    public NodeClusters(Graph graph)
    {
        _graph = graph;
        _clusterOf = [.. Enumerable.Range(0, graph.Nodes.Count)];
        _order = [.. _clusterOf];
        _rank = [.. _clusterOf];
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

    /// <summary>Moves a cluster into the only one that uses its results.</summary>
    public void MergeIntoUser(int cluster, int user)
    {
        _order[_rank[cluster]] = None;
        Absorb(cluster, user);
    }

    /// <summary>Makes one cluster of two, unless something outside depends on one and is needed by the other.</summary>
    public bool TryMerge(int a, int b)
    {
        (int first, int last) = _rank[a] < _rank[b] ? (a, b) : (b, a);
        if (!FindAfter(first, last, out HashSet<int> after)) return false;

        // What depends on the first moves behind the merged cluster; the rest of what was in between stays before it.
        int start = _rank[first], end = _rank[last];
        int[] between = [.. _order[start..(end + 1)].Where(c => c != None && c != first && c != last)];
        int[] renewed = [.. between.Where(c => !after.Contains(c)), last, .. between.Where(after.Contains)];
        for (int i = start; i <= end; i++)
        {
            _order[i] = i - start < renewed.Length ? renewed[i - start] : None;
            if (_order[i] != None) _rank[_order[i]] = i;
        }

        Absorb(first, last);
        return true;
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

    /// <summary>Finds what depends on one cluster and is ordered before another; false if the other depends on any of that, or may.</summary>
    private bool FindAfter(int first, int last, out HashSet<int> after)
    {
        after = [];
        Stack<int> open = new([first]);
        while (open.TryPop(out int cluster))
        {
            foreach (int consumer in _members[cluster].SelectMany(node => _graph.Nodes[node].Outputs).SelectMany(Consumers))
            {
                int next = _clusterOf[consumer];
                if ((next == last && cluster != first) || after.Count > WidestSearch) return false;
                if (next != first && _rank[next] < _rank[last] && after.Add(next)) open.Push(next);
            }
        }

        return true;
    }

    private void Absorb(int from, int into)
    {
        foreach (int node in _members[from]) _clusterOf[node] = into;
        _members[into].AddRange(_members[from]);
        _members[into].Sort();
        _members[from].Clear();
    }
}

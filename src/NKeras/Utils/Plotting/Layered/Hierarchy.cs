namespace NKeras.Plotting.Layered;

/// <summary>Which rectangle is in which group, and at which of them an edge is routed.</summary>
internal sealed class Hierarchy
{
    private readonly Dictionary<LayoutNode, (LayoutGroup Group, int Depth)> _parents = [];
    private readonly ILookup<LayoutGroup, LayoutEdge> _edges;

    public Hierarchy(LayoutGroup root, IReadOnlyList<LayoutEdge> edges)
    {
        Groups.Add(root);
        Nodes.Add(root);
        for (int i = 0; i < Groups.Count; i++)
        {
            int depth = Depth(Groups[i]) + 1;
            foreach (LayoutNode child in Groups[i].Children)
            {
                _parents.Add(child, (Groups[i], depth));
                Nodes.Add(child);
                if (child is LayoutGroup group) Groups.Add(group);
            }
        }

        _edges = edges.ToLookup(e => CommonGroup(e.Source, e.Target));
    }

    /// <summary>The groups, outer ones before those inside.</summary>
    public List<LayoutGroup> Groups { get; } = [];

    /// <summary>All rectangles, groups included.</summary>
    public List<LayoutNode> Nodes { get; } = [];

    /// <summary>The edges between different children of a group, or from a child to itself.</summary>
    public IEnumerable<LayoutEdge> EdgesIn(LayoutGroup group) => _edges[group];

    /// <summary>How many groups are around a rectangle.</summary>
    public int Depth(LayoutNode node) => _parents.TryGetValue(node, out (LayoutGroup Group, int Depth) parent) ? parent.Depth : 0;

    /// <summary>The child of a group that is, or is around, a rectangle inside.</summary>
    public LayoutNode ChildOf(LayoutGroup group, LayoutNode node)
    {
        while (_parents[node].Group != group) node = _parents[node].Group;
        return node;
    }

    private LayoutGroup CommonGroup(LayoutNode a, LayoutNode b)
    {
        LayoutGroup first = _parents[a].Group, second = _parents[b].Group;
        while (first != second)
        {
            if (Depth(first) >= Depth(second)) first = _parents[first].Group;
            else second = _parents[second].Group;
        }

        return first;
    }
}

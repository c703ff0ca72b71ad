using static NKeras.Engine.Primitives.ScalarMath;

namespace NKeras.Engine.Primitives;

/// <summary>The prefixes that are kept while one sequence is decoded. They are the nodes of a tree, of which labels are the edges.</summary>
internal sealed class CtcBeam(ElementView logProbabilities, int sequence, int width, int blank)
{
    private readonly int _classes = logProbabilities.Shape.Dims[2];

    /// <summary>For each node the one before and the last label; the root is the empty prefix.</summary>
    private readonly List<(int Parent, int Label)> _nodes = [(-1, -1)];

    private readonly Dictionary<(int Parent, int Label), int> _children = [];

    /// <summary>The nodes kept, with the log-probability of the ways in which their last step was a label, or a blank.</summary>
    private List<Entry> _beam = [];

    /// <summary>Takes one step into account.</summary>
    public void Step(int t)
    {
        double[] x = new double[_classes];
        for (int c = 0; c < _classes; c++) x[c] = logProbabilities.Double((((sequence * logProbabilities.Shape.Dims[1]) + t) * _classes) + c);
        Dictionary<(int Parent, int Label), Entry> next = [];
        foreach (Entry entry in t == 0 ? [new Entry(0, -1, -1, double.NegativeInfinity, 0)] : _beam) Extend(entry, x, next);

        // Of the first step, too, only the best are kept.
        _beam = [.. next.Values.OrderByDescending(e => e.Total).ThenByDescending(e => e, Comparer<Entry>.Create(CompareLabels)).Take(width)];
        for (int i = 0; i < _beam.Count; i++)
        {
            (int Parent, int Label) edge = (_beam[i].Parent, _beam[i].Label);
            if (edge.Parent < 0 || _beam[i].Node >= 0) continue;

            // A prefix that had been given up may be back: what grew from it still knows its node.
            if (!_children.TryGetValue(edge, out int node))
            {
                _children[edge] = node = _nodes.Count;
                _nodes.Add(edge);
            }

            _beam[i] = _beam[i] with { Node = node };
        }
    }

    /// <summary>The labels and log-probability of the best, in order.</summary>
    public List<(int[] Labels, double Score)> Best(int count) => [.. _beam.Take(count).Select(e => (Labels(e), e.Total))];

    private void Extend(Entry entry, double[] x, Dictionary<(int Parent, int Label), Entry> next)
    {
        Entry stays = next.GetValueOrDefault((entry.Parent, entry.Label), entry with { Emit = double.NegativeInfinity, Blank = double.NegativeInfinity }) with { Node = entry.Node };
        for (int c = 0; c < x.Length; c++)
        {
            if (c == blank)
            {
                stays = stays with { Blank = LogAdd(stays.Blank, entry.Total + x[c]) };
                continue;
            }

            // The same label again is the label going on, unless a blank was between.
            if (c == entry.Label) stays = stays with { Emit = LogAdd(stays.Emit, entry.Emit + x[c]) };
            Entry grown = next.GetValueOrDefault((entry.Node, c), new Entry(-1, entry.Node, c, double.NegativeInfinity, double.NegativeInfinity));
            next[(entry.Node, c)] = grown with { Emit = LogAdd(grown.Emit, (c == entry.Label ? entry.Blank : entry.Total) + x[c]) };
        }

        next[(entry.Parent, entry.Label)] = stays;
    }

    private int[] Labels(Entry entry)
    {
        List<int> labels = [];
        for ((int parent, int label) = (entry.Parent, entry.Label); parent >= 0; (parent, label) = _nodes[parent]) labels.Add(label);
        labels.Reverse();
        return [.. labels];
    }

    /// <summary>Among equally likely prefixes lower labels come first, and longer ones before their beginnings, as in Keras.</summary>
    private int CompareLabels(Entry a, Entry b)
    {
        int[] first = Labels(a), second = Labels(b);
        for (int i = 0; i < Math.Min(first.Length, second.Length); i++)
        {
            if (first[i] != second[i]) return second[i].CompareTo(first[i]);
        }

        return first.Length.CompareTo(second.Length);
    }

    /// <summary>A prefix: its node (-1 before it has one), the node before and its last label.</summary>
    private readonly record struct Entry(int Node, int Parent, int Label, double Emit, double Blank)
    {
        public double Total => LogAdd(Emit, Blank);
    }
}

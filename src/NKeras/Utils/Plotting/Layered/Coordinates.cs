namespace NKeras.Plotting.Layered;

/// <summary>
/// Places the vertices of each row, in the given order, such that edges are straight where they can be: the method of Brandes
/// and Köpf (2002), with edges that need not end in the middle of a vertex.
/// </summary>
internal static class Coordinates
{
    private const double Gap = 28;
    private const double PointGap = 16;

    /// <summary>Sets <see cref="Vertex.X"/>.</summary>
    public static void Assign(Vertex[][] rows, IReadOnlyList<Link> links)
    {
        MarkSkips(links);
        for (int i = 1; i < rows.Length; i++) MarkCrossingLongEdges(rows[i - 1], rows[i]);

        Dictionary<Vertex, double>[] layouts = [.. from upward in new[] { false, true } from leftward in new[] { false, true } select Align(rows, upward, leftward)];
        Combine([.. rows.SelectMany(r => r)], layouts);
    }

    /// <summary>The least distance of the middles of two neighbours.</summary>
    internal static double Distance(Vertex left, Vertex right) => left.Half + right.Half + (left.IsPoint && right.IsPoint ? PointGap : Gap);

    /// <summary>An edge that skips what lies between its ends need not be straight there: the way through what it skips is.</summary>
    private static void MarkSkips(IReadOnlyList<Link> links)
    {
        HashSet<Vertex> leading = [], led = [];
        foreach (Link link in links.Where(l => l.Segments.Count == 1))
        {
            leading.Add(link.Upper);
            led.Add(link.Lower);
        }

        foreach (Link link in links.Where(l => l.Segments.Count > 1 && leading.Contains(l.Upper) && led.Contains(l.Lower)))
            link.Segments[0].Yields = link.Segments[^1].Yields = true;
    }

    /// <summary>What crosses the middle part of a long edge yields to it.</summary>
    private static void MarkCrossingLongEdges(Vertex[] upper, Vertex[] lower)
    {
        int left = 0, scanned = 0;
        for (int i = 0; i < lower.Length; i++)
        {
            Segment? inner = lower[i].Up.FirstOrDefault(s => s.IsInner);
            if (inner == null && i < lower.Length - 1) continue;
            int right = inner?.Upper.Order ?? upper.Length;
            for (; scanned <= i; scanned++)
            {
                foreach (Segment segment in lower[scanned].Up.Where(s => !s.IsInner && (s.Upper.Order < left || s.Upper.Order > right))) segment.Yields = true;
            }

            left = right;
        }
    }

    /// <summary>One of four layouts: edges straightened from above or from below, preferring the left or the right of two.</summary>
    private static Dictionary<Vertex, double> Align(Vertex[][] rows, bool upward, bool leftward)
    {
        int sign = leftward ? -1 : 1;
        Vertex[][] walk = [.. (upward ? rows.Reverse() : rows).Select(r => leftward ? [.. r.Reverse()] : r)];
        Dictionary<Vertex, Vertex> root = [], next = [];
        Dictionary<Vertex, double> shift = [];
        foreach (Vertex vertex in rows.SelectMany(r => r))
        {
            root[vertex] = next[vertex] = vertex;
            shift[vertex] = 0;
        }

        foreach (Vertex[] row in walk)
        {
            int taken = -1;
            foreach (Vertex vertex in row)
            {
                Segment[] segments = [.. (upward ? vertex.Down : vertex.Up).Where(s => !s.Yields).OrderBy(s => Place(Other(s))).ThenBy(s => sign * OtherOffset(s))];
                if (segments.Length == 0) continue;
                for (int i = (segments.Length - 1) / 2; i <= segments.Length / 2; i++)
                {
                    Vertex other = Other(segments[i]);
                    if (next[vertex] != vertex || taken >= Place(other)) continue;
                    next[other] = vertex;
                    next[vertex] = root[vertex] = root[other];
                    shift[vertex] = shift[other] + (sign * (OtherOffset(segments[i]) - OwnOffset(segments[i])));
                    taken = Place(other);
                }
            }

            // Places are those of the row as it is walked.
            int Place(Vertex v) => leftward ? -v.Order + int.MaxValue / 2 : v.Order;
        }

        Dictionary<Vertex, double> x = Compact(walk, root, shift);
        return rows.SelectMany(r => r).ToDictionary(v => v, v => sign * (x[root[v]] + shift[v]));

        Vertex Other(Segment s) => upward ? s.Lower : s.Upper;
        double OtherOffset(Segment s) => upward ? s.LowerOffset : s.UpperOffset;
        double OwnOffset(Segment s) => upward ? s.UpperOffset : s.LowerOffset;
    }

    /// <summary>Moves the blocks of aligned vertices together: to the left as far as they go, then back to what is right of them.</summary>
    private static Dictionary<Vertex, double> Compact(Vertex[][] walk, Dictionary<Vertex, Vertex> root, Dictionary<Vertex, double> shift)
    {
        Dictionary<Vertex, List<(Vertex Right, double Distance)>> right = root.Values.Distinct().ToDictionary(r => r, _ => new List<(Vertex, double)>());
        Dictionary<Vertex, int> waiting = right.Keys.ToDictionary(r => r, _ => 0);
        foreach (Vertex[] row in walk)
        {
            for (int i = 1; i < row.Length; i++)
            {
                Vertex a = row[i - 1], b = row[i];
                right[root[a]].Add((root[b], Distance(a, b) + shift[a] - shift[b]));
                waiting[root[b]]++;
            }
        }

        Dictionary<Vertex, double> x = right.Keys.ToDictionary(r => r, _ => 0.0);
        List<Vertex> order = [.. right.Keys.Where(r => waiting[r] == 0)];
        Dictionary<Vertex, double> least = order.ToDictionary(r => r, _ => 0.0);
        for (int i = 0; i < order.Count; i++)
        {
            x[order[i]] = least[order[i]];
            foreach ((Vertex neighbour, double distance) in right[order[i]])
            {
                double needed = x[order[i]] + distance;
                least[neighbour] = least.TryGetValue(neighbour, out double known) ? Math.Max(known, needed) : needed;
                if (--waiting[neighbour] == 0) order.Add(neighbour);
            }
        }

        foreach (Vertex block in Enumerable.Reverse(order).Where(b => right[b].Count > 0))
            x[block] = Math.Max(x[block], right[block].Min(r => x[r.Right] - r.Distance));
        return x;
    }

    /// <summary>Moves the four layouts over the narrowest one and takes, for each vertex, the mean of the middle two places.</summary>
    private static void Combine(Vertex[] vertices, Dictionary<Vertex, double>[] layouts)
    {
        (double Left, double Right)[] extents = [.. layouts.Select(l => (vertices.Min(v => l[v] - v.Half), vertices.Max(v => l[v] + v.Half)))];
        (double left, double right) = extents.MinBy(e => e.Right - e.Left);
        foreach (Vertex vertex in vertices)
        {
            double[] places = [.. layouts.Select((layout, i) => layout[vertex] + (i % 2 == 0 ? left - extents[i].Left : right - extents[i].Right)).Order()];
            vertex.X = (places[1] + places[2]) / 2;
        }
    }
}

namespace NKeras.Plotting.Layered;

/// <summary>Gives each vertex a row, such that edges lead downwards.</summary>
internal static class Ranking
{
    /// <summary>Turns round the edges that close a cycle.</summary>
    public static void BreakCycles(IReadOnlyList<Vertex> vertices, IReadOnlyList<Link> links)
    {
        ILookup<Vertex, Link> outgoing = links.ToLookup(l => l.Source);
        HashSet<Vertex> active = [], finished = [];
        Stack<(Vertex Vertex, IEnumerator<Link> Next)> path = [];
        foreach (Vertex root in vertices)
        {
            if (!finished.Contains(root)) Enter(root);
            while (path.TryPeek(out (Vertex Vertex, IEnumerator<Link> Next) top))
            {
                if (!top.Next.MoveNext())
                {
                    path.Pop();
                    active.Remove(top.Vertex);
                    finished.Add(top.Vertex);
                    continue;
                }

                Link link = top.Next.Current;
                if (active.Contains(link.Target)) link.IsReversed = true;
                else if (!finished.Contains(link.Target)) Enter(link.Target);
            }
        }

        void Enter(Vertex vertex)
        {
            active.Add(vertex);
            path.Push((vertex, outgoing[vertex].GetEnumerator()));
        }
    }

    /// <summary>Sets <see cref="Vertex.Rank"/>: as high as possible, but near to what follows if more leads there than comes in.</summary>
    /// <param name="children">The vertices but for the entrances and exits.</param>
    /// <param name="above">The entrances and exits on the upper side: the first row.</param>
    /// <param name="below">Those on the lower side: the last row.</param>
    /// <param name="links">What connects them, free of cycles.</param>
    /// <returns>The number of rows.</returns>
    public static int Assign(IReadOnlyList<Vertex> children, IReadOnlyList<Vertex> above, IReadOnlyList<Vertex> below, IReadOnlyList<Link> links)
    {
        ILookup<Vertex, Vertex> followers = links.ToLookup(l => l.Upper, l => l.Lower);
        Dictionary<Vertex, int> incoming = links.GroupBy(l => l.Lower).ToDictionary(g => g.Key, g => g.Count());
        Dictionary<Vertex, int> waiting = new(incoming);
        int first = above.Count > 0 ? 1 : 0;
        foreach (Vertex child in children) child.Rank = first;

        List<Vertex> order = [.. above.Concat(children).Where(v => !incoming.ContainsKey(v))];
        for (int i = 0; i < order.Count; i++)
        {
            foreach (Vertex follower in followers[order[i]])
            {
                follower.Rank = Math.Max(follower.Rank, order[i].Rank + 1);
                if (--waiting[follower] == 0) order.Add(follower);
            }
        }

        int last = children.Select(v => v.Rank).DefaultIfEmpty(first - 1).Max() + 1;
        foreach (Vertex exit in below) exit.Rank = last;
        HashSet<Vertex> movable = [.. children];
        foreach (Vertex vertex in Enumerable.Reverse(order).Where(movable.Contains))
        {
            int down = followers[vertex].Count();
            if (down > incoming.GetValueOrDefault(vertex)) vertex.Rank = followers[vertex].Min(f => f.Rank) - 1;
        }

        // A row may have lost all it had.
        int[] used = [.. children.Concat(above).Concat(below).Select(v => v.Rank).Distinct().Order()];
        Dictionary<int, int> renumbered = used.Select((rank, i) => (rank, i)).ToDictionary(r => r.rank, r => r.i);
        foreach (Vertex vertex in children.Concat(above).Concat(below)) vertex.Rank = renumbered[vertex.Rank];
        return used.Length;
    }
}

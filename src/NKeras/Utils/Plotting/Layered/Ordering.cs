namespace NKeras.Plotting.Layered;

/// <summary>Orders the vertices of each row such that few edges cross.</summary>
internal static class Ordering
{
    private const int Sweeps = 12;

    /// <summary>Sorts the rows and sets <see cref="Vertex.Order"/>.</summary>
    public static void Arrange(Vertex[][] rows)
    {
        ByDiscovery(rows);
        Vertex[][] best = [.. rows.Select(r => r.ToArray())];
        long fewest = Crossings(rows);
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            bool down = sweep % 2 == 0;
            for (int i = 1; i < rows.Length; i++) SortByNeighbours(rows[down ? i : rows.Length - 1 - i], down);
            long crossings = Crossings(rows);
            if (crossings >= fewest) continue;
            fewest = crossings;
            for (int i = 0; i < rows.Length; i++) rows[i].CopyTo(best[i], 0);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            best[i].CopyTo(rows[i], 0);
            Number(rows[i]);
        }
    }

    /// <summary>How often edges cross.</summary>
    internal static long Crossings(Vertex[][] rows)
    {
        long crossings = 0;
        foreach (Vertex[] row in rows)
        {
            double[] ends = [.. row.SelectMany(v => v.Down).OrderBy(s => Place(s.Upper, s.UpperOffset)).ThenBy(s => Place(s.Lower, s.LowerOffset)).Select(s => Place(s.Lower, s.LowerOffset))];
            crossings += Inversions(ends, new double[ends.Length]);
        }

        return crossings;
    }

    /// <summary>In the order of a walk along the edges, short ones first, so that long ones run beside what they pass.</summary>
    private static void ByDiscovery(Vertex[][] rows)
    {
        HashSet<Vertex> seen = [];
        List<Vertex>[] found = [.. rows.Select(_ => new List<Vertex>())];
        Stack<Vertex> stack = [];
        foreach (Vertex root in rows.SelectMany(r => r).OrderBy(v => v.Up.Count > 0))
        {
            stack.Push(root);
            while (stack.TryPop(out Vertex? vertex))
            {
                if (!seen.Add(vertex)) continue;
                found[vertex.Rank].Add(vertex);
                foreach (Segment segment in vertex.Down.OrderBy(s => s.Lower.IsPoint).Reverse()) stack.Push(segment.Lower);
            }
        }

        for (int i = 0; i < rows.Length; i++)
        {
            found[i].CopyTo(rows[i]);
            Number(rows[i]);
        }
    }

    private static void SortByNeighbours(Vertex[] row, bool down)
    {
        double[] keys = [.. row.Select(v => (down ? v.Up : v.Down) is { Count: > 0 } segments
            ? segments.Average(s => down ? Place(s.Upper, s.UpperOffset) : Place(s.Lower, s.LowerOffset))
            : v.Order)];
        Vertex[] sorted = [.. row.Select((v, i) => (v, i)).OrderBy(p => keys[p.i]).Select(p => p.v)];
        sorted.CopyTo(row, 0);
        Number(row);
    }

    private static void Number(Vertex[] row)
    {
        for (int i = 0; i < row.Length; i++) row[i].Order = i;
    }

    /// <summary>The place in the row, with a fraction for where on a wide vertex the edge ends.</summary>
    private static double Place(Vertex vertex, double offset) => vertex.Half > 0 ? vertex.Order + (0.49 * offset / vertex.Half) : vertex.Order;

    /// <summary>The number of pairs in the wrong order, by merge sort.</summary>
    private static long Inversions(Span<double> values, Span<double> scratch)
    {
        if (values.Length < 2) return 0;
        int half = values.Length / 2;
        long count = Inversions(values[..half], scratch[..half]) + Inversions(values[half..], scratch[half..]);
        values.CopyTo(scratch);
        for (int i = 0, left = 0, right = half; i < values.Length; i++)
        {
            if (right == values.Length || (left < half && scratch[left] <= scratch[right]))
            {
                values[i] = scratch[left++];
            }
            else
            {
                count += half - left;
                values[i] = scratch[right++];
            }
        }

        return count;
    }
}

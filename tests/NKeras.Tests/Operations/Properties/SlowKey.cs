namespace NKeras.Tests.Operations.Properties;

/// <summary>What a key picks, by NumPy's description of indexing, one element at a time.</summary>
/// <param name="Indices">The indices.</param>
internal sealed record SlowKey(SlowIndex[] Indices)
{
    public TensorIndex[] ToIndices() => [.. Indices.Select(i => i.ToIndex())];

    public override string ToString() => string.Join(", ", Indices.Select(i => i.ToIndex().ToString()));

    /// <summary>The picked elements; null if positions and masks cannot be broadcast together.</summary>
    public SlowArray? Pick(SlowArray x)
    {
        bool advanced = Indices.Any(i => i is SlowIndex.Positions or SlowIndex.Mask);
        int left = x.Rank - Indices.Sum(i => i.Axes);
        List<SlowIndex> given = [.. Indices];
        if (!given.Any(i => i is SlowIndex.Ellipsis)) given.Add(new SlowIndex.Ellipsis());

        // One list of positions for each axis of the parts, and for the axes that are picked arrays that are broadcast together.
        List<int[]> parts = [];
        List<int> partAxes = [];
        List<(int Axis, SlowArray At)> picks = [];
        int axis = 0, front = -1, firstPick = -1, lastPick = -1;
        for (int i = 0; i < given.Count; i++)
        {
            SlowIndex index = given[i];
            if (advanced && index.IsPick)
            {
                if (firstPick < 0) (firstPick, front) = (i, parts.Count);
                lastPick = i;
            }

            switch (index)
            {
                case SlowIndex.Ellipsis:
                    for (int k = 0; k < left; k++) Add(axis, [.. Enumerable.Range(0, x.Dims[axis])]);
                    break;
                case SlowIndex.NewAxis:
                    parts.Add([0]);
                    partAxes.Add(-1);
                    break;
                case SlowIndex.Slice slice:
                    Add(axis, Python(slice, x.Dims[axis]));
                    break;
                case SlowIndex.Position position:
                    picks.Add((axis, new SlowArray([], [Wrapped(position.At, x.Dims[axis])])));
                    axis++;
                    break;
                case SlowIndex.Positions positions:
                    int length = x.Dims[axis];
                    picks.Add((axis, positions.At with { Items = [.. positions.At.Items.Select(p => Wrapped(p, length))] }));
                    axis++;
                    break;
                case SlowIndex.Mask mask:
                    int[][] holds = [.. SlowArray.Indices(mask.Holds.Dims).Where(at => mask.Holds[at] != 0)];
                    if (mask.Holds.Rank == 0) picks.Add((-1, new SlowArray([holds.Length], new int[holds.Length])));
                    for (int k = 0; k < mask.Holds.Rank; k++) picks.Add((axis++, new SlowArray([holds.Length], [.. holds.Select(h => h[k])])));
                    break;
            }
        }

        bool neighbours = firstPick < 0 || given[firstPick..lastPick].All(i => i.IsPick);
        if (SlowArray.Common([[], .. picks.Select(p => p.At.Dims)]) is not { } common) return null;
        int place = !advanced ? 0 : neighbours ? front : 0;
        int[] dims = [.. parts[..place].Select(p => p.Length), .. common, .. parts[place..].Select(p => p.Length)];
        return SlowArray.Of(dims, result =>
        {
            int[] source = new int[x.Rank];
            for (int p = 0; p < parts.Count; p++)
            {
                if (partAxes[p] >= 0) source[partAxes[p]] = parts[p][result[p < place ? p : p + common.Length]];
            }

            foreach ((int along, SlowArray at) in picks.Where(p => p.Axis >= 0)) source[along] = at.Broadcast(result[place..(place + common.Length)]);
            return x[source];
        });

        void Add(int along, int[] positions)
        {
            parts.Add(positions);
            partAxes.Add(along);
            axis = along + 1;
        }
    }

    private static int Wrapped(int position, int length) => position < 0 ? position + length : position;

    /// <summary>The positions that Python's <c>start:stop:step</c> means, found by trying.</summary>
    private static int[] Python(SlowIndex.Slice slice, int length)
    {
        int step = slice.Step ?? 1;
        int start = slice.Start is { } first ? Inside(first) : step > 0 ? 0 : length - 1;
        int stop = slice.Stop is { } last ? Inside(last) : step > 0 ? length : -1;
        List<int> positions = [];
        for (int at = start; step > 0 ? at < stop : at > stop; at += step) positions.Add(at);
        return [.. positions];

        int Inside(int bound)
        {
            if (bound < 0) bound += length;
            return step > 0 ? Math.Min(Math.Max(bound, 0), length) : Math.Min(Math.Max(bound, -1), length - 1);
        }
    }
}

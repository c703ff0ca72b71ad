namespace NKeras.Tests.Operations.Properties;

/// <summary>Draws shapes, keys and what else operations take, small ones with many zeros and ones.</summary>
internal static class RandomCases
{
    /// <summary>A shape with up to four axes.</summary>
    public static int[] Dims(this Random random, int least = 0, int most = 4, bool empty = true) =>
        [.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => random.Next(10) switch { 0 => empty ? 0 : 1, 1 or 2 => 1, _ => random.Next(2, 5) })];

    /// <summary>A shape that broadcasts to another.</summary>
    public static int[] Broadcastable(this Random random, int[] dims) =>
        [.. dims.Skip(random.Next(3) == 0 ? random.Next(dims.Length + 1) : 0).Select(d => random.Next(3) == 0 ? 1 : d)];

    /// <summary>A shape of which some dimensions are not known.</summary>
    public static Shape Blurred(this Random random, int[] dims) => Shape.Create([.. dims.Select(d => random.Next(2) == 0 ? null : (int?)d)]);

    /// <summary>An axis, counted from the beginning or from the end.</summary>
    public static int Axis(this Random random, int rank) => random.Next(-rank, rank);

    /// <summary>A key for an array.</summary>
    public static SlowKey Key(this Random random, int[] dims)
    {
        List<SlowIndex> indices = [];
        int[] common = random.Dims(0, 2);
        int axis = 0;
        bool ellipsis = false;
        while (axis < dims.Length && random.Next(8) > 0)
        {
            switch (random.Next(9))
            {
                case 0 when dims[axis] > 0:
                    indices.Add(new SlowIndex.Position(random.Next(-dims[axis], dims[axis])));
                    axis++;
                    break;
                case 1 or 2:
                    indices.Add(new SlowIndex.Slice(Bound(dims[axis]), Bound(dims[axis]), random.Next(3) == 0 ? null : Step()));
                    axis++;
                    break;
                case 3 when !ellipsis:
                    indices.Add(new SlowIndex.Ellipsis());
                    ellipsis = true;
                    // From here on the last axes are meant.
                    axis += random.Next(dims.Length - axis + 1);
                    break;
                case 4:
                    indices.Add(new SlowIndex.NewAxis());
                    break;
                case 5 or 6 when dims[axis] > 0:
                    int length = dims[axis];
                    indices.Add(new SlowIndex.Positions(SlowArray.Of(random.Broadcastable(common), _ => random.Next(-length, length))));
                    axis++;
                    break;
                case 7:
                    int[] masked = dims[axis..(axis + random.Next(1, dims.Length - axis + 1))];
                    indices.Add(new SlowIndex.Mask(SlowArray.Of(masked, _ => random.Next(2))));
                    axis += masked.Length;
                    break;
                case 8 when random.Next(4) == 0:
                    indices.Add(new SlowIndex.Mask(new SlowArray([], [random.Next(2)])));
                    break;
            }
        }

        // Behind an ellipsis the axes that are left must be named.
        while (ellipsis && axis < dims.Length)
        {
            indices.Add(new SlowIndex.Slice(null, null, null));
            axis++;
        }

        return new SlowKey([.. indices]);

        int? Bound(int around) => random.Next(3) == 0 ? null : random.Next(-around - 2, around + 3);

        int Step() => random.Next(2) == 0 ? random.Next(1, 4) : -random.Next(1, 4);
    }
}

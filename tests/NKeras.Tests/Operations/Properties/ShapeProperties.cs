namespace NKeras.Tests.Operations.Properties;

/// <summary>The algebra of shapes: broadcasting, reordering, joining and cutting, against definitions and against each other.</summary>
public sealed class ShapeProperties
{
    private sealed record Case(int[] Dims, int Seed)
    {
        public Random Random => new(Seed);

        public SlowArray X => SlowArray.Counting(Dims);

        public override string ToString() => $"shape ({string.Join(", ", Dims)}) seed {Seed}";
    }

    [Fact]
    public void OperandsAreBroadcast() => Check(c =>
    {
        Random random = c.Random;
        SlowArray[] operands = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => SlowArray.Counting(random.Broadcastable(c.Dims)))];
        int[] common = SlowArray.Common([.. operands.Select(o => o.Dims)])!;
        SlowArray expected = SlowArray.Of(common, i => operands.Select(o => o.Broadcast(i)).Aggregate((a, b) => a - (2 * b)));
        Same(expected, Function([.. operands.Select(o => o.ToTensor())]));
        SymbolicAgrees(Function, [.. operands], random, common);

        SlowArray wide = SlowArray.Of(c.Dims, i => operands[0].Broadcast(i));
        Same(wide, Ops.BroadcastTo(operands[0].ToTensor(), c.Dims));

        static Tensor Function(Tensor[] t) => t.Skip(1).Aggregate(t[0], (a, b) => Ops.Subtract(a, Ops.Multiply(2, b)));
    });

    [Fact]
    public void OperandsThatDoNotFitAreRefused() => Check(c =>
    {
        Random random = c.Random;
        int[] other = random.Dims();
        if (SlowArray.Common(c.Dims, other) is not null) return;
        Assert.Throws<ArgumentException>(() => Ops.Add(c.X.ToTensor(), SlowArray.Counting(other).ToTensor()));
        Assert.Throws<ArgumentException>(() => Ops.Add(new KerasTensor(c.Dims), new KerasTensor(other)));
    });

    [Fact]
    public void AxesAreReordered() => Check(c =>
    {
        Random random = c.Random;
        int rank = c.Dims.Length;
        int[] order = [.. Enumerable.Range(0, rank)];
        random.Shuffle(order);
        int[] dims = [.. order.Select(a => c.Dims[a])];
        SlowArray expected = SlowArray.Of(dims, i =>
        {
            int[] source = new int[rank];
            for (int k = 0; k < rank; k++) source[order[k]] = i[k];
            return c.X[source];
        });
        Tensor turned = Ops.Transpose(c.X.ToTensor(), order);
        Same(expected, turned);
        SymbolicAgrees(t => Ops.Transpose(t[0], order), [c.X], random, dims);
        Same(c.X, Ops.Transpose(turned, [.. Enumerable.Range(0, rank).Select(a => Array.IndexOf(order, a))]));
        if (rank == 0) return;

        (int from, int to) = (random.Axis(rank), random.Axis(rank));
        Same(c.X, Ops.Moveaxis(Ops.Moveaxis(c.X.ToTensor(), from, to), to, from));
        Tensor swapped = Ops.Swapaxes(c.X.ToTensor(), from, to);
        Same(c.X, Ops.Swapaxes(swapped, to, from));
        Assert.Equal(c.Dims[(from + rank) % rank], swapped.Shape[to]);
        SymbolicAgrees(t => Ops.Swapaxes(t[0], from, to), [c.X], random, [.. swapped.Shape.Select(d => d!.Value)]);

        // Moving several axes to the front is the transpose with these first.
        int moved = random.Next(rank + 1);
        Same(expected with { Items = Ops.Transpose(c.X.ToTensor(), [.. order[..moved], .. Enumerable.Range(0, rank).Except(order[..moved])]).ToArray<int>(), Dims = [.. order[..moved].Concat(Enumerable.Range(0, rank).Except(order[..moved])).Select(a => c.Dims[a])] },
            Ops.Moveaxis(c.X.ToTensor(), order[..moved], Enumerable.Range(0, moved).ToArray()));
    });

    [Fact]
    public void ElementsKeepTheirOrderUnderAnotherShape() => Check(c =>
    {
        Random random = c.Random;
        Tensor x = c.X.ToTensor();
        Same(new SlowArray([c.X.Items.Length], c.X.Items), Ops.Ravel(x));
        int ones = random.Next(3);
        int[] places = [.. Enumerable.Range(0, c.Dims.Length + ones).OrderBy(_ => random.Next()).Take(ones)];
        List<int> dims = [.. c.Dims];
        foreach (int place in places.Order()) dims.Insert(place, 1);
        Tensor expanded = Ops.ExpandDims(x, places);
        Same(new SlowArray([.. dims], c.X.Items), expanded);
        Same(c.X, Ops.Squeeze(expanded, places));
        Same(new SlowArray([.. c.Dims.Where(d => d != 1)], c.X.Items), Ops.Squeeze(x));
        SymbolicAgrees(t => Ops.ExpandDims(t[0], places), [c.X], random, [.. dims]);
        SymbolicAgrees(t => Ops.Ravel(t[0]), [c.X], random, [c.X.Items.Length]);

        int[] shuffled = [.. c.Dims.OrderBy(_ => random.Next())];
        Same(c.X, Ops.Reshape(Ops.Reshape(x, shuffled), c.Dims));
        int open = random.Next(shuffled.Length + 1);
        if (open == shuffled.Length || shuffled.Where((_, i) => i != open).Contains(0)) return;
        int?[] target = [.. shuffled.Select((d, i) => i == open ? -1 : (int?)d)];
        Same(new SlowArray(shuffled, c.X.Items), Ops.Reshape(x, TargetShape.Create(target)));
        SymbolicAgrees(t => Ops.Reshape(t[0], TargetShape.Create(target)), [c.X], random, shuffled);
    });

    [Fact]
    public void PiecesJoinToTheWhole() => Check(c =>
    {
        if (c.Dims.Length == 0) return;
        Random random = c.Random;
        int axis = random.Axis(c.Dims.Length), at = axis < 0 ? axis + c.Dims.Length : axis, length = c.Dims[at];
        int[] cuts = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(length + 1)).Order()];
        int parts = random.Next(1, 6);
        Tensor x = c.X.ToTensor();
        IReadOnlyList<Tensor> pieces = Ops.Split(x, cuts, axis), even = Ops.ArraySplit(x, parts, axis);
        Assert.Equal(cuts.Length + 1, pieces.Count);
        Same(c.X, Ops.Concatenate(pieces, axis));
        Assert.Equal(parts, even.Count);
        Same(c.X, Ops.Concatenate(even, axis));
        int[] sizes = [.. even.Select(p => p.Shape[at]!.Value)];
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        Assert.Equal(sizes.OrderDescending(), sizes);
        int[] bounds = [0, .. cuts, length];
        for (int i = 0; i < pieces.Count; i++)
        {
            int k = i;
            SymbolicAgrees(t => Ops.Split(t[0], cuts, axis)[k], [c.X], random, [.. c.Dims[..at], bounds[k + 1] - bounds[k], .. c.Dims[(at + 1)..]]);
        }

        if (length > 0) Same(c.X, Ops.Stack(Ops.Unstack(x, axis: axis), at));
        SymbolicAgrees(t => Ops.Concatenate([t[0], t[1]], axis), [c.X, SlowArray.Counting([.. c.Dims[..at], parts, .. c.Dims[(at + 1)..]])], random, [.. c.Dims[..at], length + parts, .. c.Dims[(at + 1)..]]);
        if (length % parts == 0) Same(c.X, Ops.Concatenate(Ops.Split(x, parts, axis), axis));
        else Assert.Throws<ArgumentException>(() => Ops.Split(x, parts, axis));
    });

    [Fact]
    public void CopiesAreWhereTheyBelong() => Check(c =>
    {
        Random random = c.Random;
        int rank = c.Dims.Length;
        Tensor x = c.X.ToTensor();
        int[] times = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(4))];
        int[] whole = [.. Enumerable.Repeat(1, Math.Max(0, times.Length - rank)), .. c.Dims];
        int[] factors = [.. Enumerable.Repeat(1, whole.Length - times.Length), .. times];
        int[] dims = [.. whole.Zip(factors, (d, f) => d * f)];
        Same(SlowArray.Of(dims, i => new SlowArray(whole, c.X.Items)[i.Zip(whole, (k, d) => k % d).ToArray()]), Ops.Tile(x, times));
        SymbolicAgrees(t => Ops.Tile(t[0], times), [c.X], random, dims);
        if (rank == 0) return;

        int axis = random.Next(rank), length = c.Dims[axis], count = random.Next(4);
        Same(Along(axis, [.. Enumerable.Range(0, length * count).Select(i => i / count)]), Ops.Repeat(x, count, axis));
        int[] each = [.. Enumerable.Range(0, length).Select(_ => random.Next(3))];
        if (length != 1) Same(Along(axis, [.. each.SelectMany((n, i) => Enumerable.Repeat(i, n))]), Ops.Repeat(x, each, axis));
        Same(Along(axis, [.. Enumerable.Range(0, length).Reverse()]), Ops.Flip(x, axis - rank));
        Same(c.X, Ops.Flip(Ops.Flip(x)));
        int shift = random.Next(-9, 10);
        Same(Along(axis, [.. Enumerable.Range(0, length).Select(i => (((i - shift) % length) + length) % length)]), Ops.Roll(x, shift, axis));
        Same(c.X, Ops.Roll(Ops.Roll(x, shift), -shift));
        SymbolicAgrees(t => Ops.Roll(Ops.Flip(Ops.Repeat(t[0], count, axis)), shift, axis), [c.X], random, [.. c.Dims[..axis], length * count, .. c.Dims[(axis + 1)..]]);
        if (rank < 2) return;
        int[] plane = [axis, (axis + 1) % rank];
        Same(c.X, Ops.Rot90(Ops.Rot90(x, 1, plane), 3, plane));
        int[] square = [.. c.Dims];
        (square[plane[0]], square[plane[1]]) = (square[plane[1]], square[plane[0]]);
        Same(SlowArray.Of(square, i =>
        {
            // One quarter: row i of the result is the column that is i-th from the end.
            int[] source = [.. i];
            (source[plane[0]], source[plane[1]]) = (i[plane[1]], c.Dims[plane[1]] - 1 - i[plane[0]]);
            return c.X[source];
        }), Ops.Rot90(x, 1, plane));

        SlowArray Along(int on, int[] positions) => SlowArray.Of([.. c.Dims[..on], positions.Length, .. c.Dims[(on + 1)..]], i => c.X[[.. i[..on], positions[i[on]], .. i[(on + 1)..]]]);
    });

    [Fact]
    public void DiagonalsAndTrianglesAreWhereTheyBelong() => Check(c =>
    {
        Random random = c.Random;
        if (c.Dims.Length < 2) return;
        int k = random.Next(-5, 6), rank = c.Dims.Length, first = random.Axis(rank), second = random.Axis(rank);
        Tensor x = c.X.ToTensor();
        Same(SlowArray.Of(c.Dims, i => i[^1] <= i[^2] + k ? c.X[i] : 0), Ops.Tril(x, k));
        Same(SlowArray.Of(c.Dims, i => i[^1] >= i[^2] + k ? c.X[i] : 0), Ops.Triu(x, k));
        (int a, int b) = ((first + rank) % rank, (second + rank) % rank);
        if (a == b)
        {
            Assert.Throws<ArgumentException>(() => Ops.Diagonal(x, k, first, second));
            return;
        }

        int[] others = [.. Enumerable.Range(0, rank).Where(i => i != a && i != b)];
        int length = Enumerable.Range(0, c.Dims[a]).Count(i => i + k >= 0 && i + k < c.Dims[b]);
        int[] dims = [.. others.Select(o => c.Dims[o]), length];
        SlowArray expected = SlowArray.Of(dims, i =>
        {
            int[] source = new int[rank];
            for (int o = 0; o < others.Length; o++) source[others[o]] = i[o];
            source[a] = i[^1] + Math.Max(0, -k);
            source[b] = source[a] + k;
            return c.X[source];
        });
        Same(expected, Ops.Diagonal(x, k, first, second));
        SymbolicAgrees(t => Ops.Diagonal(t[0], k, first, second), [c.X], random, dims);
        Same(SlowArray.Of(dims[..^1], i => Enumerable.Range(0, length).Sum(d => expected[[.. i, d]])), Ops.Trace(x, k, first, second));
        int side = c.X.Items.Length + Math.Abs(k);
        if (side < 60) Same(new SlowArray([c.X.Items.Length], c.X.Items), Ops.Diag(Ops.Diagflat(x, k), k));
    });

    private static void Same(SlowArray expected, Tensor actual)
    {
        Assert.Equal(new Shape(expected.Dims), actual.Shape);
        Assert.Equal(expected.Items, actual.ToArray<int>());
    }

    /// <summary>The static shape is the real one where all dimensions are known, and does not contradict it where some are not.</summary>
    private static void SymbolicAgrees(Func<Tensor[], Tensor> function, SlowArray[] operands, Random random, int[] dims)
    {
        Assert.Equal(new Shape(dims), function([.. operands.Select(o => new KerasTensor(o.Dims, "int32"))]).Shape);
        KerasTensor[] blurred = [.. operands.Select(o => new KerasTensor(random.Blurred(o.Dims), "int32"))];
        Shape inferred = function(blurred).Shape;
        Assert.True(inferred.IsCompatibleWith(dims), $"{string.Join(" and ", blurred.Select(b => b.Shape))} give {inferred}, not {new Shape(dims)}");
    }

    private static void Check(Action<Case> check, int count = 200) => Property.Holds(random => new Case(random.Dims(), random.Next()), check, count: count);
}

using NKeras.Engine.Runtime;

namespace NKeras.Tests.Operations.Properties;

/// <summary>Reading and writing at places: take, take_along_axis, scatter, slices that begin anywhere.</summary>
public sealed class PlaceProperties
{
    private sealed record Case(int[] Dims, int Seed)
    {
        public Random Random => new(Seed);

        public SlowArray X => SlowArray.Counting(Dims);

        public override string ToString() => $"shape ({string.Join(", ", Dims)}) seed {Seed}";
    }

    [Fact]
    public void TakeReadsSlices() => Check(c =>
    {
        Random random = c.Random;
        int axis = random.Axis(c.Dims.Length), at = (axis + c.Dims.Length) % c.Dims.Length, length = c.Dims[at];
        SlowArray places = SlowArray.Of(random.Dims(0, 2), _ => length == 0 ? 0 : random.Next(-length, length));
        if (length == 0 && places.Items.Length > 0)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Take(c.X.ToTensor(), places.ToTensor(), axis));
            return;
        }

        SlowArray expected = SlowArray.Of([.. c.Dims[..at], .. places.Dims, .. c.Dims[(at + 1)..]], i =>
        {
            int place = places[i.AsSpan(at, places.Rank)];
            return c.X[[.. i[..at], place < 0 ? place + length : place, .. i[(at + places.Rank)..]]];
        });
        Same(expected, t => Ops.Take(t[0], t[1], axis), c.X.ToTensor(), places.ToTensor());
    });

    [Fact]
    public void TakeAlongAxisReadsElements() => Check(c =>
    {
        Random random = c.Random;
        int axis = random.Axis(c.Dims.Length), at = (axis + c.Dims.Length) % c.Dims.Length, length = c.Dims[at];
        if (length == 0) return;
        // Beside the axis one of both may have a dimension of one.
        int[] own = [.. c.Dims.Select((d, i) => i != at && random.Next(4) == 0 ? 1 : d)];
        int[] dims = [.. c.Dims.Select((d, i) => i == at ? random.Next(4) : random.Next(4) == 0 ? 1 : d)];
        SlowArray x = SlowArray.Counting(own), places = SlowArray.Of(dims, _ => random.Next(-length, length));
        int[] result = SlowArray.Common([.. own[..at], 1, .. own[(at + 1)..]], dims)!;
        SlowArray expected = SlowArray.Of(result, i =>
        {
            int place = places.Broadcast(i);
            return x.Broadcast([.. i[..at], place < 0 ? place + length : place, .. i[(at + 1)..]]);
        });
        Same(expected, t => Ops.TakeAlongAxis(t[0], t[1], axis), x.ToTensor(), places.ToTensor());
    });

    [Fact]
    public void ScatterWritesOneAfterTheOther() => Check(c =>
    {
        Random random = c.Random;
        int axes = random.Next(1, c.Dims.Length + 1), count = random.Next(5);
        if (c.Dims[..axes].Contains(0)) return;
        SlowArray places = SlowArray.Of([count, axes], i => random.Next(-c.Dims[i[1]], c.Dims[i[1]]));
        SlowArray updates = SlowArray.Of([count, .. c.Dims[axes..]], _ => random.Next(-9, 10));
        foreach ((string? reduction, Func<int, int, int> combine) in new (string?, Func<int, int, int>)[]
        {
            (null, (_, b) => b), ("add", (a, b) => a + b), ("max", Math.Max), ("min", Math.Min), ("mul", (a, b) => a * b),
        })
        {
            int[] items = [.. c.X.Items];
            foreach (int[] i in SlowArray.Indices(updates.Dims)) Combine(items, i, combine);
            Same(c.X with { Items = items }, t => Ops.ScatterUpdate(t[0], t[1], t[2], reduction), c.X.ToTensor(), places.ToTensor(), updates.ToTensor());
        }

        int[] sums = new int[c.X.Items.Length];
        foreach (int[] i in SlowArray.Indices(updates.Dims)) Combine(sums, i, (a, b) => a + b);
        Same(c.X with { Items = sums }, t => Ops.Scatter(t[0], t[1], c.Dims), places.ToTensor(), updates.ToTensor());

        void Combine(int[] items, int[] i, Func<int, int, int> combine)
        {
            int[] target = [.. Enumerable.Range(0, axes).Select(a => (places[[i[0], a]] + c.Dims[a]) % c.Dims[a]), .. i[1..]];
            items[c.X.Place(target)] = combine(items[c.X.Place(target)], updates[i]);
        }
    });

    [Fact]
    public void PartsBeginAnywhere() => Check(c =>
    {
        Random random = c.Random;
        int[] lengths = [.. c.Dims.Select(d => random.Next(d + 1))], starts = [.. c.Dims.Zip(lengths, (d, l) => random.Next(d - l + 1))];
        SlowArray expected = SlowArray.Of(lengths, i => c.X[i.Zip(starts, (k, s) => k + s).ToArray()]);
        Same(expected, t => Ops.Slice(t[0], t[1], lengths), c.X.ToTensor(), Tensor.From(starts));
        Assert.Equal(expected.Items, Ops.Slice(c.X.ToTensor(), starts, lengths).ToArray<int>());

        SlowArray part = SlowArray.Of(lengths, _ => -random.Next(1, 9));
        SlowArray updated = SlowArray.Of(c.Dims, i =>
        {
            int[] inside = [.. i.Zip(starts, (k, s) => k - s)];
            return inside.Zip(lengths).All(p => p.First >= 0 && p.First < p.Second) ? part[inside] : c.X[i];
        });
        Same(updated, t => Ops.SliceUpdate(t[0], t[1], t[2]), c.X.ToTensor(), Tensor.From(starts), part.ToTensor());
        Assert.Equal(updated.Items, Ops.SliceUpdate(c.X.ToTensor(), starts, part.ToTensor()).ToArray<int>());
    });

    [Fact]
    public void PlacesOfElementsLeadBackToThem() => Check(c =>
    {
        Tensor x = Ops.Mod(c.X.ToTensor(), 3);
        IReadOnlyList<Tensor> places = Ops.Nonzero(x);
        int[][] expected = [.. SlowArray.Indices(c.Dims).Where(i => c.X[i] % 3 != 0)];
        Assert.Equal(c.Dims.Length, places.Count);
        for (int axis = 0; axis < places.Count; axis++) Assert.Equal(expected.Select(e => e[axis]), places[axis].ToArray<int>());
        if (c.X.Items.Length == 0) return;
        IReadOnlyList<Tensor> all = Ops.UnravelIndex(c.X.ToTensor(), c.Dims);
        Assert.Equal(c.X.Items, c.X.ToTensor()[[.. all.Select(a => (TensorIndex)a)]].ToArray<int>());
    });

    /// <summary>The same with data, and in a compiled function that is given everything.</summary>
    private static void Same(SlowArray expected, Func<Tensor[], Tensor> function, params Tensor[] arguments)
    {
        foreach (Tensor actual in (Tensor[])[function(arguments), Jit.Compile([.. arguments.Select(a => a.Spec)], a => [function(a)]).Run(arguments)[0]])
        {
            Assert.Equal(new Shape(expected.Dims), actual.Shape);
            Assert.Equal(expected.Items, actual.ToArray<int>());
        }

        Assert.Equal(new Shape(expected.Dims), function([.. arguments.Select(a => new KerasTensor(a.Shape, a.DType))]).Shape);
    }

    private static void Check(Action<Case> check, int count = 150) => Property.Holds(random => new Case(random.Dims(1, 3), random.Next()), check, count: count);
}

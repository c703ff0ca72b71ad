using NKeras.Engine.Runtime;
using NKeras.Tests.Recorded;

namespace NKeras.Tests.Operations.Properties;

/// <summary><c>x[…]</c> with random keys picks what NumPy's description says, on all three kinds of tensors.</summary>
public sealed class IndexingProperties
{
    private sealed record Case(int[] Dims, SlowKey Key, int Seed)
    {
        public SlowArray X => SlowArray.Counting(Dims);

        public override string ToString() => $"shape ({string.Join(", ", Dims)})[{Key}] seed {Seed}";
    }

    [Fact]
    public void DataArePickedOneByOne() => Check(c =>
    {
        if (c.Key.Pick(c.X) is not { } expected)
        {
            Assert.Throws<ArgumentException>(() => c.X.ToTensor()[c.Key.ToIndices()]);
            return;
        }

        Tensor picked = c.X.ToTensor()[c.Key.ToIndices()];
        Assert.Equal(new Shape(expected.Dims), picked.Shape);
        Assert.Equal(expected.Items, picked.ToArray<int>());
    }, 2000);

    [Fact]
    public void SymbolicTensorsKnowTheShape() => Check(c =>
    {
        if (c.Key.Pick(c.X) is not { } expected) return;
        KerasTensor whole = new(c.Dims, "int32"), part = new(new Random(c.Seed).Blurred(c.Dims), "int32");
        Assert.Equal(new Shape(expected.Dims), whole[c.Key.ToIndices()].Shape);
        Assert.True(part[c.Key.ToIndices()].Shape.IsCompatibleWith(expected.Dims), $"{part.Shape} gives {part[c.Key.ToIndices()].Shape}");
        if (c.Key.Indices.Length == 0) return;

        // Tensors in the key may be symbolic, too; a mask then picks no one knows how many.
        TensorIndex[] open = [.. c.Key.Indices.Select(i => i.ToIndex()).Select(i => i.Tensor is { } t ? new KerasTensor(t.Shape, t.DType) : i)];
        Assert.True(whole[open].Shape.IsCompatibleWith(expected.Dims), $"symbolic tensors in the key give {whole[open].Shape}");
        if (open.All(i => i.Tensor?.DType != DType.Bool)) Assert.Equal(new Shape(expected.Dims), whole[open].Shape);
    }, 1000);

    [Fact]
    public void CompiledFunctionsPickTheSame() => Check(c =>
    {
        if (c.Key.Pick(c.X) is not { } expected) return;
        TensorIndex[] indices = c.Key.ToIndices();
        // Positions are arguments of the function, counted from the end or not; masks are data.
        int[] given = [.. Enumerable.Range(0, indices.Length).Where(i => c.Key.Indices[i] is SlowIndex.Positions)];
        Tensor[] arguments = [c.X.ToTensor(), .. given.Select(i => Ops.Cast(indices[i].Tensor!, new Random(c.Seed).Next(2) == 0 ? "int32" : "int64"))];
        Tensor picked = Jit.Compile([.. arguments.Select(a => a.Spec)], a =>
        {
            TensorIndex[] key = [.. indices];
            for (int k = 0; k < given.Length; k++) key[given[k]] = a[k + 1];
            return [a[0][key]];
        }).Run(arguments)[0];
        Assert.Equal(new Shape(expected.Dims), picked.Shape);
        Assert.Equal(expected.Items, picked.ToArray<int>());
    });

    [Fact]
    public void GradientsAddUpWhereElementsCameFrom() => Check(c =>
    {
        if (c.Key.Pick(c.X) is not { } expected) return;
        float[] sums = new float[c.X.Items.Length];
        for (int i = 0; i < expected.Items.Length; i++) sums[expected.Items[i]] += i + 1;
        Tensor x = Ops.Cast(c.X.ToTensor(), "float32"), cotangent = Ops.Cast(SlowArray.Counting(expected.Dims).ToTensor(), "float32");
        Assert.Equal(sums, FunctionGradients.Of(t => t[c.Key.ToIndices()], x, Ops.Add(cotangent, 1f)).ToArray<float>());
    });

    [Fact]
    public void ModelsPickTheSame() => Check(c =>
    {
        // The batch is not known when the step is made, so the key leaves it whole.
        if (c.Dims.Length == 0 || c.Key.Pick(c.X) is not { } one) return;
        SlowKey key = new([new SlowIndex.Slice(null, null, null), .. c.Key.Indices]);
        SlowArray batch = SlowArray.Counting([2, .. c.Dims]);
        SlowArray expected = key.Pick(batch)!;
        Input x = new(c.Dims, dtype: "int32");
        Tensor picked = new Model(x, x[key.ToIndices()]).Apply(batch.ToTensor());
        Assert.Equal(new Shape(expected.Dims), picked.Shape);
        Assert.Equal(expected.Items, picked.ToArray<int>());
        _ = one;
    }, 150);

    [Fact]
    public void PositionsThatAreOutOfRangeReachNothing() => Property.Holds(
        random => (Dims: random.Dims(1, 3, empty: false), Type: random.Next(4), Seed: random.Next()),
        c =>
        {
            Random random = new(c.Seed);
            SlowArray x = SlowArray.Counting(c.Dims);
            long[] far = [c.Dims[0], -c.Dims[0] - 1, int.MaxValue, int.MinValue, 1L << 32, (1L << 32) - 1, -(1L << 32), long.MinValue, long.MaxValue];
            Tensor position = Tensor.From([far[random.Next(c.Type < 2 ? 4 : far.Length)]]);
            if (c.Type == 0) position = Ops.Cast(position, "int32");
            if (c.Type == 3) position = Tensor.From([(ulong)c.Dims[0] + (random.Next(2) == 0 ? 0 : (1UL << 32) - (ulong)c.Dims[0]), ulong.MaxValue]);
            Assert.Throws<ArgumentOutOfRangeException>(() => x.ToTensor()[position]);
            Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Take(x.ToTensor(), position, axis: 0));

            Tensor numbers = Ops.Cast(x.ToTensor(), "float32");
            Tensor[] picked = Jit.Compile([numbers.Spec, position.Spec], a => [a[0][(TensorIndex)a[1]], Ops.Take(a[0], a[1], axis: 0)]).Run(numbers, position);
            Assert.All(picked, p => Assert.All(p.ToArray<float>(), value => Assert.True(float.IsNaN(value))));
        });

    private static void Check(Action<Case> check, int count = 300) => Property.Holds(
        random =>
        {
            int[] dims = random.Dims();
            return new Case(dims, random.Key(dims), random.Next());
        },
        check,
        c => c.Key.Indices.Select((_, i) => c with { Key = new SlowKey([.. c.Key.Indices.Where((_, k) => k != i)]) }),
        count);
}

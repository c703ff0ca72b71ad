namespace NKeras.Tests.Operations.Control;

/// <summary><c>Ops.Scan</c>, <c>Map</c> and <c>AssociativeScan</c>; expected values are sums and products written out.</summary>
public sealed class ScanTests
{
    private static readonly Tensor s_numbers = Tensor.From([1f, 2, 3, 4, 10, 20]);

    [Fact]
    public void RunningSumForwardAndBackward()
    {
        Programs.Check([[40], [1, 3, 6, 10, 20, 40]], a => Sum(a[0], false), s_numbers);
        Programs.Check([[40], [40, 39, 37, 34, 30, 20]], a => Sum(a[0], true), s_numbers);

        static Tensor[] Sum(Tensor xs, bool reverse)
        {
            (Tensor carry, Tensor result) = Ops.Scan((c, x) => (c + x, c + x), 0f, xs, reverse: reverse);
            return [carry, result];
        }
    }

    [Fact]
    public void UnrollingChangesNothing()
    {
        foreach (Unroll unroll in (Unroll[])[true, false, 2, 1])
        {
            Programs.Check([[40], [1, 3, 6, 10, 20, 40]], a =>
            {
                (Tensor carry, Tensor result) = Ops.Scan((c, x) => (c + x, c + x), 0f, a[0], unroll: unroll);
                return [carry, result];
            }, s_numbers);
        }
    }

    [Fact]
    public void FibonacciNumbersWithoutSlices() => Programs.Check([[8], [13]], a =>
    {
        (Tensors carry, Tensor result) = Ops.Scan((c, _) => ([c[1], c[0] + c[1]], null!), (0f * a[0], 0f * a[0] + 1f), length: 6);
        Assert.Null(result);
        return [.. carry];
    }, 1f);

    [Fact]
    public void CarriesWithNames() => Programs.Check([[16], [24], [10, 20, 40]], a =>
    {
        Tensors init = new() { ["value1"] = a[0], ["value2"] = a[1] };
        (Tensors carry, Tensor result) = Ops.Scan((c, _) =>
        {
            Tensors next = new() { ["value1"] = c["value1"] * 2, ["value2"] = c["value2"] * 2 };
            return (next, next["value1"] + next["value2"]);
        }, init, length: 3);
        return [carry["value1"], carry["value2"], result];
    }, 2f, 3f);

    [Fact]
    public void SlicesWithNames() => Programs.Check([[0], [11, 22, 33]], a =>
    {
        Tensors xs = new() { ["value1"] = a[0], ["value2"] = a[1] };
        (Tensor carry, Tensor result) = Ops.Scan((c, x) => (c, x["value1"] + x["value2"]), 0f, xs);
        return [carry, result];
    }, Tensor.From([1f, 2, 3]), Tensor.From([10f, 20, 30]));

    [Fact]
    public void StructuresEverywhere() => Programs.Check([[6], [-6], [1, 2, 3], [2, 4, 6]], a =>
    {
        (Tensors carry, Tensors results) = Ops.Scan((c, x) => ([c[0] + x[0], c[1] - x[0]], [x[0], x[1]]), (0f, 0f), (a[0], 2f * a[0]));
        return [.. carry, .. results];
    }, Tensor.From([1f, 2, 3]));

    [Fact]
    public void MatricesAreSlicedAlongTheirRows() => Programs.Check([[4, 6], [1, 2, 4, 6]], a =>
    {
        (Tensor carry, Tensor result) = Ops.Scan((c, x) => (c + x, c + x), Ops.Zeros([2]), a[0]);
        Assert.Equal([2, 2], result.Shape);
        return [carry, result];
    }, Tensor.From([1f, 2, 3, 4], [2, 2]));

    [Fact]
    public void LengthMayTakeFewerSlicesThanThereAre()
    {
        Programs.Check([[6], [1, 3, 6]], a =>
        {
            (Tensor carry, Tensor result) = Ops.Scan((c, x) => (c + x, c + x), 0f, a[0], length: 3);
            return [carry, result];
        }, s_numbers);
        Assert.Contains("6 slices", Assert.Throws<ArgumentException>(() => Ops.Scan((c, x) => (c + x, c), 0f, s_numbers, length: 7)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NoStepsGiveTheFirstValueAndAnEmptyStack()
    {
        (Tensor carry, Tensor result) = Ops.Scan((c, x) => (c + x, Ops.Ones([2]) * x), 5f, Ops.Zeros([0]));
        Assert.Equal(5f, carry.Item<float>());
        Assert.Equal([0, 2], result.Shape);
    }

    [Fact]
    public void WhatCannotBeScannedIsRefused()
    {
        Assert.Contains("xs", Assert.Throws<ArgumentException>(() => Ops.Scan((c, x) => (c, x), 0f)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Scan((c, x) => (c, x), 0f, s_numbers, unroll: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ops.Scan((c, x) => (c, x), 0f, s_numbers, length: -1));
        Assert.Contains("float32(2,)", Assert.Throws<ArgumentException>(() => Ops.Scan((c, x) => (Ops.Ones([2]) * c, x), Tensor.From([0f])[0], s_numbers)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ops.Scan((c, x) => (Ops.Cast(c, "int32"), x), Tensor.From([0f]), s_numbers));
        Assert.Throws<ArgumentException>(() => Ops.Scan((c, x) => (c, x[0]), 0f, (s_numbers, Ops.Zeros([3]))));
        Assert.Throws<ArgumentNullException>(() => Ops.Scan((c, x) => (null!, x), 0f, s_numbers));
        Assert.Throws<ArgumentNullException>(() => Ops.Scan((Func<Tensor, Tensor, (Tensor, Tensor)>)null!, 0f, s_numbers));
    }

    [Fact]
    public void LiteralThatIsCarriedTakesTheTypeOfTheBody()
    {
        (Tensor carry, _) = Ops.Scan((c, x) => (c + x, c), 0, s_numbers);
        Assert.Equal(DType.Float32, carry.DType);
        Assert.Equal(40f, carry.Item<float>());
        Assert.Equal(DType.Int64, Ops.Scan((c, x) => (c + x, c), Tensor.From<long>([1L])[0], Tensor.From<long>([1L, 2, 3])).Carry.DType);
    }

    [Fact]
    public void BodyMayLookAtDataWhereItRunsAtOnce()
    {
        (Tensor carry, Tensor result) = Ops.Scan((c, x) => x.Item<float>() > 3 ? (c + x, x) : (c, -x), 0f, s_numbers);
        Assert.Equal(34f, carry.Item<float>());
        Assert.Equal([-1f, -2, -3, 4, 10, 20], result.ToArray<float>());
        Assert.Throws<InvalidOperationException>(() => Programs.Compiled(a => [Ops.Scan((c, x) => x.Item<float>() > 3 ? (c + x, x) : (c, -x), 0f, a[0]).Carry], s_numbers));
    }

    [Fact]
    public void MapAppliesAFunctionToEachSlice()
    {
        Programs.Check([[1, 4, 9, 16, 100, 400]], a => [Ops.Map(x => x * x, a[0])], s_numbers);
        Programs.Check([[1, 4, 9], [10, 20, 30]], a =>
        {
            Tensors ys = Ops.Map(x => new Tensors { ["y1"] = x * x, ["y2"] = x * 10 }, a[0]);
            return [ys["y1"], ys["y2"]];
        }, Tensor.From([1f, 2, 3]));
        Programs.Check([[11, 22]], a => [Ops.Map(x => x[0] + x[1], (a[0], a[1]))], Tensor.From([1f, 2]), Tensor.From([10f, 20]));
        Programs.Check([[2, 3], [0, 1]], a => [.. Ops.Map((Tensors x) => (x[0] + 1, x[0] - 1), a[0])], Tensor.From([1f, 2]));
        Assert.Throws<ArgumentException>(() => Ops.Map(x => x, 1f));
    }

    [Fact]
    public void VectorizedMapAppliesAFunctionToEachSlice()
    {
        Assert.Equal([1f, 1, 1, 1, 1, 1], Ops.VectorizedMap(x => x + 1, Ops.Zeros([2, 3])).ToArray<float>());
        Assert.Equal([2, 2, 3], Ops.VectorizedMap(x => Ops.Ones([2, 1]) * x, Ops.Zeros([2, 3])).Shape);
        Assert.Equal([2f, 2], Ops.VectorizedMap(x => x[0] + x[1], (Ops.Ones([2]), Ops.Ones([2]))).ToArray<float>());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(16)]
    public void AssociativeScanGivesAllPrefixes(int n)
    {
        float[] x = [.. Enumerable.Range(1, n).Select(i => (float)i)];
        float[] sums = [.. x.Select((_, i) => x.Take(i + 1).Sum())], back = [.. x.Select((_, i) => x.Skip(i).Sum())];
        Programs.Check([sums], a => [Ops.AssociativeScan((p, q) => p + q, a[0])], Tensor.From(x));
        Programs.Check([back], a => [Ops.AssociativeScan((p, q) => p + q, a[0], reverse: true)], Tensor.From(x));
        // Along the last axis, and of a function that does not commute: affine maps (a, b) one after the other.
        Programs.Check([[.. sums, .. sums.Select(s => 2 * s)]], a => [Ops.AssociativeScan((p, q) => p + q, a[0], axis: -1)], Tensor.From([.. x, .. x.Select(v => 2 * v)], [2, n]));
        Tensor scale = Tensor.From([.. Enumerable.Repeat(0.5f, n)]);
        float[] affine = new float[n];
        for (int i = 0; i < n; i++) affine[i] = (i == 0 ? 0 : 0.5f * affine[i - 1]) + x[i];
        Programs.Check([affine], a => [Ops.AssociativeScan((p, q) => (p[0] * q[0], (q[0] * p[1]) + q[1]), (a[0], a[1]))[1]], scale, Tensor.From(x));
    }

    [Fact]
    public void AssociativeScanRefusesTensorsOfDifferentLengths() =>
        Assert.Contains("first dimension", Assert.Throws<ArgumentException>(() => Ops.AssociativeScan((Tensors a, Tensors b) => (a[0] + b[0], a[1] + b[1]), (Ops.Zeros([2]), Ops.Zeros([3])))).Message, StringComparison.Ordinal);
}

namespace NKeras.Tests.Operations.Control;

/// <summary><c>Ops.WhileLoop</c> and <c>Ops.ForiLoop</c>.</summary>
public sealed class LoopTests
{
    [Fact]
    public void LoopGoesOnWhileItsConditionHolds()
    {
        Programs.Check([[10]], a => [Ops.WhileLoop(x => x < 10, x => x + 1, a[0])], 0);
        Programs.Check([[5]], a => [Ops.WhileLoop(x => x < 10, x => x + 1, a[0], maximumIterations: 5)], 0);
        Programs.Check([[12]], a => [Ops.WhileLoop(x => x < 10, x => x + 1, a[0])], 12);
        Programs.Check([[3]], a => [Ops.WhileLoop(x => x < 10, x => x + 1, a[0], maximumIterations: 0)], 3);
    }

    [Fact]
    public void SeveralValuesAreCarried()
    {
        Programs.Check([[10], [45]], a =>
        {
            (Tensor i, Tensor sum) = Ops.WhileLoop((i, s) => i < 10, (i, s) => (i + 1, s + i), (a[0], 0));
            return [i, sum];
        }, 0);
        Programs.Check([[3], [6], [8]], a =>
        {
            (Tensor i, Tensor sum, Tensor product) = Ops.WhileLoop((i, s, p) => i < a[1], (i, s, p) => (i + 1, s + 2, p * 2), (a[0], a[0], a[0] + 1));
            return [i, sum, product];
        }, 0, 3);
        Programs.Check([[5], [6], [7]], a =>
        {
            Tensors last = Ops.WhileLoop(
                t => t["a"] < 10,
                t => new() { ["a"] = t["a"] + 1, ["b"] = t["b"] + 1, ["c"] = t["c"] + 1 },
                new Tensors { ["a"] = a[0], ["b"] = a[0] + 1, ["c"] = a[0] + 2 },
                maximumIterations: 5);
            return [last["a"], last["b"], last["c"]];
        }, 0);
    }

    [Fact]
    public void CollatzStepsDependOnTheData() => Programs.Check([[111]], a =>
    {
        (_, Tensor steps) = Ops.WhileLoop(
            (n, s) => n > 1,
            (n, s) => (Ops.Cond(Ops.Equal(n % 2, 0), () => Ops.FloorDivide(n, 2), () => 3 * n + 1), s + 1),
            (a[0], 0));
        return [steps];
    }, 27);

    [Fact]
    public void WhatIsCarriedKeepsItsShapeAndType()
    {
        Assert.Contains("float32(2,)", Assert.Throws<ArgumentException>(() => Ops.WhileLoop(x => Ops.Sum(x) < 10, x => Ops.Ones([2]) * x, Tensor.From([1f]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ops.WhileLoop(x => x < 10, x => Ops.Cast(x, "int32"), Tensor.From([1f])));
        Assert.Throws<ArgumentException>(() => Ops.WhileLoop(x => x < 10, x => x, Tensor.From([1f, 2])));
        Assert.Throws<ArgumentException>(() => Ops.WhileLoop(t => t[0] < 10, t => [t[0]], (1f, 2f)));
        Assert.Throws<ArgumentNullException>(() => Ops.WhileLoop(x => x < 10, (Func<Tensor, Tensor>)null!, 1f));
        Assert.Equal(DType.Int64, Ops.WhileLoop(x => x < 10, x => x + 1, Tensor.From<long>([0L])[0]).DType);
        Assert.Equal(DType.Float64, Ops.WhileLoop(x => x < 10, x => x * 2.5, Tensor.From([1.0])[0]).DType);
    }

    [Fact]
    public void FunctionsMayLookAtDataWhereTheyRunAtOnce() =>
        Assert.Equal(16f, Ops.WhileLoop(x => Tensor.From([x.Item<float>() < 10])[0], x => x * 2, 1f).Item<float>());

    [Fact]
    public void StateIsCarriedToo()
    {
        Variable total = new(Tensor.From([1f])), limit = new(Tensor.From([100f]));
        for (int run = 0; run < 2; run++)
        {
            total.Assign(Tensor.From([1f]));
            Tensor Loop(Tensor start) => Ops.WhileLoop(i => total.Value < limit.Value, i =>
            {
                total.Assign(total.Value * 2);
                return i + 1;
            }, start);
            Tensor steps = run == 0 ? Loop(0) : Programs.Compiled(a => [Loop(a[0])], 0)[0];
            Assert.Equal(7, steps.Item<int>());
            Assert.Equal(128f, total.Value.Item<float>());
        }

        Assert.Contains("cond", Assert.Throws<ArgumentException>(() => Ops.WhileLoop(i =>
        {
            total.Assign(total.Value * 2);
            return i < 3;
        }, i => i + 1, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForLoopCounts()
    {
        Programs.Check([[46]], a => [Ops.ForiLoop(0, 10, (i, x) => x + i, a[0])], 1);
        Programs.Check([[1]], a => [Ops.ForiLoop(3, 3, (i, x) => x + i, a[0])], 1);
        Programs.Check([[13]], a => [Ops.ForiLoop(a[1], a[2], (i, x) => x + i, a[0])], 1, 3, 6);
        Programs.Check([[32], [12]], a => [.. Ops.ForiLoop(3, 6, (i, t) => (t[0] * 2, t[1] + i), (a[0], 0))], 4);
        Programs.Check([[-6]], a => [Ops.ForiLoop(-3, 0, (i, x) => x + i, a[0])], 0f);
        Assert.Throws<ArgumentException>(() => Ops.ForiLoop(0.5f, 3, (i, x) => x, 1f));
        Assert.Throws<ArgumentException>(() => Ops.ForiLoop(0, Tensor.From([3]), (i, x) => x, 1f));
    }

    [Fact]
    public void BoundedLoopsHaveGradients()
    {
        Tensor x = Tensor.From([0.3, -0.7]), w = Tensor.From([0.8, 1.1]);
        Programs.CheckGradients(a => [Ops.ForiLoop(0, 4, (i, y) => Ops.Tanh(y * a[1]) + i, a[0])], x, w);
        Programs.CheckGradients(a => [Ops.WhileLoop(y => Ops.Sum(Ops.Square(y)) < 20, y => y * a[1] + y, a[0], maximumIterations: 12)], x, w);
        Programs.CheckGradients(a => [Ops.WhileLoop(y => Ops.Sum(Ops.Square(y)) < 20, y => y * a[1] + y, a[0], maximumIterations: 2)], x, w);
    }

    [Fact]
    public void LoopWithoutABoundSaysWhyItHasNoGradient() =>
        Assert.Contains("maximumIterations", Assert.Throws<InvalidOperationException>(() => Programs.Gradients(a => Ops.WhileLoop(y => y < 5, y => y * 2, a[0]), 1f)).Message, StringComparison.Ordinal);
}

namespace NKeras.Tests.Operations.Control;

/// <summary><c>Ops.Cond</c> and <c>Ops.Switch</c>: one branch is run, and the gradient is that of the branch.</summary>
public sealed class ConditionalTests
{
    [Theory]
    [InlineData(1f, 2f)]
    [InlineData(-1f, -6f)]
    [InlineData(0f, -5f)]
    public void BranchThatIsChosenGivesTheResult(float x, float expected) =>
        Programs.Check([[expected]], a => [Ops.Cond(a[0] > 0, () => a[0] + 1, () => a[0] - 5)], x);

    [Fact]
    public void NumberThatIsNotZeroIsTrue()
    {
        Programs.Check([[1], [2], [1]], a => [Ops.Cond(a[0], () => 1f, () => 2f), Ops.Cond(a[1], () => 1f, () => 2f), Ops.Cond(a[2] > 0, () => 1f, () => 2f)], 3, 0f, Tensor.From([1f]));
        Assert.Equal(1f, Ops.Cond(true, () => (Tensor)1f, () => 2f).Item<float>());
    }

    [Fact]
    public void BranchesGiveStructures()
    {
        Programs.Check([[1, 2], [3]], a => [.. Ops.Cond(a[1] > 0, () => (a[0], 3f), () => (a[0] * 2, 4f))], Tensor.From([1f, 2]), 1f);
        Programs.Check([[2, 4], [4]], a =>
        {
            Tensors result = Ops.Cond(a[1] > 0, () => new Tensors { ["p"] = a[0], ["q"] = 3f }, () => new Tensors { ["p"] = a[0] * 2, ["q"] = 4f });
            return [result["p"], result["q"]];
        }, Tensor.From([1f, 2]), -1f);
        Programs.Check([[2], [-1]], a => [.. Ops.Cond(a[0] > 0, () => [a[0], 2f], () => [2f, a[0]])], -1f);
    }

    [Fact]
    public void BranchesThatDifferAreRefusedWithBoth()
    {
        Assert.Contains("float32 (2,)", Refused(a => [Ops.Cond(a[0] > 0, () => Ops.Zeros([2]), () => Ops.Zeros([3]))]), StringComparison.Ordinal);
        Assert.Contains("int32 (2,)", Refused(a => [Ops.Cond(a[0] > 0, () => Ops.Zeros([2]), () => Ops.Zeros([2], "int32"))]), StringComparison.Ordinal);
        _ = Refused(a => [.. Ops.Cond(a[0] > 0, () => (a[0], a[0]), () => (Tensors)a[0])]);
        _ = Refused(a => [.. Ops.Cond(a[0] > 0, () => new Tensors { ["a"] = a[0] }, () => new Tensors { ["b"] = a[0] })]);
        _ = Refused(a => [Ops.Cond(a[0] > 0, () => (Tensor)null!, () => a[0])]);
        _ = Refused(a => [Ops.Cond(Ops.Zeros([2]) * a[0], () => a[0], () => a[0])]);
        Assert.Throws<ArgumentException>(() => Ops.Cond(Ops.Zeros([2]), () => (Tensor)1f, () => 2f));

        static string Refused(Func<Tensor[], IReadOnlyList<Tensor>> function) => Assert.ThrowsAny<ArgumentException>(() => Programs.Compiled(function, 1f)).Message;
    }

    [Fact]
    public void WrittenNumberTakesTheTypeOfTheOtherBranch() =>
        Assert.Equal(DType.Float16, Programs.Compiled(a => [Ops.Cond(a[0] > 0, () => 0, () => a[0])], Ops.Cast(-2f, "float16"))[0].DType);

    [Fact]
    public void OnlyTheChosenBranchIsCalledWithData()
    {
        bool called = false;
        Tensor Other()
        {
            called = true;
            return 1f;
        }

        Assert.Equal(2f, Ops.Cond(Tensor.From([true])[0], () => 2f, Other).Item<float>());
        Assert.False(called);
    }

    [Fact]
    public void SwitchAppliesTheFunctionOfANumber()
    {
        foreach ((int index, float expected) in new[] { (0, 8f), (1, 2f), (-100, 8f), (100, 2f) })
        {
            Programs.Check([[expected]], a => [Ops.Switch(a[0], [(x, y) => x + y, (x, y) => x - y], a[1], a[2])], index, 5f, 3f);
            Programs.Check([[expected]], a => [Ops.Switch(a[0], [x => x + 3, x => x - 3], a[1])], index, 5f);
            Programs.Check([[expected]], a => [Ops.Switch(a[0], [() => a[1] + 3, () => a[1] - 3])], index, 5f);
            Programs.Check([[expected], [1]], a => [.. Ops.Switch(a[0], [t => (t[0] + t[1], 1f), t => (t[0] - t[1], 1f)], (a[1], a[2]))], index, 5f, 3f);
            Programs.Check([[expected]], a => [Ops.Switch(a[0], [(x, y, z) => x + y * z, (x, y, z) => x - y * z], a[1], a[2], 1f)], index, 5f, 3f);
        }

        Assert.Throws<ArgumentException>(() => Ops.Switch(0, [], 1f));
        Assert.Throws<ArgumentException>(() => Ops.Switch(1.5f, [x => x, x => x], 1f));
        Assert.Throws<ArgumentException>(() => Ops.Switch(Tensor.From([1, 2]), [x => x, x => x], 1f));
    }

    [Fact]
    public void GradientIsThatOfTheBranch()
    {
        Tensor x = Tensor.From([0.3, -0.7, 1.1]), w = Tensor.From([0.5, 0.2, -0.4]);
        foreach (double s in (double[])[1, -1])
        {
            Programs.CheckGradients(a => [Ops.Cond(a[2] > 0, () => Ops.Tanh(a[0]) * a[1], () => Ops.Square(a[0]))], x, w, Tensor.From([s])[0]);
            Programs.CheckGradients(a => [.. Ops.Cond(a[2] > 0, () => (a[0] * a[1], Ops.Sum(a[1])), () => (a[0], Ops.Sum(a[0])))], x, w, Tensor.From([s])[0]);
            Programs.CheckGradients(a => [Ops.Cond(a[2] > 0, () => Ops.Cond(a[2] > 0.5, () => a[0] * a[1], () => a[0]), () => a[1] * a[1])], x, w, Tensor.From([s])[0]);
        }
    }

    [Fact]
    public void NoGradientLeaksFromTheOtherBranch()
    {
        // The square root's slope at zero is infinite, and would make 0 · ∞ of a selection.
        Tensor gradient = Programs.Gradients(a => Ops.Cond(a[0] > 0, () => Ops.Sqrt(a[0]), () => a[0] * 2), 0f)[0];
        Assert.Equal(2f, gradient.Item<float>());
    }

    [Fact]
    public void StateThatABranchAssignsIsAssigned()
    {
        Variable count = new(Tensor.From([1f, 2])), other = new(Tensor.From([5f]));
        foreach ((float x, float[] expected, float rest) in new (float, float[], float)[] { (1, [2, 3], 5), (-1, [2, 3], -1), (2, [4, 5], -1) })
        {
            Tensor y = Programs.Compiled(a =>
            {
                Ops.Cond(a[0] > 0, () => count.Assign(count.Value + a[0]), () => other.Assign(Ops.Ones([1]) * a[0]));
                return [count.Value];
            }, x)[0];
            Assert.Equal(expected, y.ToArray<float>());
            Assert.Equal(expected, count.Value.ToArray<float>());
            Assert.Equal(rest, other.Value.Item<float>());
        }

        Ops.Cond(Tensor.From([true])[0], () => count.Assign(Ops.Zeros([2])), () => { });
        Assert.Equal([0f, 0], count.Value.ToArray<float>());
    }
}

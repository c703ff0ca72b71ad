using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;
using NKeras.Engine.Tests.Primitives;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Tests.Runtime;

/// <summary>What every backend must do. A new backend inherits this and says how to make it.</summary>
public abstract class BackendCompliance
{
    public static TheoryData<string> Groups => [.. PrimitiveCases.Groups];

    private protected abstract IBackend Subject { get; }

    [Theory]
    [MemberData(nameof(Groups))]
    public void PrimitiveAgreesWithItsReference(string group)
    {
        foreach (PrimitiveCase test in PrimitiveCases.InGroup(group))
            test.Check(Subject.Compile(test.ToGraph()).Run(test.Inputs));
    }

    [Fact]
    public void OutputCanBeAnInput()
    {
        Tensor[] y = Run([Vector(3)], a => [a[0], a[0]], Tensor.From([1f, 2f, 3f]));
        Assert.Equal([1f, 2f, 3f], y[0].ToArray<float>());
        Assert.Equal([1f, 2f, 3f], y[1].ToArray<float>());
    }

    [Fact]
    public void OutputCanBeAConstantOrAViewOfOne()
    {
        Tensor constant = Tensor.From([1f, 2f, 3f, 4f]);
        Tensor[] y = Run([Vector(1)], a => [constant, Unary(ElementwiseFunction.Negate, a[0]), constant], Tensor.From([5f]));
        Assert.Equal([1f, 2f, 3f, 4f], y[0].ToArray<float>());
        Assert.Equal([-5f], y[1].ToArray<float>());
        Assert.Equal([1f, 2f, 3f, 4f], y[2].ToArray<float>());
    }

    [Fact]
    public void OneValueAndItsViewsCanBeReturnedSeveralTimes()
    {
        Tensor[] y = Run(
            [Vector(4)],
            a =>
            {
                Tensor sum = a[0] + 1.0;
                Tensor matrix = Reshape(sum, new Shape([2, 2]));
                return [matrix, sum, sum, Reshape(a[0], new Shape([4, 1])), matrix];
            },
            Tensor.From([1f, 2f, 3f, 4f]));
        foreach (int i in (int[])[0, 1, 2, 4]) Assert.Equal([2f, 3f, 4f, 5f], y[i].ToArray<float>());
        Assert.Equal([1f, 2f, 3f, 4f], y[3].ToArray<float>());
        Assert.Equal(new Shape([4, 1]), y[3].Shape);
    }

    [Fact]
    public void IntermediateResultsThatLiveLongAreNotOverwritten()
    {
        const int Depth = 40;
        Tensor x = Tensor.From([.. Enumerable.Range(0, 33).Select(i => (float)i)]);
        Tensor[] y = Run(
            [x.Spec],
            a =>
            {
                // All levels are alive at the end, while temporaries of other sizes come and go.
                List<Tensor> levels = [a[0]];
                for (int i = 0; i < Depth; i++)
                {
                    Tensor wide = BroadcastTo(levels[^1], new Shape([i % 5 + 1, 33]));
                    Tensor back = Reshape(new Slice([i % 5, 0], [(i % 5) + 1, 33], [1, 1]).Apply(wide), new Shape([33]));
                    levels.Add(back + 1.0);
                }

                Tensor sum = levels[^1];
                for (int i = levels.Count - 2; i >= 0; i--) sum = sum + levels[i];
                return [sum];
            },
            x);
        Assert.Equal([.. Enumerable.Range(0, 33).Select(i => (float)((i * (Depth + 1)) + (Depth * (Depth + 1) / 2)))], y[0].ToArray<float>());
    }

    [Fact]
    public void StateIsUpdatedFromItsOldContent()
    {
        StateCell count = new(Tensor.From([1f, 2f])), total = new(Tensor.From([0f, 0f])), log = new(Tensor.From([0f, 0f]));
        Executable step = Compile([Vector(2)], a =>
        {
            Tensor before = count.Value;
            count.Assign(before + a[0]);
            total.Assign(total.Value + count.Value);
            log.Assign(before);
            return [before, count.Value];
        });
        Tensor[] y = step.Run(Tensor.From([10f, 20f]));
        Assert.Equal([1f, 2f], y[0].ToArray<float>());
        Assert.Equal([11f, 22f], y[1].ToArray<float>());
        step.Run(Tensor.From([100f, 200f]));
        Assert.Equal([111f, 222f], count.Snapshot.ToArray<float>());
        Assert.Equal([122f, 244f], total.Snapshot.ToArray<float>());
        Assert.Equal([11f, 22f], log.Snapshot.ToArray<float>());
    }

    [Fact]
    public void StatesCanTradePlacesAndBecomeInputsOrConstants()
    {
        StateCell a = new(Tensor.From([1f])), b = new(Tensor.From([2f])), c = new(Tensor.From([3f])), d = new(Tensor.From([4f])), e = new(Tensor.From([5f]));
        Tensor constant = Tensor.From([-1f]);
        Executable rotate = Compile([Vector(1)], x =>
        {
            Tensor first = a.Value;
            a.Assign(b.Value);
            b.Assign(c.Value);
            c.Assign(first);
            d.Assign(x[0]);
            e.Assign(constant);
            return [d.Value];
        });
        Assert.Equal([7f], rotate.Run(Tensor.From([7f]))[0].ToArray<float>());
        Assert.Equal([2f, 3f, 1f, 7f, -1f], new[] { a, b, c, d, e }.Select(s => s.Snapshot.Item<float>()));
        rotate.Run(Tensor.From([8f]));
        Assert.Equal([3f, 1f, 2f, 8f, -1f], new[] { a, b, c, d, e }.Select(s => s.Snapshot.Item<float>()));
    }

    [Fact]
    public void StateReadAfterItsReplacementIsComputedStillHasItsOldContent()
    {
        StateCell cell = new(Tensor.From([1f, 2f, 3f, 4f]));
        Executable step = Compile([], _ =>
        {
            Tensor old = cell.Value;
            Tensor next = 2.0 * old;
            cell.Assign(next);
            // Two further readers: one beside the new value, one of a transposed view.
            Tensor square = Reshape(old, new Shape([2, 2]));
            return [next - old, Transpose(square, 1, 0)];
        });
        Tensor[] y = step.Run();
        Assert.Equal([1f, 2f, 3f, 4f], y[0].ToArray<float>());
        Assert.Equal([1f, 3f, 2f, 4f], y[1].ToArray<float>());
        Assert.Equal([2f, 4f, 6f, 8f], cell.Snapshot.ToArray<float>());
    }

    [Fact]
    public void OneExecutableRunsOnSeveralThreads()
    {
        Executable run = Compile([Vector(1003)], a =>
        {
            Tensor x = a[0];
            for (int i = 0; i < 6; i++) x = Unary(ElementwiseFunction.Square, x) - BroadcastTo(Sum(x, 0), new Shape([1003])) * ScalarLike(x, 1e-3);
            return [x];
        });
        Tensor[] inputs = [.. Enumerable.Range(0, 8).Select(s => new Operand(new Shape([1003]), DType.Float32).Make(new Random(s)))];
        float[][] expected = [.. inputs.Select(x => run.Run(x)[0].ToArray<float>())];
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            Assert.Equal(expected[i % 8], run.Run(inputs[i % 8])[0].ToArray<float>()));
    }

    private static TensorSpec Vector(int size) => new(new Shape([size]), DType.Float32);

    private Executable Compile(IReadOnlyList<TensorSpec> inputs, Func<Tensor[], IReadOnlyList<Tensor>> function) =>
        Subject.Compile(Trace.Function(inputs, function));

    private Tensor[] Run(IReadOnlyList<TensorSpec> specs, Func<Tensor[], IReadOnlyList<Tensor>> function, params Tensor[] inputs) =>
        Compile(specs, function).Run(inputs);
}

using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Engine.Runtime;
using static NKeras.Engine.Primitives.PrimitiveOps;

namespace NKeras.Engine.Tests.Runtime;

/// <summary>Trace, gradient, plan and run together.</summary>
public sealed class PipelineTests
{
    [Fact]
    public void TwoLayerNetworkLearnsExclusiveOr()
    {
        Tensor x = new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } };
        Tensor y = new float[,] { { 0 }, { 1 }, { 1 }, { 0 } };
        Random random = new(7);
        StateCell Weight(params int[] dims) =>
            new(Tensor.From([.. Enumerable.Range(0, dims.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(random.NextDouble() - 0.5) * 2)], new Shape(dims)));
        StateCell[] weights = [Weight(2, 8), Weight(8), Weight(8, 1), Weight(1)];

        Executable step = Jit.Compile([x.Spec, y.Spec], arguments =>
        {
            Tensor[] w = [.. weights.Select(c => c.Value)];
            Tensor hidden = Unary(ElementwiseFunction.Tanh, MatMul(arguments[0], w[0]) + w[1]);
            Tensor error = MatMul(hidden, w[2]) + w[3] - arguments[1];
            Tensor loss = 0.25 * Sum(error * error, 0, 1);
            Tensor[] gradients = Differentiation.Gradients(loss, w);
            for (int i = 0; i < w.Length; i++) weights[i].Assign(w[i] - 0.2 * gradients[i]);
            return [loss];
        });

        float first = step.Run(x, y)[0].Item<float>();
        for (int i = 0; i < 500; i++) step.Run(x, y);
        float last = step.Run(x, y)[0].Item<float>();
        Assert.True(first > 0.1f, $"first loss {first}");
        Assert.True(last < 0.01f, $"last loss {last}");
    }

    [Fact]
    public void EveryReadOfStateSeesItsValueAtTheStart()
    {
        StateCell a = new(Tensor.From([1f, 2f])), b = new(Tensor.From([10f, 20f]));
        Executable swap = Jit.Compile([], _ =>
        {
            Tensor oldA = a.Value, oldB = b.Value;
            a.Assign(oldB);
            b.Assign(oldA);
            return [oldA + oldB];
        });
        Assert.Equal([11f, 22f], swap.Run()[0].ToArray<float>());
        Assert.Equal([10f, 20f], a.Value.ToArray<float>());
        Assert.Equal([1f, 2f], b.Value.ToArray<float>());
    }

    [Fact]
    public void OneValueCanBecomeTheContentOfTwoStates()
    {
        StateCell a = new(Tensor.From([1f])), b = new(Tensor.From([2f]));
        Executable run = Jit.Compile([], _ =>
        {
            Tensor sum = a.Value + b.Value;
            a.Assign(sum);
            b.Assign(sum);
            return [];
        });
        run.Run();
        Assert.Equal([3f], a.Value.ToArray<float>());
        Assert.Equal([3f], b.Value.ToArray<float>());
    }

    [Fact]
    public void SnapshotOfStateDoesNotChangeWhenStateDoes()
    {
        StateCell cell = new(Tensor.From([1f]));
        Executable increment = Jit.Compile([], _ =>
        {
            cell.Assign(cell.Value + 1.0);
            return [];
        });
        Tensor before = cell.Value;
        increment.Run();
        Assert.Equal([1f], before.ToArray<float>());
        Assert.Equal([2f], cell.Value.ToArray<float>());
    }

    [Fact]
    public void WrongArgumentIsRefusedBeforeAnythingRuns()
    {
        Executable run = Jit.Compile([new TensorSpec([2], DType.Float32)], a => [a[0] + 1.0]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => run.Run(Tensor.From([1f, 2f, 3f])));
        Assert.Contains("(3,)", error.Message);
        Assert.Contains("(2,)", error.Message);
    }
}
